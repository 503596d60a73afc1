// Statements about maintenance: planned by the setup, by people, and as readers see it.
#include <algorithm>

#include "tests/scenarios/stage.h"

namespace candor::scenarios {
namespace {

using view::MaintenanceView;

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

// The n-th window that the journal ever told of, from 1.
Result<MaintenanceId> nth(Stage& stage, Words& words) {
    const auto number = TRY(words.take_number("number of a maintenance"));
    std::vector<MaintenanceId> seen;
    for (const Batch& batch : stage.batches()) {
        for (const Entry& entry : batch.entries) {
            const auto* set = std::get_if<entry::MaintenanceSet>(&entry);
            if (set == nullptr || std::ranges::find(seen, set->maintenance) != seen.end()) continue;
            seen.push_back(set->maintenance);
        }
    }
    if (number < 1 || number > std::ssize(seen)) {
        return fail(ErrorCode::kInvalid,
                    "there are " + std::to_string(seen.size()) + " maintenances");
    }
    return seen[static_cast<std::size_t>(number - 1)];
}

Result<const MaintenanceView*> on_page(const view::PublicView& page, const MaintenanceId& id) {
    for (const auto* list : {&page.maintenances, &page.upcoming, &page.past_maintenances}) {
        const auto found = std::ranges::find(*list, id, &MaintenanceView::id);
        if (found != list->end()) return &*found;
    }
    return fail(ErrorCode::kInvalid, "that maintenance is not on the page");
}

std::string_view name_of_counting(view::Counting c) {
    constexpr std::string_view kNames[] = {"left_out", "partly", "counted"};
    return kNames[static_cast<std::size_t>(c)];
}

Result<void> same_time(Stage& stage, std::string_view what, Words& words, Timestamp got) {
    if (words.take_if("never"))
        return same(what, std::string("never"), got.ms == 0 ? "never" : "a time");
    const Timestamp wanted = TRY(stage.time_from(words.take("a time")));
    return same(what, format_rfc3339(wanted), format_rfc3339(got));
}

Result<void> expect_facts(Stage& stage, const MaintenanceView& m, Words& words) {
    while (!words.done()) {
        if (words.take_if("starts")) {
            TRY(same_time(stage, "start", words, m.start));
        } else if (words.take_if("ends")) {
            TRY(same_time(stage, "end", words, m.end));
        } else if (words.take_if("began")) {
            TRY(same_time(stage, "began", words, m.started));
        } else if (words.take_if("ended")) {
            TRY(same_time(stage, "ended", words, m.ended));
        } else if (words.take_if("posts")) {
            TRY(same("number of posts", words.take("a number"), std::to_string(m.updates.size())));
        } else if (words.take_if("uptime")) {
            TRY(same("counting", words.take("left_out, partly or counted"),
                     name_of_counting(m.counting)));
        } else if (words.take_if("sequence")) {
            TRY(same("sequence", words.take("a number"), std::to_string(m.sequence)));
        } else if (words.take_if("says")) {
            const std::string wanted = TRY(words.take_quoted("the words"));
            const std::string got = m.updates.empty() ? "" : m.updates.front().text;
            if (got.find(wanted) == std::string::npos) return differs("newest post", wanted, got);
        } else {
            break;
        }
    }
    return {};
}

Result<void> expect_one(Stage& stage, Words& words) {
    const view::PublicView page = TRY(stage.page());
    const MaintenanceId id = TRY(nth(stage, words));
    const MaintenanceView& m = *TRY(on_page(page, id));
    if (words.next_is_quoted()) TRY(same("name", words.take_quoted("the name"), m.name));
    if (const auto* phase = words.take_name_if<MaintenancePhase>()) {
        TRY(same("phase", std::string(name_of(*phase)), name_of(m.phase)));
    }
    return expect_facts(stage, m, words);
}

Result<void> expect_count(Stage& stage, Words& words) {
    const view::PublicView page = TRY(stage.page());
    const std::pair<std::string_view, std::size_t> counts[] = {
        {"active", page.maintenances.size()},
        {"upcoming", page.upcoming.size()},
        {"past", page.past_maintenances.size()}};
    for (const auto& [name, count] : counts) {
        if (words.take_if(name)) TRY(same(name, words.take("a number"), std::to_string(count)));
    }
    return {};
}

Result<Command> take_schedule(Stage& stage, Words& words) {
    command::ScheduleMaintenance c;
    c.name = TRY(words.take_quoted("the name"));
    if (words.take_if("on")) {
        for (std::string& id : TRY(words.take_list("components"))) {
            c.components.push_back(ComponentId{std::move(id)});
        }
    }
    if (words.take_if("from")) c.start = TRY(stage.time_from(words.take("a time")));
    if (words.take_if("until")) c.end = TRY(stage.time_from(words.take("a time")));
    if (words.take_if("expects")) c.expects = TRY(words.take_list("checks"));
    c.text = TRY(words.take_quoted("the text"));
    return c;
}

Result<Command> take_update(Stage& stage, Words& words) {
    command::UpdateMaintenance c;
    c.maintenance = TRY(nth(stage, words));
    if (words.take_if("from")) c.start = TRY(stage.time_from(words.take("a time")));
    if (words.take_if("until")) c.end = TRY(stage.time_from(words.take("a time")));
    if (words.next_is_quoted()) c.text = TRY(words.take_quoted("the text"));
    return c;
}

}  // namespace

// maintenance ID on A,B at WALL for D [zone Z] [repeat "RULE"] [expects X,Y] [named "Name"]
Result<void> plan_line(world::SetupBuilder& setup, Words& words) {
    const std::string id = TRY(words.take("a maintenance"));
    if (!words.take_if("on")) return fail(ErrorCode::kInvalid, "`on COMPONENTS` is wanted");
    const auto components = TRY(words.take_list("components"));
    engine::RecurrenceSpec spec;
    std::vector<std::string> expects;
    std::string name;
    while (!words.done()) {
        if (words.take_if("at")) {
            spec.start = TRY(words.take("a local time"));
        } else if (words.take_if("for")) {
            spec.duration = TRY(words.take_duration("a duration"));
        } else if (words.take_if("zone")) {
            spec.time_zone = TRY(words.take("a zone"));
        } else if (words.take_if("repeat")) {
            spec.repeat = TRY(words.take_quoted("the rule"));
        } else if (words.take_if("expects")) {
            expects = TRY(words.take_list("checks"));
        } else if (words.take_if("named")) {
            name = TRY(words.take_quoted("the name"));
        } else {
            break;
        }
    }
    if (const auto parsed = engine::Recurrence::parse(spec); !parsed)
        return std::unexpected(parsed.error());
    setup.maintenance(id, components, spec, std::move(expects), name);
    return {};
}

// schedules "Name" on A,B [from T] until T [expects X] "text"
// updates maintenance N [from T] [until T] ["text"]
// finishes maintenance N ["text"] | cancels maintenance N ["text"]
Result<std::optional<Command>> take_maintenance_command(Stage& stage, Words& words) {
    if (words.take_if("schedules")) return TRY(take_schedule(stage, words));
    const bool updates = words.take_if("updates");
    const bool finishes = !updates && words.take_if("finishes");
    const bool cancels = !updates && !finishes && words.take_if("cancels");
    if (!updates && !finishes && !cancels) return std::nullopt;
    if (!words.take_if("maintenance"))
        return fail(ErrorCode::kInvalid, "`maintenance N` is wanted");
    if (updates) return TRY(take_update(stage, words));
    const MaintenanceId id = TRY(nth(stage, words));
    std::string text;
    if (words.next_is_quoted()) text = TRY(words.take_quoted("the text"));
    if (finishes) return command::FinishMaintenance{id, std::move(text)};
    return command::CancelMaintenance{id, std::move(text)};
}

// maintenance N ["Name"] [PHASE] [starts, ends, began, ended T] [posts N] [uptime COUNTING]
// [sequence N] [says "…"]; maintenances [active N] [upcoming N] [past N]
Understood expect_maintenance(Stage& stage, std::string_view what, Words& words) {
    if (what == "maintenance") {
        TRY(expect_one(stage, words));
    } else if (what == "maintenances") {
        TRY(expect_count(stage, words));
    } else {
        return false;
    }
    return true;
}

}  // namespace candor::scenarios
