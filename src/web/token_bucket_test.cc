#include "web/token_bucket.h"

#include <gtest/gtest.h>

namespace candor::web {
namespace {

int taken(TokenBucket& bucket, std::int64_t now_ms, int tries) {
    int n = 0;
    for (int i = 0; i < tries; ++i) n += bucket.take(now_ms) ? 1 : 0;
    return n;
}

TEST(TokenBucket, gives_the_burst_then_the_rate) {
    TokenBucket bucket(100, 1000);
    EXPECT_EQ(taken(bucket, 5'000, 2'000), 1000);
    EXPECT_EQ(taken(bucket, 5'100, 2'000), 10);
    EXPECT_EQ(taken(bucket, 6'100, 2'000), 100);
}

TEST(TokenBucket, saves_no_more_than_the_burst) {
    TokenBucket bucket(2, 3);
    EXPECT_EQ(taken(bucket, 0, 9), 3);
    EXPECT_EQ(taken(bucket, 1'000'000'000'000'000, 9), 3);
}

TEST(TokenBucket, time_that_goes_back_adds_nothing) {
    TokenBucket bucket(1, 1);
    EXPECT_EQ(taken(bucket, 9'000, 5), 1);
    EXPECT_EQ(taken(bucket, 1'000, 5), 0);
    EXPECT_EQ(taken(bucket, 9'999, 5), 0);
    EXPECT_EQ(taken(bucket, 10'000, 5), 1);
}

}  // namespace
}  // namespace candor::web
