// A recurrence rule as RFC 5545 §3.3.10 writes it, for the parts that maintenance needs.
//
// FREQ=DAILY|WEEKLY|MONTHLY|YEARLY with INTERVAL, BYDAY (with ordinals), BYMONTHDAY (also from the
// end), BYMONTH, COUNT and UNTIL. Weeks begin on Monday. Anything else is refused by name, since a
// part that is ignored would plan another time than the operator meant. Knows no zone and no start.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace candor::engine {

inline constexpr std::size_t kRecurrenceBytesMax = 512;
inline constexpr int kRecurrenceIntervalMax = 1'000;
inline constexpr int kRecurrenceCountMax = 10'000;

enum class Frequency : std::uint8_t { kOnce, kDaily, kWeekly, kMonthly, kYearly };

// A time on a wall: local, without a zone.
struct WallTime {
    std::int64_t day = 0;     // days since 1970-01-01
    std::int64_t second = 0;  // of that day

    friend auto operator<=>(const WallTime&, const WallTime&) = default;
};

// "2026-05-01T22:00" or "2026-05-01T22:00:30", years 2000 to 2099.
Result<WallTime> parse_wall_time(std::string_view text);

struct WeekdayRule {
    int ordinal = 0;       // 0: each; 2: the second; -1: the last
    unsigned weekday = 0;  // 0 Sunday .. 6 Saturday
};

struct RecurrenceRule {
    Frequency frequency = Frequency::kOnce;
    int interval = 1;
    std::vector<WeekdayRule> weekdays;
    std::vector<int> month_days;  // 1..31, -31..-1
    std::bitset<13> months;       // none: every month
    std::optional<int> count;
    std::optional<WallTime> until;  // inclusive
    bool until_is_utc = false;
};

// "" is once. kInvalid names the part, what is wrong with it and what it takes.
Result<RecurrenceRule> parse_recurrence_rule(std::string_view text);

}  // namespace candor::engine
