#include "engine/recurrence.h"

#include <date/date.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace candor::engine {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

Timestamp at(std::string_view text) {
    return parse_rfc3339(text).value_or(Timestamp{});
}

std::string refused(const RecurrenceSpec& spec) {
    const auto parsed = Recurrence::parse(spec);
    return parsed ? "accepted" : parsed.error().message;
}

Recurrence recurrence(const RecurrenceSpec& spec) {
    auto parsed = Recurrence::parse(spec);
    if (!parsed) {
        ADD_FAILURE() << spec.repeat << ": " << parsed.error().message;
        parsed = Recurrence::parse({"2026-05-01T22:00", hours(1), "Etc/UTC", ""});
    }
    return *parsed;
}

// The first `n` starts, as "2026-05-01 22:00" in UTC.
std::vector<std::string> starts(const RecurrenceSpec& spec, std::size_t n) {
    std::vector<std::string> out;
    for (const Occurrence& o : recurrence(spec).between(Timestamp{}, at("2099-01-01T00:00:00Z"))) {
        if (out.size() == n) break;
        out.push_back(format_date(o.start) + " " + format_clock(o.start).substr(0, 5));
    }
    return out;
}

std::vector<std::string> days_of(std::string start, std::string repeat, std::size_t n) {
    std::vector<std::string> out =
        starts({std::move(start), hours(1), "Etc/UTC", std::move(repeat)}, n);
    for (std::string& text : out) text.resize(10);
    return out;
}

using Texts = std::vector<std::string>;

TEST(Recurrence, without_a_rule_it_happens_once) {
    const RecurrenceSpec spec{"2026-05-01T22:00", hours(2), "America/Toronto", ""};
    const auto all = recurrence(spec).between(Timestamp{}, at("2099-01-01T00:00:00Z"));
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(format_rfc3339(all[0].start), "2026-05-02T02:00:00.000Z");
    EXPECT_EQ(format_rfc3339(all[0].end), "2026-05-02T04:00:00.000Z");
    EXPECT_EQ(date_digits(all[0].day), "20260501");
}

// The shapes of RFC 5545 §3.8.5.3, moved to years of ours; checked against python-dateutil 2.9.0.
TEST(Recurrence, worked_examples) {
    EXPECT_EQ(days_of("2026-09-02T09:00", "FREQ=DAILY;COUNT=3", 9),
              (Texts{"2026-09-02", "2026-09-03", "2026-09-04"}));
    EXPECT_EQ(days_of("2026-09-02T09:00", "FREQ=DAILY;INTERVAL=10;COUNT=3", 9),
              (Texts{"2026-09-02", "2026-09-12", "2026-09-22"}));
    EXPECT_EQ(days_of("2026-09-02T09:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", 4),
              (Texts{"2026-09-04", "2026-09-14", "2026-09-18", "2026-09-28"}));
    EXPECT_EQ(days_of("2026-05-01T22:00", "FREQ=MONTHLY", 3),
              (Texts{"2026-05-01", "2026-06-01", "2026-07-01"}));
    EXPECT_EQ(days_of("2026-09-05T09:00", "FREQ=MONTHLY;BYDAY=1SA", 3),
              (Texts{"2026-09-05", "2026-10-03", "2026-11-07"}));
    EXPECT_EQ(days_of("2026-09-02T09:00", "FREQ=MONTHLY;BYDAY=-1FR", 3),
              (Texts{"2026-09-25", "2026-10-30", "2026-11-27"}));
    EXPECT_EQ(days_of("2026-09-02T09:00", "FREQ=MONTHLY;BYMONTHDAY=1,-1", 4),
              (Texts{"2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01"}));
    EXPECT_EQ(days_of("2026-09-02T09:00", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", 3),
              (Texts{"2026-11-13", "2027-08-13", "2028-10-13"}));
    EXPECT_EQ(days_of("2026-03-02T09:00", "FREQ=YEARLY;BYDAY=20MO", 3),
              (Texts{"2026-05-18", "2027-05-17", "2028-05-15"}));
    EXPECT_EQ(days_of("2026-03-02T09:00", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", 5),
              (Texts{"2026-03-05", "2026-03-12", "2026-03-19", "2026-03-26", "2027-03-04"}));
    EXPECT_EQ(days_of("2026-06-10T09:00", "FREQ=YEARLY;BYMONTH=6,7;COUNT=3", 9),
              (Texts{"2026-06-10", "2026-07-10", "2027-06-10"}));
}

TEST(Recurrence, a_date_that_a_month_lacks_is_skipped) {
    EXPECT_EQ(days_of("2026-01-31T09:00", "FREQ=MONTHLY", 4),
              (Texts{"2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"}));
    EXPECT_EQ(days_of("2028-02-29T09:00", "FREQ=YEARLY", 2), (Texts{"2028-02-29", "2032-02-29"}));
}

TEST(Recurrence, it_ends_after_count_or_until) {
    EXPECT_EQ(days_of("2026-09-02T09:00", "FREQ=DAILY;UNTIL=20260904", 9).size(), 3U);
    EXPECT_EQ(days_of("2026-09-02T09:00", "FREQ=DAILY;UNTIL=20260904T085959", 9).size(), 2U);
    EXPECT_EQ(days_of("2026-09-02T09:00", "FREQ=DAILY;UNTIL=20260904T090000Z", 9).size(), 3U);
    EXPECT_EQ(days_of("2026-09-02T09:00", "FREQ=DAILY;UNTIL=20260904T085959Z", 9).size(), 2U);
    // Counted from the start, not from where one begins to look.
    const auto r = recurrence({"2026-09-02T09:00", hours(1), "Etc/UTC", "FREQ=DAILY;COUNT=3"});
    EXPECT_FALSE(r.next(at("2026-09-04T10:00:00Z")));
    EXPECT_TRUE(r.next(at("2026-09-04T09:59:59Z")));
}

// Toronto 2026: clocks go from 02:00 to 03:00 on 8 March, and from 02:00 to 01:00 on 1 November.
TEST(Recurrence, a_start_that_is_skipped_begins_when_the_gap_ends) {
    EXPECT_EQ(starts({"2026-03-07T02:30", hours(1), "America/Toronto", "FREQ=DAILY"}, 3),
              (Texts{"2026-03-07 07:30", "2026-03-08 07:00", "2026-03-09 06:30"}));
}

TEST(Recurrence, a_start_that_is_shown_twice_begins_the_first_time) {
    EXPECT_EQ(starts({"2026-10-31T01:30", hours(1), "America/Toronto", "FREQ=DAILY"}, 3),
              (Texts{"2026-10-31 05:30", "2026-11-01 05:30", "2026-11-02 06:30"}));
}

TEST(Recurrence, the_wall_time_stays_and_the_length_is_elapsed_time) {
    const auto r = recurrence({"2026-02-01T22:00", hours(6), "Europe/Berlin", "FREQ=WEEKLY"});
    const auto night = r.between(at("2026-03-28T00:00:00Z"), at("2026-03-30T12:00:00Z"));
    ASSERT_EQ(night.size(), 1U);
    EXPECT_EQ(format_rfc3339(night[0].start), "2026-03-29T20:00:00.000Z");
    EXPECT_EQ(night[0].end - night[0].start, hours(6));
    const auto changing =
        recurrence({"2026-03-28T23:00", hours(6), "Europe/Berlin", ""}).next(Timestamp{});
    // 23:00 CET to 06:00 CEST: the clock shows seven hours, six have passed.
    EXPECT_EQ(format_rfc3339(changing->end), "2026-03-29T04:00:00.000Z");
}

TEST(Recurrence, an_active_window_is_between_and_an_ended_one_is_not) {
    const auto r = recurrence({"2026-05-01T22:00", hours(2), "Etc/UTC", "FREQ=DAILY"});
    EXPECT_EQ(r.between(at("2026-05-02T23:59:59Z"), at("2026-05-03T00:00:00Z")).size(), 1U);
    EXPECT_EQ(r.between(at("2026-05-03T00:00:00Z"), at("2026-05-03T22:00:00Z")).size(), 0U);
    EXPECT_EQ(r.between(at("2026-05-03T00:00:00Z"), at("2026-05-03T22:00:01Z")).size(), 1U);
    EXPECT_EQ(r.next(at("2026-05-03T00:00:00Z"))->day, r.next(at("2026-05-03T23:00:00Z"))->day);
}

TEST(Recurrence, one_call_returns_a_bounded_number) {
    const auto r = recurrence({"2026-05-01T22:00", hours(2), "Etc/UTC", "FREQ=DAILY"});
    EXPECT_EQ(r.between(Timestamp{}, at("2099-01-01T00:00:00Z")).size(), kOccurrencesMax);
}

TEST(Recurrence, a_leap_day_on_a_sunday_is_found) {
    const auto r = recurrence(
        {"2026-01-01T00:00", hours(1), "Etc/UTC", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU"});
    EXPECT_EQ(date_digits(r.next(Timestamp{})->day), "20320229");
    EXPECT_EQ(date_digits(r.next(at("2032-03-01T00:00:00Z"))->day), "20600229");
}

TEST(Recurrence, refusals_name_the_part_and_what_it_takes) {
    const auto rule = [](std::string repeat) {
        return refused({"2026-05-01T22:00", hours(2), "Etc/UTC", std::move(repeat)});
    };
    EXPECT_EQ(rule("FREQ=HOURLY"), "FREQ 'HOURLY' is not DAILY, WEEKLY, MONTHLY or YEARLY");
    EXPECT_EQ(rule("BYDAY=MO"),
              "FREQ is missing; begin with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY");
    EXPECT_EQ(rule("FREQ=DAILY;BYSETPOS=1"),
              "'BYSETPOS' is not a part we know; there are FREQ, INTERVAL, BYDAY, BYMONTHDAY, "
              "BYMONTH, COUNT and UNTIL");
    EXPECT_EQ(rule("FREQ=MONTHLY;BYMONTHDAY=32"),
              "BYMONTHDAY '32' is not a number from -31 to 31 other than 0");
    EXPECT_EQ(rule("FREQ=MONTHLY;BYDAY=XX"),
              "BYDAY 'XX' is not a weekday; write MO TU WE TH FR SA SU, or 1MO, -1FR");
    EXPECT_EQ(rule("FREQ=WEEKLY;BYDAY=1MO"),
              "BYDAY takes an ordinal like 2SU only with FREQ=MONTHLY or YEARLY");
    EXPECT_EQ(rule("FREQ=DAILY;FREQ=DAILY"), "FREQ 'DAILY' stands there twice");
    EXPECT_EQ(rule("FREQ"), "'FREQ' is not NAME=VALUE; parts are separated by ;");
    EXPECT_EQ(rule("FREQ=DAILY;COUNT=2;UNTIL=20270101"),
              "COUNT and UNTIL exclude each other; keep one");
    EXPECT_EQ(rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
              "this rule never happens: no such month has such a day");
    EXPECT_EQ(rule("FREQ=DAILY;UNTIL=20200101"),
              "this rule never happens: nothing falls between `start` and UNTIL");
    EXPECT_EQ(rule("FREQ=DAILY;UNTIL=tomorrow"),
              "UNTIL 'TOMORROW' is not a date; write 20261231, 20261231T220000 in local time or "
              "20261231T220000Z in UTC, years 2000 to 2099");
    EXPECT_EQ(refused({"2026-05-01T22:00", hours(25), "Etc/UTC", "FREQ=DAILY"}),
              "the windows would overlap: one begins 2026-05-02T22:00:00.000Z, before the one "
              "before it ends; shorten `duration`");
    EXPECT_EQ(refused({"2026-02-30T22:00", hours(2), "Etc/UTC", ""}),
              "'2026-02-30T22:00' is not a local time like 2026-05-01T22:00, years 2000 to 2099; "
              "its zone stands in `time_zone`");
    EXPECT_EQ(refused({"2026-05-01T22:00", hours(2), "Mars/Base", ""}),
              "'Mars/Base' is not a known time zone");
    EXPECT_EQ(rule("FREQ=DAILY;" + std::string(kRecurrenceBytesMax, 'X')),
              "the rule has 523 bytes; at most 512 are read");
    EXPECT_EQ(rule("FREQ=DAILY;INTERVAL=1001"), "INTERVAL '1001' is not a number from 1 to 1000");
    EXPECT_EQ(rule("FREQ=DAILY;COUNT=10001"), "COUNT '10001' is not a number from 1 to 10000");
}

// The oracle: asks of every single day whether the rule names it. Shares nothing with the walk.
class Oracle {
   public:
    Oracle(RecurrenceRule rule, std::int64_t start) : rule_(std::move(rule)), start_(start) {}

    std::vector<std::int64_t> days(std::int64_t last) const {
        std::vector<std::int64_t> out;
        for (std::int64_t day = start_; day <= last; ++day) {
            if (in_period(day) && by_parts(day) && by_default(day)) out.push_back(day);
        }
        return out;
    }

   private:
    static date::year_month_day civil(std::int64_t day) {
        return date::year_month_day{date::sys_days{date::days{day}}};
    }
    static int month_day(std::int64_t day) { return static_cast<int>(unsigned{civil(day).day()}); }
    static int month(std::int64_t day) { return static_cast<int>(unsigned{civil(day).month()}); }
    static int year(std::int64_t day) { return int{civil(day).year()}; }
    static unsigned weekday(std::int64_t day) { return static_cast<unsigned>((day + 4) % 7); }

    bool in_period(std::int64_t day) const {
        std::int64_t passed = 0;
        switch (rule_.frequency) {
            case Frequency::kOnce: return day == start_;
            case Frequency::kDaily: passed = day - start_; break;
            case Frequency::kWeekly: passed = (day + 3) / 7 - (start_ + 3) / 7; break;
            case Frequency::kMonthly:
                passed = (year(day) * 12 + month(day)) - (year(start_) * 12 + month(start_));
                break;
            case Frequency::kYearly: passed = year(day) - year(start_); break;
        }
        return passed % rule_.interval == 0;
    }

    // Which of its weekday it is within its month or year, from the front or from the back.
    bool is_nth(std::int64_t day, int n) const {
        const bool of_year = rule_.frequency == Frequency::kYearly && rule_.months.none();
        std::int64_t same = 0;
        const std::int64_t step = n > 0 ? -7 : 7;
        for (std::int64_t other = day;; other += step) {
            if (year(other) != year(day)) break;
            if (!of_year && month(other) != month(day)) break;
            ++same;
        }
        return same == std::abs(n);
    }

    bool by_parts(std::int64_t day) const {
        if (rule_.months.any() && !rule_.months.test(static_cast<std::size_t>(month(day))))
            return false;
        bool good = rule_.month_days.empty();
        int length = month_day(day);
        while (month(day + length - month_day(day) + 1) == month(day)) ++length;
        for (const int d : rule_.month_days) {
            good = good || d == month_day(day) || length + d + 1 == month_day(day);
        }
        if (!good || rule_.weekdays.empty()) return good;
        for (const WeekdayRule& r : rule_.weekdays) {
            if (r.weekday == weekday(day) && (r.ordinal == 0 || is_nth(day, r.ordinal)))
                return true;
        }
        return false;
    }

    bool by_default(std::int64_t day) const {
        if (!rule_.weekdays.empty() || !rule_.month_days.empty()) return true;
        switch (rule_.frequency) {
            case Frequency::kOnce:
            case Frequency::kDaily: return true;
            case Frequency::kWeekly: return weekday(day) == weekday(start_);
            case Frequency::kMonthly: return month_day(day) == month_day(start_);
            case Frequency::kYearly:
                return month_day(day) == month_day(start_) &&
                       (rule_.months.any() || month(day) == month(start_));
        }
        return true;
    }

    RecurrenceRule rule_;
    std::int64_t start_;
};

std::string random_rule(std::mt19937& random) {
    const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
    constexpr const char* kFrequencies[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
    constexpr const char* kDays[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
    const int frequency = below(4);
    std::string rule = std::string("FREQ=") + kFrequencies[frequency];
    if (below(2) != 0) rule += ";INTERVAL=" + std::to_string(1 + below(4));
    const bool month_days = frequency != 1 && below(3) == 0;
    if (month_days) {
        const int day = 1 + below(31);
        rule += ";BYMONTHDAY=" + std::to_string(below(2) != 0 ? day : -day) + ",15";
    }
    if (below(3) == 0) rule += ";BYMONTH=" + std::to_string(1 + below(6)) + ",9";
    if (below(2) != 0) {
        rule += ";BYDAY=";
        if (frequency >= 2 && !month_days && below(2) != 0) {
            const int ordinal = 1 + below(5);
            rule += std::to_string(below(2) != 0 ? ordinal : -ordinal);
        }
        rule += std::string(kDays[below(7)]) + "," + kDays[below(7)];
    }
    return rule;
}

TEST(Recurrence, a_walk_over_every_day_agrees) {
    std::mt19937 random(20260501);
    int compared = 0;
    for (int round = 0; round < 400; ++round) {
        const std::string rule = random_rule(random);
        const std::int64_t start = 20'454 + random() % 1'500;  // from 2026 on
        const auto civil = format_date(Timestamp{start * kDayMs});
        const auto parsed = Recurrence::parse({civil + "T22:00", hours(1), "Etc/UTC", rule});
        const std::int64_t last = start + 2'000;
        std::vector<std::int64_t> want = Oracle(*parse_recurrence_rule(rule), start).days(last);
        if (!parsed) {
            EXPECT_TRUE(want.empty()) << rule << ": " << parsed.error().message;
            continue;
        }
        if (want.size() > kOccurrencesMax) want.resize(kOccurrencesMax);
        std::vector<std::int64_t> got;
        for (const Occurrence& o : parsed->between(Timestamp{}, Timestamp{(last + 1) * kDayMs})) {
            got.push_back(o.day);
        }
        EXPECT_EQ(got, want) << rule << " from " << civil;
        compared += static_cast<int>(want.size());
    }
    EXPECT_GT(compared, 10'000);
}

}  // namespace
}  // namespace candor::engine
