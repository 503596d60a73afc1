#include "base/time.h"

#include <gtest/gtest.h>

#include <ctime>

namespace candor {
namespace {

std::string parsed(std::string_view text) {
    const auto t = parse_rfc3339(text);
    return t ? format_rfc3339(*t) : t.error().message;
}

TEST(Time, agrees_with_the_library_on_every_day_of_eight_centuries) {
    for (std::int64_t day = -150'000; day < 150'000; ++day) {
        const Timestamp t{day * 86'400'000 + 45'296'789};
        const CivilTime c = civil_from(t);
        const std::time_t second = static_cast<std::time_t>(day * 86'400 + 45'296);
        std::tm tm{};
        ASSERT_NE(gmtime_r(&second, &tm), nullptr);
        ASSERT_EQ(c.year, tm.tm_year + 1900);
        ASSERT_EQ(c.month, tm.tm_mon + 1);
        ASSERT_EQ(c.day, tm.tm_mday);
        ASSERT_EQ(c.weekday, tm.tm_wday);
        ASSERT_EQ(c.millisecond, 789);
        ASSERT_EQ(timestamp_from(c), t);
    }
}

TEST(Time, formats_are_exact) {
    const Timestamp t = *parse_rfc3339("2026-04-04T21:05:04.007Z");
    EXPECT_EQ(t.ms, 1'775'336'704'007);
    EXPECT_EQ(format_rfc3339(t), "2026-04-04T21:05:04.007Z");
    EXPECT_EQ(format_clock(t), "21:05:04");
    EXPECT_EQ(format_date(t), "2026-04-04");
    EXPECT_EQ(format_long_date(t), "4 April 2026");
    EXPECT_EQ(format_month(t), "2026-04");
    EXPECT_EQ(format_http_date(t), "Sat, 04 Apr 2026 21:05:04 GMT");
    EXPECT_EQ(format_rfc3339(Timestamp{-1}), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(format_rfc3339(kLastTimestamp), "9999-12-31T23:59:59.999Z");
}

TEST(Time, reads_every_form_of_rfc_3339) {
    EXPECT_EQ(parsed("2026-04-04T21:05Z"), "2026-04-04T21:05:00.000Z");
    EXPECT_EQ(parsed("2026-04-04t21:05:04z"), "2026-04-04T21:05:04.000Z");
    EXPECT_EQ(parsed("2026-04-04 21:05:04.1239Z"), "2026-04-04T21:05:04.123Z");
    EXPECT_EQ(parsed("2026-04-04T21:05:04.5Z"), "2026-04-04T21:05:04.500Z");
    EXPECT_EQ(parsed("2026-04-04T17:05:04-04:00"), "2026-04-04T21:05:04.000Z");
    EXPECT_EQ(parsed("2026-04-05T02:50:04+05:45"), "2026-04-04T21:05:04.000Z");
    EXPECT_EQ(parsed("2024-02-29T00:00:00Z"), "2024-02-29T00:00:00.000Z");
    EXPECT_EQ(parsed("2026-12-31T23:59:60Z"), "2027-01-01T00:00:00.000Z");  // a leap second
}

TEST(Time, says_which_part_is_wrong) {
    EXPECT_EQ(parsed(""), "time: the year must be four digits, as in 2026-04-04T21:05:00Z");
    EXPECT_EQ(parsed("26-04-04T21:05Z"),
              "time: the year must be four digits, as in 2026-04-04T21:05:00Z");
    EXPECT_EQ(parsed("2026-13-04T21:05Z"), "time: the month must be 01 to 12");
    EXPECT_EQ(parsed("2026-00-04T21:05Z"), "time: the month must be 01 to 12");
    EXPECT_EQ(parsed("2026-02-29T21:05Z"), "time: no such day in that month");
    EXPECT_EQ(parsed("2100-02-29T21:05Z"), "time: no such day in that month");
    EXPECT_EQ(parsed("2026-04-31T21:05Z"), "time: no such day in that month");
    EXPECT_EQ(parsed("2026-04-04_21:05Z"), "time: expected 'T' between date and clock");
    EXPECT_EQ(parsed("2026-04-04T24:05Z"), "time: the hour must be 00 to 23");
    EXPECT_EQ(parsed("2026-04-04T21:60Z"), "time: the minute must be 00 to 59");
    EXPECT_EQ(parsed("2026-04-04T21:05:61Z"), "time: the second must be 00 to 60");
    EXPECT_EQ(parsed("2026-04-04T21:05:04.Z"), "time: digits must follow the '.'");
    EXPECT_EQ(parsed("2026-04-04T21:05:04"),
              "time: expected 'Z' or an offset such as -04:00 at the end");
    EXPECT_EQ(parsed("2026-04-04T21:05:04+0400"), "time: the offset must look like -04:00");
    EXPECT_EQ(parsed("2026-04-04T21:05:04+04:60"), "time: the offset must look like -04:00");
    EXPECT_EQ(parsed("2026-04-04T21:05:04+24:00"), "time: the offset must look like -04:00");
    EXPECT_EQ(parsed("2026-04-04T21:05:04Z "), "time: unexpected text after the time");
}

TEST(Time, durations_in_words_are_cut_not_rounded) {
    EXPECT_EQ(format_duration_words(seconds(45)), "45 s");
    EXPECT_EQ(format_duration_words(milliseconds(45'999)), "45 s");
    EXPECT_EQ(format_duration_words(seconds(130)), "2 min 10 s");
    EXPECT_EQ(format_duration_words(seconds(3'827)), "1 h 3 min");
    EXPECT_EQ(format_duration_words(seconds(3'827), 3), "1 h 3 min 47 s");
    EXPECT_EQ(format_duration_words(seconds(3'827), 1), "1 h");
    EXPECT_EQ(format_duration_words(hours(76)), "3 d 4 h");
    EXPECT_EQ(format_duration_words(days(1) + seconds(5)), "1 d");
    EXPECT_EQ(format_duration_words(milliseconds(900)), "0.9 s");
    EXPECT_EQ(format_duration_words(milliseconds(1)), "0.1 s");
    EXPECT_EQ(format_duration_words(milliseconds(0)), "0 s");
    EXPECT_EQ(format_duration_words(milliseconds(-5)), "0 s");
}

}  // namespace
}  // namespace candor
