#include "app/batch_news.h"

#include <algorithm>
#include <optional>
#include <type_traits>
#include <variant>

#include "notify/news.h"

namespace candor::app {
namespace {

// Every incident that an entry of the batch names.
std::vector<IncidentId> incidents_of(const Batch& batch) {
    std::vector<IncidentId> out;
    for (const Entry& entry : batch.entries) {
        std::visit(
            [&out](const auto& e) {
                if constexpr (requires { e.incident; }) {
                    if (std::ranges::find(out, e.incident) == out.end()) out.push_back(e.incident);
                }
            },
            entry);
    }
    return out;
}

std::optional<view::IncidentView> view_of(const core::State& state, const IncidentId& id,
                                          const view::ViewOptions& options) {
    auto detail = view::build_incident_view(state, options, id);
    if (!detail) return std::nullopt;
    return std::move(detail->incident);
}

}  // namespace

bool may_hold_news(const Batch& batch) {
    return !incidents_of(batch).empty();
}

std::vector<notify::Message> news_of_batch(const FoldedBatch& folded, const NewsOptions& options) {
    const auto view_options = [&](const core::State& state) {
        return view::ViewOptions{.as_of = state.at,
                                 .version = options.version,
                                 .page_id = options.page_id,
                                 .text_of = options.text_of,
                                 .historical = false};
    };
    std::vector<notify::Message> out;
    std::optional<view::PublicView> page;
    for (const IncidentId& id : incidents_of(folded.batch)) {
        const auto after = view_of(folded.after, id, view_options(folded.after));
        if (!after) continue;
        const auto before = view_of(folded.before, id, view_options(folded.before));
        const auto news = notify::news_between(before, *after);
        if (!news) continue;
        if (!page) page = view::build_public_view(folded.after, view_options(folded.after));
        out.push_back(notify::compose(*news, *page, *after));
    }
    return out;
}

}  // namespace candor::app
