#include "core/explained.h"

#include <gtest/gtest.h>

#include "tests/world/decisions.h"

namespace candor::core {
namespace {

using world::Decisions;

void person_writes(Decisions& d) {
    d.must(input::UpdatePosted{d.incident(0).id, {}, SealedText{"words"}, {}, ActorId{"ann"}});
}

Duration unexplained(const Decisions& d) {
    return unexplained_red(d.state, d.incident(0), d.now);
}

TEST(Explained, red_counts_until_a_person_has_written) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    d.pass(minutes(7));
    EXPECT_EQ(unexplained(d), minutes(7));
    person_writes(d);
    d.pass(minutes(50));
    EXPECT_EQ(unexplained(d), minutes(7));
}

TEST(Explained, a_missed_promise_counts_from_its_deadline) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    d.pass(minutes(7));
    person_writes(d);
    d.pass(minutes(60));
    d.timer();
    d.pass(minutes(9));
    EXPECT_EQ(unexplained(d), minutes(16));
    person_writes(d);
    d.pass(minutes(30));
    EXPECT_EQ(unexplained(d), minutes(16));
}

TEST(Explained, only_red_time_counts) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    d.pass(minutes(4));
    d.verdict("shop/1", Verdict::kPass);
    d.pass(minutes(20));
    d.timer();
    EXPECT_FALSE(d.incident(0).is_open());
    d.pass(hours(3));
    EXPECT_EQ(unexplained(d), minutes(4));
    EXPECT_EQ(unexplained_red_since(d.state, d.now - hours(24), d.now), minutes(4));
    EXPECT_EQ(unexplained_red_since(d.state, d.now, d.now), Duration{});
}

TEST(Explained, two_components_that_are_red_together_count_once) {
    Decisions d({"shop", "calls"});
    d.find("shop").group = GroupId{"g"};
    d.find("calls").group = GroupId{"g"};
    d.load();
    d.verdicts({"shop/1", "calls/1"}, Verdict::kFail);
    d.pass(minutes(3));
    d.verdict("calls/1", Verdict::kPass);
    d.pass(minutes(2));
    ASSERT_EQ(d.incidents(), 1U);
    EXPECT_EQ(unexplained(d), minutes(5));
}

TEST(Explained, a_false_alarm_has_none) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    d.pass(minutes(4));
    d.verdict("shop/1", Verdict::kPass);
    d.pass(minutes(2));
    d.must(input::IncidentRetractRequested{d.incident(0).id, SealedText{"t"}, ActorId{"ann"}});
    EXPECT_EQ(unexplained(d), Duration{});
}

}  // namespace
}  // namespace candor::core
