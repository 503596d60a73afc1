#include "access/login_throttle.h"

#include <gtest/gtest.h>

namespace candor::access {
namespace {

constexpr Duration kStart = hours(5);

std::string network(int n) {
    return "network " + std::to_string(n);
}

TEST(LoginThrottle, five_tries_per_account_from_wherever) {
    LoginThrottle throttle("key");
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(throttle.admit("kim", network(i), kStart + seconds(i)).ms, 0) << i;
    }
    EXPECT_EQ(throttle.admit("kim", network(9), kStart + seconds(10)).ms,
              (kLoginWindow - seconds(10)).ms)
        << "until the first try is a quarter of an hour ago";
    EXPECT_EQ(throttle.admit("sam", network(9), kStart + seconds(10)).ms, 0);
}

TEST(LoginThrottle, waiting_helps_and_refused_tries_cost_nothing) {
    LoginThrottle throttle("key");
    for (int i = 0; i < 5; ++i) throttle.admit("kim", network(i), kStart);
    for (int i = 0; i < 100; ++i) {
        EXPECT_GT(throttle.admit("kim", network(9), kStart + minutes(1)).ms, 0);
    }
    EXPECT_EQ(throttle.admit("kim", network(9), kStart + kLoginWindow).ms, 0);
}

TEST(LoginThrottle, twenty_tries_per_network_whatever_the_account) {
    LoginThrottle throttle("key");
    std::size_t admitted = 0;
    for (int i = 0; i < 100; ++i) {
        if (throttle.admit("person " + std::to_string(i), "here", kStart).ms == 0) ++admitted;
    }
    EXPECT_EQ(admitted, kLoginsPerNetwork);
    EXPECT_EQ(throttle.admit("somebody new", "elsewhere", kStart).ms, 0);
}

TEST(LoginThrottle, success_forgets_the_tries_of_the_account) {
    LoginThrottle throttle("key");
    for (int round = 0; round < 10; ++round) {
        for (int i = 0; i < 4; ++i) {
            ASSERT_EQ(throttle.admit("kim", network(i), kStart + seconds(round)).ms, 0) << round;
        }
        throttle.succeeded("kim", network(3));
        if (round % 4 == 3) throttle.succeeded("kim", network(0));
    }
}

// More names than buckets: memory is the same, and the one under attack stays closed.
TEST(LoginThrottle, a_flood_of_names_does_not_reopen_an_account) {
    LoginThrottle throttle("key");
    for (int i = 0; i < 5; ++i) throttle.admit("kim", network(i), kStart);
    for (int i = 0; i < 20'000; ++i) {
        throttle.admit("flood " + std::to_string(i), "flood " + std::to_string(i), kStart);
    }
    EXPECT_GT(throttle.admit("kim", network(77), kStart + minutes(1)).ms, 0);
}

TEST(LoginThrottle, works_from_the_first_moment_of_time) {
    LoginThrottle throttle("key");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(throttle.admit("kim", network(i), {}).ms, 0);
    EXPECT_GT(throttle.admit("kim", network(6), {}).ms, 0);
}

}  // namespace
}  // namespace candor::access
