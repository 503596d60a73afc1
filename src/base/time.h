// Timestamp and Duration: integer milliseconds, so that every number on the page is exact.
//
// There is no clock here: time enters the system as data (ports/clock.h stamps it at the edge).
// Formatting is UTC and locale-free; zones belong to the reader's browser and to schedules.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace candor {

struct Duration {
    std::int64_t ms = 0;
    friend auto operator<=>(const Duration&, const Duration&) = default;
    friend Duration operator+(Duration a, Duration b) { return {a.ms + b.ms}; }
    friend Duration operator-(Duration a, Duration b) { return {a.ms - b.ms}; }
    friend Duration operator*(Duration a, std::int64_t n) { return {a.ms * n}; }
};

constexpr Duration milliseconds(std::int64_t n) {
    return {n};
}
constexpr Duration seconds(std::int64_t n) {
    return {n * 1000};
}
constexpr Duration minutes(std::int64_t n) {
    return {n * 60'000};
}
constexpr Duration hours(std::int64_t n) {
    return {n * 3'600'000};
}
constexpr Duration days(std::int64_t n) {
    return {n * 86'400'000};
}

// Milliseconds since 1970-01-01T00:00:00Z. Zero means "never" where a field's comment says so.
struct Timestamp {
    std::int64_t ms = 0;
    friend auto operator<=>(const Timestamp&, const Timestamp&) = default;
    friend Timestamp operator+(Timestamp t, Duration d) { return {t.ms + d.ms}; }
    friend Timestamp operator-(Timestamp t, Duration d) { return {t.ms - d.ms}; }
    friend Duration operator-(Timestamp a, Timestamp b) { return {a.ms - b.ms}; }
};

// The latest instant that RFC 3339 can write with four year digits: 9999-12-31T23:59:59.999Z.
inline constexpr Timestamp kLastTimestamp{253'402'300'799'999};

struct CivilTime {
    int year = 1970, month = 1, day = 1;  // month 1..12, day 1..31
    int hour = 0, minute = 0, second = 0, millisecond = 0;
    int weekday = 4;  // 0 Sunday .. 6 Saturday
};

// Proleptic Gregorian calendar, UTC. Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
CivilTime civil_from(Timestamp t);
Timestamp timestamp_from(const CivilTime& civil);  // weekday is ignored

// "2026-04-04T21:05:00.123Z": always milliseconds, always Z. RFC 3339.
std::string format_rfc3339(Timestamp t);
// "21:05:04" and "2026-04-04" and "4 April 2026" and "2026-04", all UTC.
std::string format_clock(Timestamp t);
std::string format_date(Timestamp t);
std::string format_long_date(Timestamp t);
std::string format_month(Timestamp t);
// "Sat, 04 Apr 2026 21:05:00 GMT": RFC 9110 IMF-fixdate, also valid RFC 822 with four-digit year.
std::string format_http_date(Timestamp t);

// Accepts RFC 3339 with any fraction and offset, and the minute form "2026-04-04T21:05Z".
// Fractions below a millisecond are cut. Errors name the part that is wrong.
Result<Timestamp> parse_rfc3339(std::string_view text);

// "45 s", "2 min 10 s", "1 h 3 min 47 s", "3 d 4 h": at most `parts` units, largest first, cut not
// rounded; under one second "0.9 s". Negative prints as "0 s".
std::string format_duration_words(Duration d, int parts = 2);

}  // namespace candor
