#include "engine/time_keeper.h"

#include <gtest/gtest.h>

namespace candor::engine {
namespace {

constexpr std::int64_t kWall = 1'775'336'400'000;

Stamp read(std::int64_t wall_ms, std::int64_t steady_ms) {
    return {Timestamp{kWall + wall_ms}, Duration{steady_ms}};
}

TEST(TimeKeeper, stamps_follow_the_wall_and_never_go_back) {
    TimeKeeper time;
    time.start(read(0, 0), Timestamp{});
    EXPECT_EQ(time.stamp(read(1'000, 1'000)).ms, kWall + 1'000);
    EXPECT_EQ(time.stamp(read(-5'000, 2'000)).ms, kWall + 1'000);
    EXPECT_EQ(time.stamp(read(1'001, 3'000)).ms, kWall + 1'001);
}

TEST(TimeKeeper, a_start_continues_after_the_newest_stored_time) {
    TimeKeeper time;
    time.start(read(0, 0), Timestamp{kWall + 60'000});
    EXPECT_EQ(time.stamp(read(1'000, 1'000)).ms, kWall + 60'000);
    time.start(read(0, 0), Timestamp{kWall - 60'000});
    EXPECT_EQ(time.last().ms, kWall);
}

TEST(TimeKeeper, deadlines_run_on_steady_time) {
    TimeKeeper time;
    time.start(read(0, 0), Timestamp{});
    const Timestamp deadline{kWall + 30'000};
    EXPECT_EQ(time.steady_at(deadline), Duration{30'000});
    time.stamp(read(10'000, 10'000));
    EXPECT_EQ(time.steady_at(deadline), Duration{30'000});
    // The wall is set back by an hour: the deadline is reached all the same, at its own time.
    time.stamp(read(-3'580'000, 20'000));
    EXPECT_EQ(time.steady_at(deadline), Duration{30'000});
    EXPECT_EQ(time.stamp_deadline(read(-3'570'000, 30'000), deadline), deadline);
    EXPECT_EQ(time.last(), deadline);
}

TEST(TimeKeeper, a_late_deadline_carries_the_present) {
    TimeKeeper time;
    time.start(read(0, 0), Timestamp{});
    EXPECT_EQ(time.stamp_deadline(read(40'000, 40'000), Timestamp{kWall + 30'000}).ms,
              kWall + 40'000);
}

TEST(TimeKeeper, regular_ticks_show_nothing) {
    TimeKeeper time;
    time.start(read(0, 0), Timestamp{});
    for (std::int64_t t = 0; t <= 60'000; t += kTickPeriod.ms) {
        const auto seen = time.tick(read(t, t));
        EXPECT_FALSE(seen.wall_step || seen.gap_from);
    }
}

TEST(TimeKeeper, more_than_three_periods_without_a_tick_are_a_gap) {
    const std::int64_t longest = kTickPeriod.ms * kTickGapPeriods;
    TimeKeeper time;
    time.start(read(0, 0), Timestamp{});
    EXPECT_FALSE(time.tick(read(longest, longest)).gap_from);
    const auto seen = time.tick(read(2 * longest + 1, 2 * longest + 1));
    ASSERT_TRUE(seen.gap_from.has_value());
    EXPECT_EQ(seen.gap_from->ms, kWall + longest);
    EXPECT_FALSE(seen.wall_step);
}

TEST(TimeKeeper, a_step_of_more_than_two_seconds_is_told_with_its_sign) {
    TimeKeeper time;
    time.start(read(0, 0), Timestamp{});
    EXPECT_FALSE(time.tick(read(1'000 + kWallStepMin.ms, 1'000)).wall_step);
    const auto ahead = time.tick(read(3'600'000 + 2'000 + 2'000, 2'000));
    ASSERT_TRUE(ahead.wall_step.has_value());
    EXPECT_EQ(ahead.wall_step->ms, 3'600'000);
    EXPECT_EQ(ahead.gap_from->ms, kWall + 3'000);  // nobody measured what it jumped over
    const auto back = time.tick(read(4'000 + 1'000, 3'000));
    ASSERT_TRUE(back.wall_step.has_value());
    EXPECT_EQ(back.wall_step->ms, -3'600'000);
    EXPECT_FALSE(back.gap_from);
}

}  // namespace
}  // namespace candor::engine
