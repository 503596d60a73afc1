#include "core/uptime.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace candor::core {
namespace {

constexpr ComponentStatus kGood = ComponentStatus::kOperational;
constexpr ComponentStatus kDown = ComponentStatus::kMajorOutage;

Timestamp at(std::int64_t t) {
    return Timestamp{t};
}

// The oracle keeps one status per millisecond.
Tally count(const std::vector<int>& every_ms, std::int64_t from, std::int64_t to) {
    Tally t;
    for (std::int64_t i = from; i < to; ++i) {
        const int s = i < static_cast<std::int64_t>(every_ms.size())
                          ? every_ms[static_cast<std::size_t>(i)]
                          : -1;
        switch (s) {
            case 0: ++t.operational_ms; break;
            case 1: ++t.maintenance_ms; break;
            case 3: ++t.degraded_ms; break;
            case 4: ++t.partial_ms; break;
            case 5: ++t.major_ms; break;
            default: ++t.unmeasured_ms;
        }
    }
    return t;
}

TEST(Uptime, agrees_with_counting_every_millisecond) {
    std::mt19937 random(11);
    for (int round = 0; round < 300; ++round) {
        Timeline timeline;
        std::vector<int> every_ms(2'000, -1);
        std::int64_t t = static_cast<std::int64_t>(random() % 50);
        while (t < 2'000) {
            const int status = static_cast<int>(random() % 6);
            timeline.set(at(t), static_cast<ComponentStatus>(status));
            for (std::size_t i = static_cast<std::size_t>(t); i < 2'000; ++i) every_ms[i] = status;
            t += 1 + static_cast<std::int64_t>(random() % 90);
        }
        for (unsigned i = 0; i < random() % 5; ++i) {
            const std::size_t from = random() % 2'000;
            const std::size_t to = std::min<std::size_t>(2'000, from + random() % 200);
            timeline.exclude(at(static_cast<std::int64_t>(from)),
                             at(static_cast<std::int64_t>(to)));
            for (std::size_t ms = from; ms < to; ++ms) every_ms[ms] = -1;
        }
        for (int window = 0; window < 20; ++window) {
            const auto from = static_cast<std::int64_t>(random() % 2'000);
            const auto to = from + static_cast<std::int64_t>(random() % 2'000) / 2;
            const auto end = std::min<std::int64_t>(to, 2'000);
            ASSERT_EQ(tally(timeline, at(from), at(end)), count(every_ms, from, end));
        }
    }
}

TEST(Uptime, down_is_major_and_partial_and_degraded_is_up) {
    const Tally t{.operational_ms = 700,
                  .degraded_ms = 200,
                  .partial_ms = 50,
                  .major_ms = 50,
                  .maintenance_ms = 1'000,
                  .unmeasured_ms = 5'000};
    EXPECT_EQ(t.measured_ms(), 1'000);
    EXPECT_EQ(t.down_ms(), 100);
    EXPECT_EQ(uptime_ppm(t), 900'000);
}

TEST(Uptime, nothing_measured_is_no_uptime_at_all) {
    EXPECT_FALSE(uptime_ppm(Tally{}).has_value());
    EXPECT_FALSE(uptime_ppm(Tally{.maintenance_ms = 5, .unmeasured_ms = 7}).has_value());
}

TEST(Uptime, one_millisecond_of_a_year_is_never_rounded_away) {
    Timeline timeline;
    timeline.set(at(0), kGood);
    timeline.set(at(1'000), kDown);
    timeline.set(at(1'001), kGood);
    const Tally t = tally(timeline, at(0), at(days(365).ms));
    EXPECT_EQ(t.major_ms, 1);
    EXPECT_EQ(uptime_ppm(t), 999'999);
    EXPECT_EQ(uptime_ppm(tally(timeline, at(1'001), at(days(365).ms))), 1'000'000);
}

TEST(Uptime, a_timeline_of_centuries_does_not_overflow) {
    Timeline timeline;
    timeline.set(at(0), kDown);
    const Tally t = tally(timeline, at(0), at(days(36'500).ms));
    EXPECT_EQ(uptime_ppm(t), 0);
}

TEST(Uptime, the_worst_is_what_was_measured) {
    Timeline timeline;
    timeline.set(at(0), kGood);
    timeline.set(at(10), kDown);
    timeline.set(at(20), kGood);
    timeline.set(at(30), ComponentStatus::kUnknown);
    EXPECT_EQ(worst_status(timeline, at(0), at(10)), kGood);
    EXPECT_EQ(worst_status(timeline, at(0), at(11)), kDown);
    EXPECT_EQ(worst_status(timeline, at(25), at(99)), kGood);
    EXPECT_FALSE(worst_status(timeline, at(30), at(99)).has_value());
    timeline.exclude(at(10), at(20));
    EXPECT_EQ(worst_status(timeline, at(0), at(99)), kGood);
}

}  // namespace
}  // namespace candor::core
