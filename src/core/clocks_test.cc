#include "core/clocks.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/incidents.h"
#include "tests/world/decisions.h"

namespace candor::core {
namespace {

using world::Decisions;

template <class E>
std::int64_t count_of(const std::vector<Entry>& entries) {
    return std::ranges::count_if(entries,
                                 [](const Entry& e) { return std::holds_alternative<E>(e); });
}

void person_writes(Decisions& d, std::size_t n = 0) {
    d.must(input::UpdatePosted{d.incident(n).id, {}, SealedText{"words"}, {}, ActorId{"ann"}});
}

void until(Decisions& d, Timestamp t) {
    d.now = t;
    d.timer();
}

TEST(Clocks, an_opened_incident_owes_an_explanation) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    EXPECT_EQ(d.incident(0).clock.kind, ClockKind::kExplanation);
    EXPECT_EQ(d.incident(0).clock.due, d.now + minutes(30));
    EXPECT_EQ(next_deadline(d.state), d.now + minutes(30));
}

TEST(Clocks, a_word_of_a_person_starts_the_clock_of_updates) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    d.pass(minutes(7));
    person_writes(d);
    EXPECT_EQ(d.incident(0).clock.kind, ClockKind::kUpdate);
    EXPECT_EQ(d.incident(0).clock.due, d.now + minutes(60));
}

TEST(Clocks, a_declared_incident_is_explained_by_its_own_first_post) {
    Decisions d({"shop"});
    d.must(input::IncidentDeclared{SealedText{"title"},
                                   SealedText{"text"},
                                   {{ComponentId{"shop"}, ComponentStatus::kPartialOutage}},
                                   ActorId{"ann"}});
    EXPECT_TRUE(d.incident(0).explained);
    EXPECT_EQ(d.incident(0).clock.kind, ClockKind::kUpdate);
}

TEST(Clocks, a_missed_deadline_is_overdue_escalated_held_and_set_anew) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    const Timestamp due = d.now + minutes(30);
    until(d, due);
    const IncidentState& i = d.incident(0);
    EXPECT_EQ(i.clock.overdue, ClockKind::kExplanation);
    EXPECT_EQ(i.clock.overdue_since, due);
    EXPECT_EQ(i.clock.step, 1);
    EXPECT_EQ(i.clock.due, due + minutes(60));
    ASSERT_TRUE(i.updates.back().holding);
    EXPECT_EQ(i.updates.back().text, holding_text(i.clock.due));
    EXPECT_EQ(i.updates.back().origin, Origin::kMachine);
    EXPECT_FALSE(i.explained);
}

TEST(Clocks, no_two_holding_notes_follow_without_an_escalation) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    for (int n = 0; n < 12; ++n) {
        until(d, d.incident(0).clock.due);
        EXPECT_EQ(count_of<entry::EscalationRaised>(d.newest), 1);
        EXPECT_EQ(d.incident(0).clock.step, n + 1);
        EXPECT_LE(d.incident(0).clock.holding, 1);
    }
    // Opening and three notes; two posts are kept for recovery and end.
    EXPECT_EQ(d.incident(0).machine_posts_since_human, kMachinePostsMax - kPostsKeptForTheEnd);
    EXPECT_EQ(d.incident(0).clock.due, d.now + kCallAgainEvery);
}

TEST(Clocks, a_word_of_a_person_ends_overdue_and_the_lapse_is_kept) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    const Timestamp due = d.now + minutes(30);
    until(d, due);
    d.pass(minutes(5));
    person_writes(d);
    const IncidentClock& clock = d.incident(0).clock;
    EXPECT_EQ(clock.overdue_since.ms, 0);
    EXPECT_EQ(clock.step, 0);
    ASSERT_EQ(clock.lapses.size(), 1U);
    EXPECT_EQ(clock.lapses[0].since, due);
    EXPECT_EQ(clock.lapses[0].until, d.now);
    EXPECT_EQ(clock.due, d.now + minutes(60));
}

TEST(Clocks, a_deadline_missed_while_stopped_is_told_late_with_its_true_time) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    const Timestamp due = d.now + minutes(30);
    d.pass(hours(9));
    d.must(input::Started{"1", d.now - hours(9)});
    EXPECT_EQ(d.incident(0).clock.overdue_since, due);
    EXPECT_EQ(count_of<entry::EscalationRaised>(d.newest), 1);
    EXPECT_EQ(d.incident(0).clock.due, d.now + minutes(60));
}

TEST(Clocks, a_machine_post_stops_no_clock) {
    Decisions d({"shop", "calls"});
    d.verdict("shop/1", Verdict::kFail);
    const Timestamp due = d.incident(0).clock.due;
    d.pass(minutes(12));
    d.verdict("shop/1", Verdict::kPass);
    d.pass(minutes(3));
    d.verdict("shop/1", Verdict::kFail);
    EXPECT_GT(d.incident(0).updates.size(), 1U);
    EXPECT_EQ(d.incident(0).clock.due, due);
}

ClockRules by_impact() {
    return {{minutes(10), minutes(20), minutes(60)}, {minutes(30), minutes(40), minutes(90)}};
}

TEST(Clocks, each_impact_has_its_own_clock) {
    Decisions d({"shop"});
    d.add_check("shop/2", "shop", ComponentStatus::kDegradedPerformance);
    d.must(input::ConfigurationLoaded{d.topology, "other", by_impact()});
    EXPECT_EQ(count_of<entry::ClockRulesSet>(d.newest), 1);
    d.verdict("shop/2", Verdict::kFail);
    EXPECT_EQ(d.incident(0).clock.due, d.now + minutes(60));
    d.pass(minutes(40));
    d.verdict("shop/1", Verdict::kFail);  // critical now: shorter, from here on
    EXPECT_EQ(d.incident(0).clock.due, d.now + minutes(10));
    person_writes(d);
    EXPECT_EQ(d.incident(0).clock.due, d.now + minutes(30));
}

TEST(Clocks, the_opening_names_the_deadline_of_its_impact) {
    Decisions d({"shop"});
    d.must(input::ConfigurationLoaded{d.topology, "other", by_impact()});
    d.verdict("shop/1", Verdict::kFail);
    EXPECT_NE(d.incident(0).updates[0].text.find("A person will say more by " +
                                                 format_clock(d.now + minutes(10)) + " UTC."),
              std::string::npos);
}

TEST(Clocks, rules_are_written_once_and_go_back_to_single_values) {
    Decisions d({"shop"});
    d.must(input::ConfigurationLoaded{d.topology, "a", by_impact()});
    d.must(input::ConfigurationLoaded{d.topology, "a", by_impact()});
    EXPECT_TRUE(d.newest.empty());
    d.must(input::ConfigurationLoaded{d.topology, "b", {}});
    EXPECT_EQ(clock_rules(d.state), same_for_all(d.topology.incidents));
    d.must(input::ConfigurationLoaded{d.topology, "b", {}});
    EXPECT_TRUE(d.newest.empty());
}

TEST(Clocks, a_new_configuration_moves_no_promise_that_was_made) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    const Timestamp due = d.incident(0).clock.due;
    d.must(input::ConfigurationLoaded{d.topology, "other", by_impact()});
    EXPECT_EQ(d.incident(0).clock.due, due);
}

TEST(Clocks, private_trouble_has_the_same_clocks) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kFail, "acme");
    ASSERT_EQ(d.incident(0).visibility, Visibility::kPrivate);
    const Timestamp due = d.now + minutes(30);
    EXPECT_EQ(d.incident(0).clock.due, due);
    until(d, due);
    EXPECT_EQ(d.incident(0).clock.overdue_since, due);
}

TEST(Clocks, words_for_one_customer_explain_nothing_to_the_public) {
    Decisions d({"shop"});
    d.add_check("shop/2", "shop");
    d.load();
    d.verdict("shop/1", Verdict::kFail, "acme");
    person_writes(d);
    ASSERT_TRUE(d.incident(0).explained);
    d.verdict("shop/2", Verdict::kFail, "zenith");
    ASSERT_EQ(d.incident(0).visibility, Visibility::kPublic);
    EXPECT_FALSE(d.incident(0).explained);
    EXPECT_EQ(d.incident(0).clock.kind, ClockKind::kExplanation);
    EXPECT_EQ(d.incident(0).clock.due, d.now + minutes(30));
}

}  // namespace
}  // namespace candor::core
