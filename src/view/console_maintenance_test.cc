#include "view/console_maintenance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gallery/sample_states.h"

namespace candor::view {
namespace {

using gallery::kNow;
using testing::ElementsAre;
using testing::HasSubstr;

core::MaintenanceState window_of(const char* id, MaintenancePhase phase) {
    core::MaintenanceState window;
    window.id = MaintenanceId{id};
    window.name = "Upgrade";
    window.components = {{ComponentId{"directory"}, "Directory"}};
    window.expects = {"directory-http"};
    window.phase = phase;
    window.announced = kNow - hours(48);
    window.start = kNow - hours(3);
    window.end = kNow - hours(1);
    window.changed = kNow - hours(1);
    if (phase != MaintenancePhase::kScheduled) window.started = window.start;
    if (phase == MaintenancePhase::kCompleted) window.ended = window.end;
    return window;
}

void add(core::State& state, const core::MaintenanceState& window,
         std::vector<MaintenanceId>& list) {
    state.maintenances[window.id].edit([&](core::MaintenanceState& w) { w = window; });
    list.push_back(window.id);
}

void add_incident(core::State& state, const char* id, const char* component, Timestamp joined) {
    const IncidentId name{id};
    state.incidents[name].edit([&](core::IncidentState& incident) {
        incident.id = name;
        incident.opened = joined;
        core::IncidentComponent part;
        part.component = ComponentId{component};
        part.joined = joined;
        incident.components.push_back(part);
    });
    state.incident_order.push_back(name);
}

ConsoleMaintenance built(const core::State& state, const core::MaintenanceState& window) {
    ViewOptions options;
    options.as_of = kNow;
    return build_console_maintenance(state, window, ComponentNames(*state.topology), options);
}

TEST(ConsoleMaintenance, stands_in_the_order_of_their_urgency) {
    core::State state;
    add(state, window_of("old", MaintenancePhase::kCompleted), state.closed_maintenances);
    add(state, window_of("newer", MaintenancePhase::kCancelled), state.closed_maintenances);
    add(state, window_of("soon", MaintenancePhase::kScheduled), state.scheduled_maintenances);
    add(state, window_of("now", MaintenancePhase::kInProgress), state.active_maintenances);
    const auto ids = [&](std::string_view wanted) {
        std::string out;
        for (const MaintenanceId& id : maintenances_in_order(state, wanted)) out += id.value + " ";
        return out;
    };
    EXPECT_EQ(ids(""), "now soon newer old ");
    EXPECT_EQ(ids("open"), "now soon ");
    EXPECT_EQ(ids("closed"), "newer old ");
}

TEST(ConsoleMaintenance, names_what_it_expects_and_no_incident_when_there_was_none) {
    core::State state;
    add_incident(state, "before", "directory", kNow - hours(5));
    add_incident(state, "elsewhere", "calls", kNow - hours(2));
    add_incident(state, "after", "directory", kNow - minutes(30));
    const auto out = built(state, window_of("w", MaintenancePhase::kCompleted));
    EXPECT_THAT(out.expects, ElementsAre("directory-http"));
    EXPECT_TRUE(out.incidents.empty());
    EXPECT_FALSE(out.overrun);
}

TEST(ConsoleMaintenance, an_end_that_finds_trouble_is_an_overrun) {
    core::State state;
    add_incident(state, "inside", "directory", kNow - hours(2));
    core::MaintenanceState window = window_of("w", MaintenancePhase::kCompleted);
    EXPECT_FALSE(built(state, window).overrun);
    add_incident(state, "end", "directory", window.end + seconds(2));
    core::MaintenanceUpdate last;
    last.at = window.end + seconds(2);
    last.phase = MaintenancePhase::kCompleted;
    window.updates.push_back(last);
    const auto out = built(state, window);
    EXPECT_TRUE(out.overrun) << "also when its end is noticed late";
    ASSERT_EQ(out.incidents.size(), 2U);
    EXPECT_EQ(out.incidents[0].id.value, "inside");
    EXPECT_EQ(out.incidents[1].id.value, "end");
}

TEST(ConsoleMaintenance, trouble_of_a_single_customer_is_not_named) {
    core::State state;
    add_incident(state, "inside", "directory", kNow - hours(2));
    state.incidents[IncidentId{"inside"}].edit(
        [](core::IncidentState& incident) { incident.visibility = Visibility::kPrivate; });
    EXPECT_TRUE(built(state, window_of("w", MaintenancePhase::kCompleted)).incidents.empty());
}

TEST(ConsoleMaintenance, its_moments_are_each_told_once) {
    core::MaintenanceState window = window_of("w", MaintenancePhase::kScheduled);
    core::MaintenanceUpdate first;
    first.at = window.announced;
    window.updates.push_back(first);
    EXPECT_THAT(moments_of(window), ElementsAre(window.announced, window.changed));
}

TEST(ConsoleMaintenance, its_timeline_names_who_did_what) {
    const core::State state;
    const MaintenanceId id{"w"};
    entry::MaintenanceSet set;
    set.maintenance = id;
    set.start = kNow;
    set.end = kNow + hours(1);
    set.actor = ActorId{"user:u1"};
    const auto planned = maintenance_item(state, id, 3, kNow, set);
    ASSERT_TRUE(planned);
    EXPECT_EQ(planned->actor.value, "user:u1");
    EXPECT_EQ(planned->kind, TimelineKind::kAct);
    EXPECT_THAT(planned->words, HasSubstr("Planned maintenance: from "));
    EXPECT_FALSE(maintenance_item(state, MaintenanceId{"other"}, 3, kNow, set));
    EXPECT_FALSE(maintenance_item(state, id, 3, kNow, entry::VerdictSet{}));
}

TEST(ConsoleMaintenance, the_trail_tells_acts_of_people_and_no_plans_of_the_configuration) {
    entry::MaintenanceSet set;
    set.maintenance = MaintenanceId{"w"};
    EXPECT_FALSE(audit_item(1, kNow, set));
    set.actor = ActorId{"user:u1"};
    EXPECT_TRUE(audit_item(1, kNow, set));
    entry::MaintenancePosted posted;
    posted.maintenance = set.maintenance;
    posted.actor = set.actor;
    EXPECT_FALSE(audit_item(1, kNow, posted)) << "the machine's own sentence";
    posted.origin = Origin::kHuman;
    ASSERT_TRUE(audit_item(1, kNow, posted));
    EXPECT_EQ(audit_item(1, kNow, posted)->words, "Posted to maintenance `w`");
}

}  // namespace
}  // namespace candor::view
