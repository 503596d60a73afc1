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

// The step of on_call that a missed promise calls; zero: none was missed. The opening has called
// the first one.
std::int64_t escalated_to(const Batch& batch, const IncidentId& id) {
    std::int64_t step = 0;
    for (const Entry& entry : batch.entries) {
        const auto* raised = std::get_if<entry::EscalationRaised>(&entry);
        if (raised != nullptr && raised->incident == id) step = raised->step + 1;
    }
    return step;
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

std::vector<IncidentId> answered_in(const Batch& batch) {
    std::vector<IncidentId> out;
    for (const Entry& entry : batch.entries) {
        const auto* owned = std::get_if<entry::IncidentOwned>(&entry);
        const auto* posted = std::get_if<entry::IncidentPosted>(&entry);
        if (owned != nullptr) out.push_back(owned->incident);
        if (posted != nullptr && posted->origin == Origin::kHuman) out.push_back(posted->incident);
    }
    return out;
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
        const std::int64_t step = escalated_to(folded.batch, id);
        if (!news && step == 0) continue;
        if (!page) page = view::build_public_view(folded.after, view_options(folded.after));
        if (news) out.push_back(notify::compose(*news, *page, *after));
        if (step == 0) continue;
        notify::Message call = notify::compose({notify::NewsKind::kCall, {}}, *page, *after);
        call.call_step = step;
        out.push_back(std::move(call));
    }
    return out;
}

}  // namespace candor::app
