#include "impact/recent_minutes.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace candor::impact {
namespace {

constexpr Timestamp kNow{1'775'350'800'000 + 30'000};
constexpr Timestamp kMinute{1'775'350'800'000};

MinuteRecord record(std::vector<CustomerTally> customers) {
    MinuteRecord out;
    for (const CustomerTally& one : customers) out.total += one.tally;
    out.customers = std::move(customers);
    return out;
}

TEST(RecentMinutes, windows_end_with_the_minute_under_way) {
    RecentMinutes recent;
    recent.add(kMinute, record({{1, {10, 1}}}));
    recent.add(kMinute - minutes(4), record({{2, {10, 2}}}));
    recent.add(kMinute - minutes(5), record({{3, {10, 4}}}));
    recent.add(kMinute - minutes(59), record({{4, {10, 0}}}));
    recent.add(kMinute - minutes(60), record({{5, {10, 8}}}));
    const OutcomeWindows w = recent.windows(kNow);
    EXPECT_EQ(w.five_minutes, (OutcomeWindow{20, 3, 2}));
    EXPECT_EQ(w.half_hour, (OutcomeWindow{30, 7, 3}));
    EXPECT_EQ(w.hour, (OutcomeWindow{40, 7, 3}));
    EXPECT_EQ(w.six_hours, (OutcomeWindow{50, 15, 4}));
    EXPECT_EQ(w.active_customers, 2);
    EXPECT_EQ(w.newest, kMinute);
}

TEST(RecentMinutes, parts_of_a_minute_add_up_and_a_customer_counts_once) {
    RecentMinutes recent;
    recent.add(kMinute, record({{1, {6, 3}}, {2, {1, 1}}}));
    recent.add(kMinute, record({{1, {6, 5}}}));
    recent.add(kMinute - minutes(1), record({{1, {1, 1}}}));
    const OutcomeWindows w = recent.windows(kNow);
    EXPECT_EQ(w.five_minutes, (OutcomeWindow{14, 10, 2}));
    EXPECT_EQ(w.down, (CustomersDown{1, 13, 9, 1}));
}

TEST(RecentMinutes, a_customer_is_down_when_half_of_enough_attempts_failed) {
    RecentMinutes recent;
    recent.add(kMinute, record({{1, {10, 5}}, {2, {10, 4}}, {3, {9, 9}}, {4, {20, 20}}}));
    EXPECT_EQ(recent.windows(kNow).down, (CustomersDown{2, 30, 25, 1}));
}

TEST(RecentMinutes, what_no_window_reaches_is_forgotten) {
    RecentMinutes recent;
    recent.add(kMinute - hours(6), record({{1, {1, 1}}}));
    recent.add(kMinute, record({{2, {1, 1}}}));
    recent.forget(kNow);
    EXPECT_EQ(recent.failing({}, kNow).list(), std::vector<Number>{2});
    recent.forget(kNow + hours(7));
    EXPECT_EQ(recent.windows(kNow + hours(7)), OutcomeWindows{});
}

TEST(RecentMinutes, forgetting_changes_no_window) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        std::mt19937_64 dice(seed);
        RecentMinutes kept;
        RecentMinutes forgetful;
        std::map<Timestamp, std::set<Number>> failing;
        for (int i = 0; i < 300; ++i) {
            const Timestamp minute = kMinute - minutes(static_cast<std::int64_t>(dice() % 400));
            const auto customer = static_cast<Number>(dice() % 40);
            const std::uint64_t attempts = dice() % 12 + 1;
            const std::uint64_t failures = dice() % (attempts + 1);
            const MinuteRecord part = record({{customer, {attempts, failures}}});
            kept.add(minute, part);
            forgetful.add(minute, part);
            if (failures > 0) failing[minute].insert(customer);
            if (i % 10 == 0) forgetful.forget(kNow);
        }
        EXPECT_EQ(forgetful.windows(kNow), kept.windows(kNow)) << seed;
        // The affected set is what plain sets say.
        const Timestamp from = kMinute - minutes(100);
        std::set<Number> wanted;
        for (const auto& [minute, customers] : failing) {
            if (minute >= from && minute < kMinute) {
                wanted.insert(customers.begin(), customers.end());
            }
        }
        EXPECT_EQ(kept.failing(from, kMinute).list(),
                  std::vector<Number>(wanted.begin(), wanted.end()))
            << seed;
    }
}

}  // namespace
}  // namespace candor::impact
