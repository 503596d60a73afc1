#include "view/bars.h"

#include <gtest/gtest.h>

#include <random>

namespace candor::view {
namespace {

constexpr Timestamp kNow{1'775'336'534'000};

TEST(Bars, are_exactly_what_core_tallies_step_by_step) {
    std::mt19937_64 random(1);
    for (int round = 0; round < 200; ++round) {
        core::Timeline timeline;
        Timestamp at = kNow - days(static_cast<std::int64_t>(random() % 120));
        while (at < kNow) {
            timeline.set(at, static_cast<ComponentStatus>(random() % 6));
            if (random() % 5 == 0) timeline.exclude(at, at + hours(7));
            at = at + hours(static_cast<std::int64_t>(1 + random() % 90));
        }
        for (const Range range : kRanges) {
            const BarScale scale = bar_scale(range);
            const std::vector<Bar> bars = build_bars(timeline, scale, kNow);
            ASSERT_EQ(bar_count(bars), static_cast<std::size_t>(scale.count));
            Timestamp start = first_bar(scale, kNow);
            for (const Bar& bar : bars) {
                ASSERT_EQ(bar.start, start);
                start = start + scale.step * static_cast<std::int64_t>(bar.count);
                const Timestamp end = std::min(start, kNow);
                ASSERT_EQ(bar.tally, core::tally(timeline, bar.start, end));
                ASSERT_EQ(bar.worst, core::worst_status(timeline, bar.start, end));
            }
            ASSERT_EQ(total_of(bars), core::tally(timeline, bars.front().start, kNow));
        }
    }
}

TEST(Bars, stand_together_where_nothing_happened_and_alone_where_something_did) {
    core::Timeline timeline;
    timeline.set(kNow - days(40), ComponentStatus::kOperational);
    timeline.set(kNow - days(20), ComponentStatus::kMajorOutage);  // for two whole days and more
    timeline.set(kNow - days(17), ComponentStatus::kOperational);
    const std::vector<Bar> bars = build_bars(timeline, bar_scale(Range::k90Days), kNow);
    std::vector<std::size_t> counts;
    for (const Bar& bar : bars) counts.push_back(bar.count);
    EXPECT_EQ(counts, (std::vector<std::size_t>{49, 20, 1, 1, 1, 1, 17}));
}

TEST(Bars, begin_at_a_utc_boundary_and_end_now) {
    const Timestamp start = first_bar(bar_scale(Range::k90Days), kNow);
    EXPECT_EQ(format_rfc3339(start), "2026-01-05T00:00:00.000Z");
}

}  // namespace
}  // namespace candor::view
