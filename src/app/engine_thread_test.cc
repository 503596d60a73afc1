#include "app/engine_thread.h"

#include <gtest/gtest.h>

namespace candor::app {
namespace {

TEST(EngineThread, timers_are_answered_on_the_grid_and_never_early) {
    EXPECT_EQ(turn_for(seconds(1)), seconds(1));
    EXPECT_EQ(turn_for(seconds(1) + milliseconds(1)), seconds(1) + kTurnEvery);
    EXPECT_EQ(turn_for(seconds(1) + kTurnEvery), seconds(1) + kTurnEvery);
    for (std::int64_t ms = 0; ms < 200; ++ms) {
        EXPECT_GE(turn_for(milliseconds(ms)), milliseconds(ms));
        EXPECT_LT(turn_for(milliseconds(ms)), milliseconds(ms) + kTurnEvery);
    }
}

TEST(EngineThread, a_passing_result_wakes_the_thread_only_when_it_would_wait_longer_than_a_turn) {
    const Duration now = seconds(7) + milliseconds(3);
    EXPECT_FALSE(sleeps_past_turn(now, turn_for(now)));
    EXPECT_TRUE(sleeps_past_turn(now, turn_for(now) + kTurnEvery));
    EXPECT_FALSE(sleeps_past_turn(now, {}));  // at work: it looks again before it sleeps
}

}  // namespace
}  // namespace candor::app
