#include "detect/observer.h"

#include <gtest/gtest.h>

#include <string>

namespace candor::detect {
namespace {

constexpr Timestamp at(std::int64_t second) {
    return Timestamp{second * 1'000};
}

Observer with_anchors(int count) {
    Observer observer;
    std::vector<CheckId> ids;
    for (int i = 1; i <= count; ++i) ids.push_back(CheckId{"anchor-" + std::to_string(i)});
    observer.set_anchors(ids);
    return observer;
}

// Targets named 1..n, all of which passed at second 0.
Observer with_targets(int count) {
    Observer observer;
    for (int i = 1; i <= count; ++i) observer.add_target(std::to_string(i));
    for (int i = 1; i <= count; ++i) observer.saw_target(std::to_string(i), true, at(0));
    return observer;
}

TEST(Observer, without_any_evidence_a_failure_is_believed) {
    EXPECT_EQ(Observer{}.sight(at(10)), Sight::kClear);
}

TEST(Observer, an_anchor_that_answered_since_clears) {
    Observer observer = with_anchors(2);
    const CheckId one{"anchor-1"};
    const CheckId two{"anchor-2"};
    EXPECT_EQ(observer.sight(at(10)), Sight::kUnsure);
    observer.saw_anchor(one, true, at(9));
    EXPECT_EQ(observer.sight(at(10)), Sight::kUnsure);  // before the failure: proves nothing
    observer.saw_anchor(two, false, at(11));
    EXPECT_EQ(observer.sight(at(10)), Sight::kUnsure);
    observer.saw_anchor(one, true, at(12));
    EXPECT_EQ(observer.sight(at(10)), Sight::kClear);
}

TEST(Observer, every_anchor_twice_is_blindness_and_one_answer_ends_it) {
    Observer observer = with_anchors(2);
    const CheckId one{"anchor-1"};
    const CheckId two{"anchor-2"};
    observer.saw_anchor(one, false, at(11));
    observer.saw_anchor(two, false, at(12));
    EXPECT_FALSE(observer.blind());
    EXPECT_EQ(observer.sight(at(10)), Sight::kBlind);  // but nothing is believed meanwhile
    observer.saw_anchor(one, false, at(21));
    EXPECT_FALSE(observer.blind());
    observer.saw_anchor(two, false, at(22));
    EXPECT_TRUE(observer.blind());
    EXPECT_EQ(observer.sight(at(30)), Sight::kBlind);
    observer.saw_anchor(two, true, at(32));
    EXPECT_FALSE(observer.blind());
}

TEST(Observer, unknown_anchors_and_targets_change_nothing) {
    Observer observer = with_anchors(1);
    observer.saw_anchor(CheckId{"anchor-9"}, false, at(1));
    observer.saw_anchor(CheckId{"anchor-9"}, false, at(2));
    observer.saw_target("9", false, at(3));
    EXPECT_FALSE(observer.blind());
    EXPECT_FALSE(observer.is_anchor(CheckId{"anchor-9"}));
    EXPECT_EQ(observer.target_count(), 0U);
}

TEST(Observer, reconfigured_anchors_keep_what_they_saw) {
    Observer observer = with_anchors(1);
    observer.saw_anchor(CheckId{"anchor-1"}, true, at(10));
    observer.set_anchors({CheckId{"anchor-1"}, CheckId{"anchor-2"}});
    EXPECT_EQ(observer.sight(at(10)), Sight::kClear);
    observer.saw_anchor(CheckId{"anchor-1"}, false, at(20));
    observer.saw_anchor(CheckId{"anchor-2"}, false, at(21));
    observer.saw_anchor(CheckId{"anchor-1"}, false, at(30));
    observer.saw_anchor(CheckId{"anchor-2"}, false, at(31));
    ASSERT_TRUE(observer.blind());
    observer.set_anchors({});
    EXPECT_FALSE(observer.blind());
}

TEST(Observer, more_than_half_of_four_at_once_is_blindness) {
    Observer observer = with_targets(4);
    observer.saw_target("1", false, at(10));
    EXPECT_EQ(observer.sight(at(10)), Sight::kUnsure);  // nothing fresh of the others
    observer.saw_target("2", false, at(11));
    observer.saw_target("3", false, at(12));
    observer.saw_target("4", true, at(13));
    EXPECT_EQ(observer.sight(at(10)), Sight::kBlind);
    EXPECT_FALSE(observer.blind());  // the standing judgement waits for a failing result
    observer.saw_target("1", false, at(14));
    EXPECT_TRUE(observer.blind());
}

TEST(Observer, half_of_four_is_believed) {
    Observer observer = with_targets(4);
    observer.saw_target("1", false, at(10));
    observer.saw_target("2", false, at(11));
    observer.saw_target("3", true, at(12));
    observer.saw_target("4", true, at(13));
    EXPECT_EQ(observer.sight(at(10)), Sight::kClear);
    observer.saw_target("1", false, at(14));
    EXPECT_FALSE(observer.blind());
}

TEST(Observer, fewer_than_four_tell_nothing) {
    Observer observer = with_targets(static_cast<int>(kTargetsMin) - 1);
    for (const char* target : {"1", "2", "3"}) observer.saw_target(target, false, at(10));
    EXPECT_EQ(observer.sight(at(10)), Sight::kClear);
    EXPECT_FALSE(observer.blind());
}

TEST(Observer, what_failed_long_before_is_not_asked) {
    Observer observer = with_targets(6);
    observer.saw_target("1", false, at(10));
    observer.saw_target("2", false, at(10));
    for (const char* target : {"3", "4", "5", "6"}) observer.saw_target(target, true, at(12));
    ASSERT_EQ(observer.sight(at(10)), Sight::kClear);
    for (const char* target : {"3", "4"}) observer.saw_target(target, false, at(100));
    for (const char* target : {"5", "6"}) observer.saw_target(target, true, at(101));
    EXPECT_EQ(observer.sight(at(100)), Sight::kClear);  // two of four candidates
}

TEST(Observer, what_fails_long_after_is_no_part_of_it) {
    Observer observer = with_targets(6);
    observer.saw_target("1", false, at(10));
    observer.saw_target("2", false, at(10));
    for (const char* target : {"5", "6"}) observer.saw_target(target, true, at(12));
    for (const char* target : {"3", "4"}) observer.saw_target(target, false, at(100));
    // Seen from the old failure, four of six fail by now, but two of them began much later.
    observer.saw_target("1", false, at(101));
    EXPECT_FALSE(observer.blind());
}

TEST(Observer, sight_returns_when_half_of_the_targets_pass_again) {
    Observer observer = with_targets(4);
    for (const char* target : {"1", "2", "3", "4"}) observer.saw_target(target, false, at(10));
    observer.saw_target("1", false, at(15));
    ASSERT_TRUE(observer.blind());
    observer.saw_target("1", true, at(20));
    EXPECT_TRUE(observer.blind());
    observer.saw_target("2", true, at(21));
    EXPECT_FALSE(observer.blind());
}

TEST(Observer, anchors_outrank_the_crowd) {
    Observer observer = with_anchors(1);
    for (const char* target : {"1", "2", "3", "4"}) observer.add_target(target);
    observer.saw_anchor(CheckId{"anchor-1"}, true, at(11));
    for (const char* target : {"1", "2", "3", "4"}) observer.saw_target(target, false, at(10));
    EXPECT_EQ(observer.sight(at(10)), Sight::kClear);
    EXPECT_FALSE(observer.blind());
}

}  // namespace
}  // namespace candor::detect
