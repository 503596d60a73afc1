#include "core/apply.h"

#include <gtest/gtest.h>

#include "tests/world/decisions.h"

namespace candor::core {
namespace {

using world::Decisions;

const IncidentId kNobody{"none"};
const ComponentId kNowhere{"nowhere"};

TEST(Apply, entries_that_name_unknown_things_are_ignored) {
    Decisions d({"shop"});
    const std::string before = state_hash(d.state);
    const std::vector<Entry> strangers{
        entry::VerdictSet{},
        entry::ComponentStatusSet{},
        entry::ComponentHoldSet{kNowhere, {}},
        entry::MonitoringChangedSet{kNowhere, true, {}, {}},
        entry::IncidentComponentSet{kNobody, kNowhere, "", ComponentStatus::kMajorOutage},
        entry::DeclarationSet{kNobody, kNowhere, ComponentStatus::kMajorOutage, {}},
        entry::IncidentPosted{.incident = kNobody,
                              .update = {},
                              .origin = {},
                              .phase = {},
                              .text = {},
                              .sealed_text = {},
                              .affected = {},
                              .actor = {}},
        entry::IncidentImpactSet{kNobody, IncidentImpact::kMajor},
        entry::IncidentPromoted{kNobody, ""},
        entry::IncidentResolveDueSet{kNobody, d.now},
        entry::IncidentPhaseSet{kNobody, IncidentPhase::kResolved, d.now},
        entry::IncidentRetracted{kNobody, {}},
        entry::ComponentTimeExcluded{kNowhere, d.now, d.now + seconds(1)},
        entry::WallClockStepped{seconds(1)},
    };
    for (const Entry& entry : strangers) {
        apply(d.state, d.now, entry);
        EXPECT_EQ(state_hash(d.state), before) << entry_name(entry);
    }
}

TEST(Apply, an_incident_is_opened_once) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kPass);
    d.verdict("shop/1", Verdict::kFail);
    const std::string before = state_hash(d.state);
    apply(d.state, d.now,
          entry::IncidentOpened{d.incident(0).id,
                                Origin::kHuman,
                                Visibility::kPublic,
                                {},
                                "again",
                                {},
                                d.now,
                                IncidentImpact::kNone});
    EXPECT_EQ(state_hash(d.state), before);
}

TEST(Apply, only_gaps_longer_than_three_intervals_are_unmeasured) {
    Decisions d({"shop"});
    d.find("shop").checks[0].every = seconds(10);
    d.load();
    apply(d.state, d.now, entry::MeasurementGap{d.now, d.now + seconds(30), GapReason::kStopped});
    EXPECT_TRUE(d.component("shop").timeline.exclusions().empty());
    apply(d.state, d.now,
          entry::MeasurementGap{d.now, d.now + milliseconds(30'001), GapReason::kStopped});
    EXPECT_EQ(d.component("shop").timeline.exclusions().size(), 1U);
}

TEST(Apply, the_shortest_interval_of_a_component_counts) {
    Decisions d({"shop"});
    d.find("shop").checks[0].every = minutes(5);
    d.add_check("shop/2", "shop");
    d.find("shop").checks[1].every = seconds(10);
    d.load();
    apply(d.state, d.now, entry::MeasurementGap{d.now, d.now + minutes(1), GapReason::kSuspended});
    EXPECT_EQ(d.component("shop").timeline.exclusions().size(), 1U);
}

TEST(Apply, an_older_state_is_never_disturbed) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kPass);
    const State before = d.state;
    const std::string hash = state_hash(before);
    d.verdict("shop/1", Verdict::kFail);
    EXPECT_EQ(state_hash(before), hash);
    EXPECT_NE(state_hash(d.state), hash);
}

TEST(Apply, a_configuration_drops_what_it_no_longer_names) {
    Decisions d({"a", "b"});
    d.verdicts({"a/1", "b/1"}, Verdict::kPass);
    d.verdict("b/1", Verdict::kFail);
    d.pass(seconds(5));
    d.verdict("b/1", Verdict::kPass);
    EXPECT_EQ(d.state.held.size(), 1U);
    d.topology.components.pop_back();
    d.load();
    EXPECT_EQ(d.state.components.size(), 1U);
    EXPECT_EQ(d.state.checks.size(), 1U);
    EXPECT_TRUE(d.state.held.empty());
    EXPECT_EQ(d.incidents(), 1U);
}

}  // namespace
}  // namespace candor::core
