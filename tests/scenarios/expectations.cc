// Statements that expect something of the page, of incidents and of the engine, as readers see it.
#include <algorithm>

#include "tests/scenarios/stage.h"

namespace candor::scenarios {
namespace {

using view::IncidentView;
using view::PublicView;

std::unexpected<Error> differs(std::string_view what, std::string_view wanted,
                               std::string_view got) {
    return fail(ErrorCode::kInvalid, std::string(what) + " is \"" + std::string(got) +
                                         "\", not \"" + std::string(wanted) + "\"");
}

Result<void> same(std::string_view what, const Result<std::string>& wanted, std::string_view got) {
    if (!wanted) return std::unexpected(wanted.error());
    if (*wanted == got) return {};
    return differs(what, *wanted, got);
}

Result<void> contains(std::string_view what, const Result<std::string>& wanted,
                      std::string_view got) {
    if (!wanted) return std::unexpected(wanted.error());
    if (got.find(*wanted) != std::string_view::npos) return {};
    return fail(ErrorCode::kInvalid, std::string(what) + " is \"" + std::string(got) +
                                         "\" and does not contain \"" + *wanted + "\"");
}

// Compares as precisely as the scenario writes: to the second, the millisecond, or with the date.
Result<void> same_time(std::string_view what, const Result<std::string>& wanted, Timestamp got) {
    if (!wanted) return std::unexpected(wanted.error());
    const std::string full = format_rfc3339(got);
    std::string said = format_clock(got);
    if (wanted->find('T') != std::string::npos) {
        said = full;
    } else if (wanted->find('.') != std::string::npos) {
        said = full.substr(11, 12);
    }
    return same(what, wanted, got.ms == 0 ? "never" : said);
}

// component ID STATUS [since TIME] [cause CAUSE] [counted STATUS] [held until TIME]
Result<void> component(Stage& stage, Words& words) {
    const std::string id = TRY(words.take("a component"));
    const core::State* state = TRY(stage.state());
    const auto found = state->components.find(ComponentId{id});
    const bool absent = found == state->components.end();
    if (words.take_if("absent") && absent) return {};
    if (absent) return differs("component", id, "absent");
    const core::ComponentState& c = *found->second;
    TRY(same("status of " + id, words.take("a status"), name_of(c.status)));
    while (!words.done()) {
        if (words.take_if("since")) {
            TRY(same_time("since", words.take("a time"), c.effective));
        } else if (words.take_if("cause")) {
            TRY(same("cause", words.take("a cause"), name_of(c.cause)));
        } else if (words.take_if("counted")) {
            TRY(same("counted", words.take("a status"), name_of(c.counted)));
        } else if (words.take_if("held_until")) {
            TRY(same_time("held_until", words.take("a time"), c.held_until));
        } else {
            break;
        }
    }
    return {};
}

const view::GroupView* find_group(const std::vector<view::GroupView>& groups,
                                  const std::string& id) {
    for (const view::GroupView& group : groups) {
        if (group.id.value == id) return &group;
        if (const auto* inside = find_group(group.groups, id)) return inside;
    }
    return nullptr;
}

// group ID STATUS
Result<void> group(const PublicView& page, Words& words) {
    const std::string id = TRY(words.take("a group"));
    const auto* found = find_group(page.groups, id);
    if (found == nullptr) return differs("group", id, "absent");
    return same("status of " + id, words.take("a status"), name_of(found->status));
}

// banner "headline" | banner says "part of the detail" | banner green | banner not green
Result<void> banner(const PublicView& page, Words& words) {
    if (words.take_if("says")) {
        return contains("the banner's detail", words.take_quoted("the words"),
                        page.banner.detail.plain(page.as_of));
    }
    const bool wants_not = words.take_if("not");
    if (words.take_if("green")) {
        if (page.banner.all_good != wants_not) return {};
        return fail(ErrorCode::kInvalid, "the banner says \"" + page.banner.headline + "\"");
    }
    return same("banner", words.take_quoted("the headline"), page.banner.headline);
}

// statuspage INDICATOR "Label" | statuspage of ID STATUS
Result<void> statuspage(const PublicView& page, Words& words) {
    if (!words.take_if("of")) {
        TRY(same("indicator", words.take("an indicator"), name_of(page.banner.indicator)));
        return same("label", words.take_quoted("the label"), page.banner.description);
    }
    const std::string id = TRY(words.take("a component"));
    const auto found =
        std::ranges::find(page.components, ComponentId{id}, &view::ComponentView::id);
    if (found == page.components.end()) return differs("component", id, "absent");
    return same("what Statuspage's clients see of " + id, words.take("a status"),
                name_of(found->statuspage_status));
}

// sentence ID "…"
Result<void> sentence(const PublicView& page, Words& words) {
    const std::string id = TRY(words.take("a component"));
    const auto found =
        std::ranges::find(page.components, ComponentId{id}, &view::ComponentView::id);
    if (found == page.components.end()) return differs("component", id, "absent");
    return same("sentence", words.take_quoted("the sentence"), found->sentence.plain(page.as_of));
}

// incidents N open M
Result<void> incidents(const PublicView& page, Words& words) {
    const auto count = TRY(words.take_number("number"));
    const auto all = page.open.size() + page.recent.size();
    TRY(same("number of incidents", std::to_string(count), std::to_string(all)));
    if (!words.take_if("open")) return {};
    const auto open = TRY(words.take_number("number"));
    return same("number of open ones", std::to_string(open), std::to_string(page.open.size()));
}

Result<const IncidentView*> public_incident(Stage& stage, const PublicView& page, Words& words) {
    const auto* state = TRY(stage.incident(words.take_number("number of an incident")));
    for (const auto* list : {&page.open, &page.recent}) {
        const auto found = std::ranges::find(*list, state->id, &IncidentView::id);
        if (found != list->end()) return &*found;
    }
    return fail(ErrorCode::kInvalid, "that incident is not public");
}

Result<void> incident_times(const IncidentView& incident, Words& words, bool& understood) {
    const auto expect_time = [&](std::string_view name, Timestamp t) -> Result<void> {
        if (!words.take_if(name)) return {};
        understood = true;
        return same_time(name, words.take("a time"), t);
    };
    TRY(expect_time("since", incident.started));
    TRY(expect_time("opened", incident.opened));
    TRY(expect_time("recovered", incident.recovered_at));
    TRY(expect_time("resolved_at", incident.resolved_at));
    TRY(expect_time("closes", incident.resolve_due));
    return expect_time("next_update", incident.next_update_due);
}

// owed, drill, owned, merged, by_hand, holding, unexplained D
Result<bool> incident_marks(const IncidentView& i, Words& words, const std::string& yes) {
    const std::pair<std::string_view, bool> marks[] = {
        {"owed", i.owed},
        {"drill", i.drill},
        {"owned", i.owned_at.ms != 0},
        {"merged", !i.merged_into.empty()},
        {"by_hand", i.evidence_started.ms != 0},
        {"holding", !i.updates.empty() && i.updates.front().holding}};
    for (const auto& [name, holds] : marks) {
        if (!words.take_if(name)) continue;
        TRY(same(name, yes, holds ? "yes" : "no"));
        return true;
    }
    if (!words.take_if("unexplained")) return false;
    const Duration wanted = TRY(words.take_duration("a duration"));
    TRY(same("unexplained red", std::to_string(wanted.ms) + " ms",
             std::to_string(i.unexplained.ms) + " ms"));
    return true;
}

std::string names_in(const IncidentView& incident) {
    std::string names;
    for (const auto& c : incident.components) names += (names.empty() ? "" : ",") + c.id.value;
    return names;
}

// incident N ["title"] [PHASE] [impact IMPACT] [names A,B] [posts N] [retracted] [explained]
// [overdue] [promise "…"] [a mark] [since|opened|recovered|resolved_at|closes|next_update TIME]
Result<void> incident(Stage& stage, const PublicView& page, Words& words) {
    const IncidentView& i = *TRY(public_incident(stage, page, words));
    if (words.next_is_quoted()) TRY(same("title", words.take_quoted("the title"), i.title));
    if (const auto* phase = words.take_name_if<IncidentPhase>()) {
        TRY(same("phase", std::string(name_of(*phase)), name_of(i.phase)));
    }
    for (bool understood = true; understood && !words.done();) {
        understood = true;
        const bool wants_not = words.take_if("not");
        const std::string yes = wants_not ? "no" : "yes";
        if (words.take_if("impact")) {
            TRY(same("impact", words.take("an impact"), name_of(i.impact)));
        } else if (words.take_if("names")) {
            TRY(same("components", words.take("components"), names_in(i)));
        } else if (words.take_if("posts")) {
            TRY(same("number of posts", words.take("a number"), std::to_string(i.updates.size())));
        } else if (words.take_if("retracted")) {
            TRY(same("retracted", yes, i.retracted ? "yes" : "no"));
        } else if (words.take_if("explained")) {
            TRY(same("explained", yes, i.explained ? "yes" : "no"));
        } else if (words.take_if("overdue")) {
            TRY(same("overdue", yes, i.update_overdue ? "yes" : "no"));
        } else if (words.take_if("promise")) {
            TRY(same("promise", words.take_quoted("the words"), i.promise.plain(page.as_of)));
        } else if (TRY(incident_marks(i, words, yes))) {
            continue;
        } else {
            understood = false;
            TRY(incident_times(i, words, understood));
        }
    }
    return {};
}

// post N [K] "whole text" | post N [K] says "part": the newest one, or the K-th from 1
Result<void> post(Stage& stage, const PublicView& page, Words& words) {
    const IncidentView& i = *TRY(public_incident(stage, page, words));
    auto index = static_cast<std::int64_t>(i.updates.size());
    const bool part_first = words.take_if("says");
    if (!part_first && !words.next_is_quoted()) index = TRY(words.take_number("number of a post"));
    const bool part = part_first || words.take_if("says");
    const auto count = static_cast<std::int64_t>(i.updates.size());
    if (index < 1 || index > count) {
        return fail(ErrorCode::kInvalid, "it has " + std::to_string(count) + " posts");
    }
    const std::string& text = i.updates[static_cast<std::size_t>(count - index)].text;
    const std::string wanted = TRY(words.take_quoted("the words"));
    return part ? contains("the post", wanted, text) : same("the post", wanted, text);
}

// owed N: how many closed incidents wait for their explanation on the page
Result<void> owed(const PublicView& page, Words& words) {
    const auto wanted = TRY(words.take_number("number"));
    return same("number of owed explanations", std::to_string(wanted),
                std::to_string(page.owed_total));
}

// nothing_says "…": no title, post, banner or sentence of the page
Result<void> nothing_says(const PublicView& page, Words& words) {
    const std::string never = TRY(words.take_quoted("the words"));
    std::string all = page.banner.headline + "\n" + page.banner.detail.plain(page.as_of) + "\n";
    for (const auto& c : page.components) all += c.sentence.plain(page.as_of) + "\n";
    for (const auto* list : {&page.open, &page.recent}) {
        for (const IncidentView& i : *list) {
            all += i.title + "\n";
            for (const auto& update : i.updates) all += update.text + "\n";
        }
    }
    if (all.find(never) == std::string::npos) return {};
    return fail(ErrorCode::kInvalid, "the page does say \"" + never + "\"");
}

// verdict CHECK VERDICT [since TIME]
Result<void> verdict(Stage& stage, Words& words) {
    const std::string id = TRY(words.take("a check"));
    const core::State* state = TRY(stage.state());
    const auto found = state->checks.find(CheckId{id});
    if (found == state->checks.end()) return differs("check", id, "absent");
    const VerdictChange& v = found->second.last;
    TRY(same("verdict of " + id, words.take("a verdict"), name_of(v.verdict)));
    if (words.take_if("since")) return same_time("since", words.take("a time"), v.since);
    return {};
}

// tally ID FROM TO [KIND DURATION]… [uptime PPM|none]
Result<void> tally(Stage& stage, Words& words) {
    const std::string id = TRY(words.take("a component"));
    const core::State* state = TRY(stage.state());
    const auto found = state->components.find(ComponentId{id});
    if (found == state->components.end()) return differs("component", id, "absent");
    const Timestamp from = TRY(stage.time_from(words.take("a time")));
    const Timestamp to = TRY(stage.time_from(words.take("a time")));
    const core::Tally t = core::tally(found->second->timeline, from, to);
    const std::pair<std::string_view, std::int64_t> kinds[] = {
        {"operational", t.operational_ms}, {"degraded", t.degraded_ms},
        {"partial", t.partial_ms},         {"major", t.major_ms},
        {"maintenance", t.maintenance_ms}, {"unmeasured", t.unmeasured_ms}};
    for (const auto& [name, ms] : kinds) {
        if (!words.take_if(name)) continue;
        const Duration wanted = TRY(words.take_duration("a duration"));
        TRY(same(name, std::to_string(wanted.ms) + " ms", std::to_string(ms) + " ms"));
    }
    if (!words.take_if("uptime")) return {};
    const auto ppm = core::uptime_ppm(t);
    return same("uptime", words.take("parts per million"), ppm ? std::to_string(*ppm) : "none");
}

// log "part of a line"
Result<void> log(Stage& stage, Words& words) {
    const std::string wanted = TRY(words.take_quoted("the words"));
    const bool found = std::ranges::any_of(
        stage.log(), [&](const std::string& l) { return l.find(wanted) != std::string::npos; });
    if (found) return {};
    return fail(ErrorCode::kInvalid,
                "the log ends with \"" + (stage.log().empty() ? "" : stage.log().back()) + "\"");
}

// entry "part of an entry, printed": in the newest batch
Result<void> entry(Stage& stage, Words& words) {
    std::string all;
    if (!stage.batches().empty()) {
        for (const Entry& e : stage.batches().back().entries) all += print_entry(e) + "\n";
    }
    return contains("the newest batch", words.take_quoted("the words"), all);
}

// The batches since the last look, by their cause: batch CAUSE
Result<void> newest_batch(Stage& stage, Words& words) {
    const std::string cause = stage.batches().empty() ? "" : stage.batches().back().cause.input;
    return same("cause of the newest batch", words.take("a cause"), cause);
}

// process running|dead
Result<void> process(Stage& stage, Words& words) {
    const bool runs = TRY(stage.world())->running();
    return same("process", words.take("running or dead"), runs ? "running" : "dead");
}

// observer blind|sighted, suspects N, lost_probes N
Result<void> engine_facts(Stage& stage, std::string_view what, Words& words) {
    const engine::EngineStats& stats = TRY(stage.world())->engine().stats();
    if (what == "observer") {
        const bool blind = stage.published() && stage.published()->stats.blind;
        return same("observer", words.take("blind or sighted"), blind ? "blind" : "sighted");
    }
    std::uint64_t count = stats.lost_probes;
    if (what == "suspects" && stage.published()) count = stage.published()->stats.suspects;
    return same(what, words.take("a number"), std::to_string(count));
}

Understood expect_state(Stage& stage, std::string_view what, Words& words) {
    if (what == "component") {
        TRY(component(stage, words));
    } else if (what == "verdict") {
        TRY(verdict(stage, words));
    } else if (what == "tally") {
        TRY(tally(stage, words));
    } else if (what == "log") {
        TRY(log(stage, words));
    } else if (what == "entry") {
        TRY(entry(stage, words));
    } else if (what == "newest_batch") {
        TRY(newest_batch(stage, words));
    } else if (what == "process") {
        TRY(process(stage, words));
    } else if (what == "observer" || what == "suspects" || what == "lost_probes") {
        TRY(engine_facts(stage, what, words));
    } else {
        return false;
    }
    return true;
}

Result<void> expect_page(Stage& stage, std::string_view what, Words& words) {
    const PublicView page = TRY(stage.page());
    if (what == "group") return group(page, words);
    if (what == "banner") return banner(page, words);
    if (what == "statuspage") return statuspage(page, words);
    if (what == "sentence") return sentence(page, words);
    if (what == "incidents") return incidents(page, words);
    if (what == "incident") return incident(stage, page, words);
    if (what == "post") return post(stage, page, words);
    if (what == "owed") return owed(page, words);
    if (what == "nothing_says") return nothing_says(page, words);
    return fail(ErrorCode::kInvalid, "nobody can expect `" + std::string(what) + "`");
}

}  // namespace

Understood expect(Stage& stage, std::string_view verb, Words& words) {
    if (verb != "expect") return false;
    const std::string what = TRY(words.take("what is expected"));
    if (TRY(expect_maintenance(stage, what, words))) return true;
    const bool of_state = TRY(expect_state(stage, what, words));
    if (!of_state) TRY(expect_page(stage, what, words));
    return true;
}

}  // namespace candor::scenarios
