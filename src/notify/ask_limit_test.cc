#include "notify/ask_limit.h"

#include <gtest/gtest.h>

namespace candor::notify {
namespace {

TEST(AskLimit, takes_so_many_within_the_window_and_then_waits) {
    AskLimit limit({.times = 3, .within = hours(1)}, "key");
    for (int i = 0; i < 3; ++i) EXPECT_EQ(limit.admit("kim", minutes(60 + 10 * i)), Duration{});
    EXPECT_EQ(limit.admit("kim", minutes(110)), minutes(10));
    EXPECT_EQ(limit.admit("tim", minutes(110)), Duration{});
    EXPECT_EQ(limit.admit("kim", minutes(120)), Duration{});
    EXPECT_EQ(limit.admit("kim", minutes(121)), minutes(9));
}

TEST(AskLimit, what_is_refused_is_not_counted) {
    AskLimit limit({.times = 1, .within = hours(1)}, "key");
    EXPECT_EQ(limit.admit("kim", seconds(1)), Duration{});
    for (int i = 0; i < 100; ++i) EXPECT_GT(limit.admit("kim", minutes(59)), Duration{});
    EXPECT_EQ(limit.admit("kim", hours(1) + seconds(1)), Duration{});
}

TEST(AskLimit, a_shared_bucket_refuses_more_never_less) {
    AskLimit limit({.times = 2, .within = hours(1), .buckets = 1}, "key");
    EXPECT_EQ(limit.admit("kim", seconds(1)), Duration{});
    EXPECT_EQ(limit.admit("tim", seconds(1)), Duration{});
    EXPECT_GT(limit.admit("zoe", seconds(1)), Duration{});
}

}  // namespace
}  // namespace candor::notify
