#include "impact/repeats.h"

#include <gtest/gtest.h>

namespace candor::impact {
namespace {

TEST(Repeats, an_id_is_new_once) {
    Repeats repeats;
    EXPECT_FALSE(repeats.seen(5, {1'000}));
    EXPECT_TRUE(repeats.seen(5, {2'000}));
    EXPECT_FALSE(repeats.seen(0, {2'000}));
    EXPECT_TRUE(repeats.seen(0, {2'000}));
}

TEST(Repeats, it_is_remembered_for_a_quarter_of_an_hour_at_least) {
    Repeats repeats;
    const Timestamp start{1'000'000};
    EXPECT_FALSE(repeats.seen(5, start + minutes(14)));
    for (int minute = 15; minute < 29; ++minute) {
        EXPECT_FALSE(
            repeats.seen(static_cast<std::uint64_t>(minute) * 100, start + minutes(minute)));
        EXPECT_TRUE(repeats.seen(5, start + minutes(minute))) << minute;
    }
}

TEST(Repeats, it_is_forgotten_in_the_end) {
    Repeats repeats;
    const Timestamp start{1'000'000};
    EXPECT_FALSE(repeats.seen(5, start));
    EXPECT_FALSE(repeats.seen(6, start + minutes(16)));
    EXPECT_FALSE(repeats.seen(7, start + minutes(32)));
    EXPECT_FALSE(repeats.seen(5, start + minutes(33)));
}

TEST(Repeats, memory_is_bounded_and_the_newest_ids_stay) {
    Repeats repeats;
    const std::uint64_t many = Repeats::kIdsMax * 2 + 10;
    for (std::uint64_t i = 1; i <= many; ++i)
        ASSERT_FALSE(repeats.seen(i * 0x9e3779b97f4a7c15, {1}));
    EXPECT_TRUE(repeats.seen(many * 0x9e3779b97f4a7c15, {1}));
    EXPECT_TRUE(repeats.seen((many - Repeats::kIdsMax) * 0x9e3779b97f4a7c15, {1}));
    EXPECT_FALSE(repeats.seen(1 * 0x9e3779b97f4a7c15, {1}));
}

}  // namespace
}  // namespace candor::impact
