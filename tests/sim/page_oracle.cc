#include "tests/sim/page_oracle.h"

#include <algorithm>

#include "page/feeds.h"
#include "page/home_page.h"
#include "page/statuspage_json.h"
#include "tests/sim/random_setup.h"
#include "tests/sim/rules_oracle.h"

namespace candor::sim {
namespace {

bool store_failed(const core::State& state) {
    return std::ranges::any_of(state.components, [](const auto& c) {
        return c.second->cause == StatusCause::kStoreFailed;
    });
}

view::PublicView view_of(const engine::Published& page, view::TextLookup text_of) {
    return view::build_public_view(*page.state,
                                   {page.as_of, "test", "abcdefghijkl", std::move(text_of), false});
}

std::string contradiction(const view::PublicView& view) {
    const bool all_work = std::ranges::all_of(
        view.components, [](const auto& c) { return c.status == ComponentStatus::kOperational; });
    const bool green = view.banner.all_good;
    const bool calm = all_work && view.open.empty() && !view.components.empty();
    if (green != calm) return green ? "a green banner beside trouble" : "trouble that nobody names";
    for (const view::ComponentView& c : view.components) {
        const std::string who = c.id.value + " is " + std::string(name_of(c.status));
        if (c.statuspage_status == ComponentStatus::kUnknown) return who + " for old clients too";
        if (c.cause == StatusCause::kSilent &&
            c.statuspage_status == ComponentStatus::kOperational) {
            return who + " and old clients hear that it works";
        }
        const bool said = c.status == ComponentStatus::kOperational || !c.incidents.empty() ||
                          !c.sentence.plain(view.as_of).empty();
        if (!said) return who + " and the page says no word about it";
    }
    return "";
}

// Closed, public, and no person has written a word about it: the page must list it (rule 4).
std::string hidden_debt(const view::PublicView& view, const core::State& state) {
    const auto owed = std::ranges::count_if(state.incidents, [](const auto& known) {
        const core::IncidentState& i = *known.second;
        const bool written = std::ranges::any_of(
            i.updates, [](const auto& update) { return update.origin == Origin::kHuman; });
        return !i.is_open() && i.visibility == Visibility::kPublic && !written && !i.retracted &&
               !i.record.drill && i.record.merged_into.empty();
    });
    if (static_cast<std::size_t>(owed) == view.owed_total) return "";
    return "the page hides that explanations are owed";
}

}  // namespace

std::string PageOracle::check_state(const core::State& shown, const core::State& journal) {
    if (store_failed(shown)) {
        ++seen_["page store failed"];
        const bool all = std::ranges::all_of(shown.components, [](const auto& c) {
            return c.second->status == ComponentStatus::kUnknown;
        });
        return all ? "" : "part of the page claims to know what cannot be written down";
    }
    if (judged_ == shown.position && judged_ != 0) return "";
    judged_ = shown.position;
    if (core::state_hash(shown) != core::state_hash(journal)) {
        return "the page at position " + std::to_string(shown.position) +
               " shows what the journal does not say";
    }
    return "";
}

std::string PageOracle::check(const engine::Published& page, const core::State& journal) {
    const core::State& shown = *page.state;
    ++seen_["page"];
    if (page.stats.blind) ++seen_["page blind"];
    if (shown.position < position_) return "the page went back to an older position";
    if (page.as_of < as_of_) return "the page's time went backwards";
    if (page.as_of < shown.at) return "the page is older than what it shows";
    if (shown.position != journal.position) return "the page and the journal disagree on the end";
    position_ = shown.position;
    as_of_ = page.as_of;
    const view::PublicView view = view_of(page, {});
    std::string broken = hidden_debt(view, shown);
    if (broken.empty()) broken = check_state(shown, journal);
    return broken.empty() ? contradiction(view) : broken;
}

std::string PageOracle::check_bytes(const engine::Published& page,
                                    const view::TextLookup& text_of) const {
    const view::PublicView view = view_of(page, text_of);
    std::string bytes = page::home_page(view).bytes() + page::atom_feed(view);
    for (const page::ApiDocument& document : page::statuspage_documents(view)) {
        bytes += document.json;
    }
    if (bytes.find(kTargetMark) != std::string::npos) return "a page tells where a target is";
    if (bytes.find("operator-7") != std::string::npos) return "a page tells who acted";
    if (bytes.find("inconvenience") != std::string::npos) return "a page whines";
    return "";
}

}  // namespace candor::sim
