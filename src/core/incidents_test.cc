#include "core/incidents.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/world/decisions.h"

namespace candor::core {
namespace {

using world::Decisions;

Decisions green(const std::vector<std::string>& components) {
    Decisions d(components);
    for (const std::string& id : components) d.verdict(id + "/1", Verdict::kPass);
    return d;
}

TEST(Incidents, impact_follows_the_worst_status) {
    EXPECT_EQ(impact_of(ComponentStatus::kMajorOutage), IncidentImpact::kCritical);
    EXPECT_EQ(impact_of(ComponentStatus::kPartialOutage), IncidentImpact::kMajor);
    EXPECT_EQ(impact_of(ComponentStatus::kDegradedPerformance), IncidentImpact::kMinor);
    EXPECT_EQ(impact_of(ComponentStatus::kUnknown), IncidentImpact::kMinor);
    EXPECT_EQ(impact_of(ComponentStatus::kUnderMaintenance), IncidentImpact::kNone);
    EXPECT_EQ(impact_of(ComponentStatus::kOperational), IncidentImpact::kNone);
}

TEST(Incidents, opening_names_the_start_by_the_evidence) {
    Decisions d = green({"shop"});
    const Timestamp failed = d.now;
    VerdictChange change{
        CheckId{"shop/1"}, Verdict::kFail, failed, 9, {FailureKind::kTimeout, 0, 5'000}, {}};
    d.pass(seconds(15));
    d.must(input::VerdictsChanged{{change}});
    ASSERT_EQ(d.incidents(), 1U);
    EXPECT_EQ(d.incident(0).started, failed);
    EXPECT_EQ(d.incident(0).opened, failed + seconds(15));
    EXPECT_EQ(d.incident(0).impact, IncidentImpact::kCritical);
    EXPECT_EQ(d.incident(0).id.value.size(), 12U);
}

TEST(Incidents, a_batch_of_failures_is_one_incident_titled_after_all) {
    Decisions d = green({"a", "b", "c", "e"});
    d.verdicts({"c/1", "a/1", "b/1"}, Verdict::kFail);
    ASSERT_EQ(d.incidents(), 1U);
    EXPECT_EQ(d.incident(0).title, "a, b and c are down");
    EXPECT_EQ(d.incident(0).updates.size(), 1U);
    EXPECT_EQ(d.incident(0).updates[0].affected.size(), 3U);
}

TEST(Incidents, it_monitors_when_all_is_good_and_resolves_after_a_while) {
    Decisions d = green({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    d.pass(minutes(20));
    d.verdict("shop/1", Verdict::kPass);
    EXPECT_EQ(d.incident(0).phase, IncidentPhase::kMonitoring);
    EXPECT_EQ(d.incident(0).recovered_at, d.now);
    EXPECT_EQ(next_deadline(d.state), d.now + minutes(5));
    EXPECT_EQ(d.incident(0).updates.size(), 2U);
    d.pass(minutes(5) - milliseconds(1));
    d.timer();
    EXPECT_TRUE(d.incident(0).is_open());
    d.pass(milliseconds(1));
    d.timer();
    EXPECT_EQ(d.incident(0).phase, IncidentPhase::kResolved);
    EXPECT_EQ(d.incident(0).resolved_at, d.now);
    EXPECT_TRUE(d.state.open_incidents.empty());
    EXPECT_EQ(next_deadline(d.state), d.incident(0).opened + minutes(30));  // still owed
}

TEST(Incidents, blindness_during_recovery_postpones_the_end) {
    Decisions d = green({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    d.pass(minutes(20));
    d.verdict("shop/1", Verdict::kPass);
    d.pass(minutes(1));
    d.verdict("shop/1", Verdict::kBlind);
    EXPECT_EQ(d.incident(0).resolve_due.ms, 0);
    d.pass(minutes(30));
    d.timer();
    EXPECT_TRUE(d.incident(0).is_open());
    d.verdict("shop/1", Verdict::kPass);
    EXPECT_EQ(d.incident(0).resolve_due, d.now + minutes(5));
}

TEST(Incidents, one_of_two_components_recovering_resolves_nothing) {
    Decisions d = green({"a", "b"});
    d.find("a").depends_on = {ComponentId{"b"}};
    d.load();
    d.verdicts({"a/1", "b/1"}, Verdict::kFail);
    d.pass(minutes(20));
    d.verdict("a/1", Verdict::kPass);
    EXPECT_EQ(d.incident(0).phase, IncidentPhase::kInvestigating);
    EXPECT_EQ(d.incident(0).resolve_due.ms, 0);
    EXPECT_EQ(d.incident(0).updates.size(), 1U);
    d.verdict("b/1", Verdict::kPass);
    EXPECT_EQ(d.incident(0).phase, IncidentPhase::kMonitoring);
}

TEST(Incidents, public_ids_are_twelve_letters_and_differ) {
    Decisions d = green({"a", "b"});
    d.verdict("a/1", Verdict::kFail);
    d.pass(minutes(10));
    d.verdict("b/1", Verdict::kFail);
    ASSERT_EQ(d.incidents(), 2U);
    EXPECT_NE(d.incident(0).id, d.incident(1).id);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_TRUE(std::ranges::all_of(d.incident(i).id.value, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        }));
    }
}

TEST(Incidents, a_removed_component_keeps_its_name_in_the_record) {
    Decisions d = green({"a", "b"});
    d.verdict("a/1", Verdict::kFail);
    d.topology.components.erase(d.topology.components.begin());
    d.load();
    ASSERT_EQ(d.incident(0).components.size(), 1U);
    EXPECT_EQ(d.incident(0).components[0].name, "a");
    EXPECT_TRUE(d.incident(0).is_open());
    EXPECT_FALSE(all_good(d.state, d.incident(0)));
}

}  // namespace
}  // namespace candor::core
