#include "impact/row_set.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace candor::impact {
namespace {

TEST(RowSet, agrees_with_a_set_of_numbers) {
    std::mt19937_64 random(7);
    for (const std::size_t rows : {1u, 63u, 64u, 65u, 1000u, 70'000u}) {
        RowSet a(rows);
        RowSet b(rows);
        std::set<std::size_t> in_a;
        std::set<std::size_t> in_b;
        for (std::size_t i = 0; i < rows / 2 + 1; ++i) {
            a.insert(*in_a.insert(random() % rows).first);
            b.insert(*in_b.insert(random() % rows).first);
        }
        std::set<std::size_t> both;
        for (const std::size_t row : in_a) {
            if (in_b.contains(row)) both.insert(row);
        }
        EXPECT_EQ(a.count(), in_a.size());
        EXPECT_EQ(count_common(a, b), both.size());
        std::set<std::size_t> seen;
        a.for_each_common(b, [&](std::size_t row) { seen.insert(row); });
        EXPECT_EQ(seen, both);
        RowSet common;
        common.assign_common(a, b);
        RowSet left = a;
        EXPECT_EQ(common, left &= b);
        RowSet rest = a;
        EXPECT_EQ((rest -= b).count(), in_a.size() - both.size());
        EXPECT_EQ((rest |= common), a);
    }
}

TEST(RowSet, counting_stops_once_the_limit_is_passed) {
    RowSet all(1 << 20);
    for (std::size_t row = 0; row < (1 << 20); ++row) all.insert(row);
    EXPECT_EQ(count_common(all, all, 1 << 20), 1u << 20);
    const std::size_t some = count_common(all, all, 100'000);
    EXPECT_GT(some, 100'000u);
    EXPECT_LT(some, 200'000u);
}

}  // namespace
}  // namespace candor::impact
