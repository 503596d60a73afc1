#include "web/timer_wheel.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace candor::web {
namespace {

std::vector<TimerNode*> due(TimerWheel& wheel, std::int64_t now_ms) {
    std::vector<TimerNode*> expired;
    wheel.advance(now_ms, [&](TimerNode& node) { expired.push_back(&node); });
    return expired;
}

TEST(TimerWheel, fires_once_at_the_first_tick_past_the_deadline) {
    TimerWheel wheel(0);
    TimerNode node;
    wheel.set(node, 250);
    EXPECT_TRUE(due(wheel, 200).empty());
    EXPECT_EQ(due(wheel, 300).size(), 1U);
    EXPECT_TRUE(due(wheel, 10'000).empty());
    EXPECT_TRUE(wheel.empty());
}

TEST(TimerWheel, a_deadline_moves_both_ways) {
    TimerWheel wheel(0);
    TimerNode node;
    wheel.set(node, 1'000);
    wheel.set(node, 5'000);
    EXPECT_TRUE(due(wheel, 4'900).empty());
    wheel.set(node, 4'950);
    EXPECT_EQ(due(wheel, 5'000).size(), 1U);
}

TEST(TimerWheel, cancelled_means_never) {
    TimerWheel wheel(0);
    TimerNode node;
    wheel.set(node, 100);
    wheel.cancel(node);
    wheel.cancel(node);
    EXPECT_TRUE(wheel.empty());
    EXPECT_TRUE(due(wheel, 1'000).empty());
}

TEST(TimerWheel, a_deadline_in_the_past_fires_at_the_next_tick) {
    TimerWheel wheel(5'000);
    TimerNode node;
    wheel.set(node, 10);
    EXPECT_EQ(due(wheel, 5'100).size(), 1U);
}

TEST(TimerWheel, deadlines_beyond_one_round_wait_their_time) {
    TimerWheel wheel(0);
    TimerNode node;
    wheel.set(node, 100'000);  // the wheel has 256 slots of 100 ms
    EXPECT_TRUE(due(wheel, 99'900).empty());
    EXPECT_EQ(due(wheel, 100'000).size(), 1U);
}

TEST(TimerWheel, a_long_pause_fires_everything_that_is_due) {
    TimerWheel wheel(0);
    TimerNode nodes[300];
    for (int i = 0; i < 300; ++i) wheel.set(nodes[i], i * 100);
    EXPECT_EQ(due(wheel, 10'000'000).size(), 300U);
    EXPECT_TRUE(wheel.empty());
}

TEST(TimerWheel, what_expires_may_set_itself_again) {
    TimerWheel wheel(0);
    TimerNode node;
    wheel.set(node, 100);
    int fired = 0;
    const auto again = [&](TimerNode& one) {
        if (++fired < 3) wheel.set(one, 1'000);
    };
    wheel.advance(1'000, again);
    EXPECT_EQ(fired, 2) << "one that is due at once waits for the next tick: no endless loop";
    wheel.advance(1'100, again);
    EXPECT_EQ(fired, 3);
}

// Against the plain definition: never early, never later than one tick after being looked at.
TEST(TimerWheel, agrees_with_a_list_of_deadlines) {
    std::mt19937 random(7);
    TimerWheel wheel(0);
    std::vector<TimerNode> nodes(64);
    std::vector<std::int64_t> wanted(nodes.size(), -1);
    for (std::int64_t now = 0; now < 200'000; now += 1 + random() % 300) {
        for (TimerNode* node : due(wheel, now)) {
            std::int64_t& deadline = wanted[static_cast<std::size_t>(node - nodes.data())];
            ASSERT_NE(deadline, -1);
            ASSERT_LE(deadline, now);
            deadline = -1;
        }
        for (const std::int64_t deadline : wanted) {
            ASSERT_TRUE(deadline == -1 || deadline > now - 2 * kTimerTickMs) << "late at " << now;
        }
        const std::size_t i = random() % nodes.size();
        if (random() % 4 == 0) {
            wheel.cancel(nodes[i]);
            wanted[i] = -1;
        } else {
            wanted[i] = now + random() % 60'000;
            wheel.set(nodes[i], wanted[i]);
        }
    }
    for (TimerNode& node : nodes) wheel.cancel(node);
}

}  // namespace
}  // namespace candor::web
