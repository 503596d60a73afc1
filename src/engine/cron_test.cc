#include "engine/cron.h"

#include <date/tz.h>
#include <gtest/gtest.h>

#include <charconv>
#include <chrono>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace candor::engine {
namespace {

Timestamp at(std::string_view text) {
    const auto parsed = parse_rfc3339(text);
    EXPECT_TRUE(parsed.has_value()) << text;
    return parsed.value_or(Timestamp{});
}

CronSchedule schedule(std::string_view expression, std::string_view zone) {
    auto parsed = CronSchedule::parse(expression, zone);
    if (!parsed) {
        ADD_FAILURE() << expression << ": " << parsed.error().message;
        parsed = CronSchedule::parse("* * * * *", "Etc/UTC");
    }
    return *parsed;
}

std::string next(std::string_view expression, std::string_view zone, std::string_view after) {
    const auto due = schedule(expression, zone).next_after(at(after));
    return due ? format_rfc3339(*due) : "never";
}

std::string refused(std::string_view expression, std::string_view zone = "Etc/UTC") {
    const auto parsed = CronSchedule::parse(expression, zone);
    return parsed ? "accepted" : parsed.error().message;
}

// The oracle: the same rules written as a walk over every minute of the wall clock. Shares nothing
// with the schedule but the zone's offsets.
class Oracle {
   public:
    Oracle(const std::string& expression, const std::string& zone)
        : zone_(date::locate_zone(zone)) {
        std::istringstream in(expression);
        for (std::string field; in >> field;) fields_.push_back(field);
    }

    // Every due instant in [from, to), ascending; `from` and `to` are whole minutes.
    std::vector<Timestamp> due_between(Timestamp from, Timestamp to) {
        std::vector<Timestamp> out;
        // Far enough back to know which wall minutes have been shown already.
        Timestamp t = from - days(3);
        std::int64_t newest = wall_minute(t);
        for (; t < to; t = t + minutes(1)) {
            const std::int64_t wall = wall_minute(t);
            if (due_at(wall, newest) && t >= from) out.push_back(t);
            newest = std::max(newest, wall);
        }
        return out;
    }

   private:
    bool due_at(std::int64_t wall, std::int64_t newest) const {
        const bool follows = fields_[0][0] == '*' || fields_[1][0] == '*';
        if (follows) return matches(wall);
        // Fixed times: each wall minute once, and the skipped ones when the gap ends.
        for (std::int64_t minute = newest + 1; minute <= wall; ++minute) {
            if (matches(minute)) return true;
        }
        return false;
    }

    std::int64_t wall_minute(Timestamp t) {
        const date::sys_seconds second{std::chrono::seconds(t.ms / 1000)};
        if (second < info_.begin || second >= info_.end) info_ = zone_->get_info(second);
        return (t.ms / 1000 + info_.offset.count()) / 60;
    }

    bool matches(std::int64_t wall) const {
        const CivilTime c = civil_from(Timestamp{wall * 60'000});
        if (!field(0, c.minute, 59) || !field(1, c.hour, 23) || !field(3, c.month, 12))
            return false;
        const bool by_day = field(2, c.day, 31);
        const bool by_weekday = field(4, c.weekday, 6) || (c.weekday == 0 && field(4, 7, 7));
        const bool both = fields_[2][0] == '*' || fields_[4][0] == '*';
        return both ? by_day && by_weekday : by_day || by_weekday;
    }

    bool field(std::size_t index, int value, int high) const {
        std::istringstream in(fields_[index]);
        for (std::string part; std::getline(in, part, ',');) {
            if (part_holds(part, value, index == 2 || index == 3 ? 1 : 0, high)) return true;
        }
        return false;
    }

    static bool part_holds(const std::string& part, int value, int low, int high) {
        int from = low;
        int to = high;
        int step = 1;
        const auto slash = part.find('/');
        if (slash != std::string::npos) step = std::stoi(part.substr(slash + 1));
        const std::string base = part.substr(0, slash);
        if (base != "*") {
            const auto dash = base.find('-');
            from = std::stoi(base.substr(0, dash));
            if (dash != std::string::npos) {
                to = std::stoi(base.substr(dash + 1));
            } else if (slash == std::string::npos) {
                to = from;
            }
        }
        return value >= from && value <= to && (value - from) % step == 0;
    }

    const date::time_zone* zone_;
    date::sys_info info_{};
    std::vector<std::string> fields_;
};

// Compares every due instant in [from, to) with the oracle's.
void agrees(const std::string& expression, const std::string& zone, Timestamp from, Timestamp to) {
    SCOPED_TRACE(expression + " in " + zone + " from " + format_rfc3339(from));
    const auto wanted = Oracle(expression, zone).due_between(from, to);
    const CronSchedule mine = schedule(expression, zone);
    Timestamp t = from - milliseconds(1);
    for (const Timestamp due : wanted) {
        const auto got = mine.next_after(t);
        ASSERT_EQ(got ? format_rfc3339(*got) : "never", format_rfc3339(due));
        t = *got;
    }
    const auto behind = mine.next_after(t);
    EXPECT_TRUE(!behind || *behind >= to) << format_rfc3339(*behind);
}

// A week around each change of the clock, and an ordinary week that holds a leap day.
struct Place {
    const char* zone;
    const char* from;
};
constexpr Place kPlaces[] = {
    {"Etc/UTC", "2024-02-24T00:00Z"},
    {"America/Toronto", "2026-03-03T00:00Z"},
    {"America/Toronto", "2026-10-27T00:00Z"},
    {"Europe/Berlin", "2026-03-24T00:00Z"},
    {"Europe/Berlin", "2026-10-20T00:00Z"},
    {"Australia/Lord_Howe", "2026-03-31T00:00Z"},  // half an hour back
    {"Australia/Lord_Howe", "2026-09-29T00:00Z"},  // half an hour forward
    {"Asia/Kathmandu", "2026-04-25T00:00Z"},       // 5 h 45 min
    {"Pacific/Apia", "2011-12-26T00:00Z"},         // 30 December never came
    {"America/Havana", "2026-03-03T00:00Z"},       // the gap begins at midnight
    {"America/Havana", "2026-10-27T00:00Z"},
    {"Africa/Casablanca", "2026-02-10T00:00Z"},  // back for Ramadan
};

TEST(Cron, agrees_with_a_walk_over_every_minute) {
    constexpr const char* kExpressions[] = {
        "*/7 * * * *",      "0 * * * *",        "30 2 * * *",     "0 0 * * *",
        "15 1,2,3 * * *",   "0-59/20 2 * * *",  "*/30 2 * * *",   "59 23 * * *",
        "0 12 30 12 *",     "0 0 29 2 *",       "5 4 * * 0",      "5 4 * * 7",
        "10 1-3 1-7 * 1",   "0 3 13 * 5",       "45 1 */2 * *",   "0 1 */2 * 0",
        "20 2 * 3,10,11 *", "1 0-23/5 * * 1-5", "30 1 * * 0,3,6", "0 2/3 * * 2/2",
        "55 0 * * *",
    };
    for (const Place& place : kPlaces) {
        const Timestamp from = at(place.from);
        for (const char* expression : kExpressions) {
            agrees(expression, place.zone, from, from + days(7));
        }
    }
}

TEST(Cron, every_minute_is_every_minute_of_the_wall) {
    agrees("* * * * *", "Australia/Lord_Howe", at("2026-04-04T12:00Z"), at("2026-04-04T18:00Z"));
    agrees("* * * * *", "Europe/Berlin", at("2026-03-28T22:00Z"), at("2026-03-29T04:00Z"));
}

std::string random_field(std::mt19937& random, int low, int high) {
    const auto pick = [&](int from, int to) {
        return from + static_cast<int>(random() % static_cast<unsigned>(to - from + 1));
    };
    const auto text = [](int n) { return std::to_string(n); };
    const int from = pick(low, high);
    switch (random() % 6) {
        case 0:
        case 1: return "*";
        case 2: return "*/" + text(pick(1, high / 2));
        case 3: return text(from) + "-" + text(pick(from, high));
        case 4: return text(from) + "," + text(pick(low, high));
        default: return text(from);
    }
}

TEST(Cron, agrees_with_the_walk_on_random_schedules) {
    std::mt19937 random(20260404);
    for (int round = 0; round < 300; ++round) {
        const Place& place = kPlaces[random() % std::size(kPlaces)];
        // Every minute is the same walk, only slower.
        std::string expression = random_field(random, 0, 59);
        if (expression == "*") expression = "*/9";
        for (const auto& [low, high] : {std::pair{0, 23}, {1, 28}, {1, 12}, {0, 7}}) {
            expression += " " + random_field(random, low, high);
        }
        const Timestamp from = at(place.from);
        agrees(expression, place.zone, from, from + days(7));
        if (HasFatalFailure()) return;
    }
}

TEST(Cron, a_skipped_fixed_time_runs_when_the_gap_ends) {
    // Toronto, 8 March 2026: 02:00 became 03:00 at 07:00Z.
    EXPECT_EQ(next("30 2 * * *", "America/Toronto", "2026-03-08T00:00Z"),
              "2026-03-08T07:00:00.000Z");
    EXPECT_EQ(next("30 2 * * *", "America/Toronto", "2026-03-08T07:00Z"),
              "2026-03-09T06:30:00.000Z");
    EXPECT_EQ(next("*/30 2 * * *", "America/Toronto", "2026-03-08T00:00Z"),
              "2026-03-09T06:00:00.000Z");
    // Lord Howe, 4 October 2026: 02:00 became 02:30.
    EXPECT_EQ(next("10 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00Z"),
              "2026-10-03T15:30:00.000Z");
}

TEST(Cron, a_repeated_fixed_time_runs_once) {
    // Toronto, 1 November 2026: 01:00 to 02:00 came twice, from 05:00Z and from 06:00Z.
    EXPECT_EQ(next("30 1 * * *", "America/Toronto", "2026-11-01T00:00Z"),
              "2026-11-01T05:30:00.000Z");
    EXPECT_EQ(next("30 1 * * *", "America/Toronto", "2026-11-01T05:30Z"),
              "2026-11-02T06:30:00.000Z");
    EXPECT_EQ(next("30 * * * *", "America/Toronto", "2026-11-01T05:30Z"),
              "2026-11-01T06:30:00.000Z");
}

TEST(Cron, a_day_that_never_came_runs_at_its_end) {
    // Apia went from 29 to 31 December 2011, at 10:00Z on the 30th.
    EXPECT_EQ(next("0 12 30 * *", "Pacific/Apia", "2011-12-29T00:00Z"), "2011-12-30T10:00:00.000Z");
    EXPECT_EQ(next("* 12 30 * *", "Pacific/Apia", "2011-12-29T00:00Z"), "2012-01-29T22:00:00.000Z");
}

TEST(Cron, leap_days_come_across_a_century_that_is_not_leap) {
    EXPECT_EQ(next("0 0 29 2 *", "Etc/UTC", "2096-03-01T00:00Z"), "2104-02-29T00:00:00.000Z");
    // Both day fields count when the other one is a star with a step: a leap day on a Sunday.
    EXPECT_EQ(next("0 0 29 2 */7", "Etc/UTC", "2088-03-01T00:00Z"), "2128-02-29T00:00:00.000Z");
    EXPECT_EQ(next("0 0 31 * *", "Etc/UTC", "2026-08-31T00:00Z"), "2026-10-31T00:00:00.000Z");
}

TEST(Cron, names_are_numbers_and_seven_is_sunday) {
    const Timestamp from = at("2026-01-01T00:00Z");
    const auto same = [&](std::string_view a, std::string_view b) {
        Timestamp t = from;
        for (int i = 0; i < 50; ++i) {
            const auto left = schedule(a, "Etc/UTC").next_after(t);
            const auto right = schedule(b, "Etc/UTC").next_after(t);
            ASSERT_TRUE(left && right && *left == *right) << a << " and " << b;
            t = *left;
        }
    };
    same("0 0 * * sun", "0 0 * * 0");
    same("0 0 * * 7", "0 0 * * 0");
    same("0 0 * * SAT-7", "0 0 * * 6,0");
    same("0 0 * JAN,dec Mon-Fri", "0 0 * 1,12 1-5");
    same("0 0 * feb-apr/2 *", "0 0 * 2,4 *");
    same(" 0\t0  1 1 * ", "0 0 1 1 *");
}

TEST(Cron, says_which_field_is_wrong_and_what_it_takes) {
    EXPECT_EQ(refused("60 * * * *"),
              "minute '60' is out of range; it takes 0 to 59, lists, ranges and steps like */5");
    EXPECT_EQ(refused("* 24 * * *"),
              "hour '24' is out of range; it takes 0 to 23, lists, ranges and steps like */5");
    EXPECT_EQ(refused("* * 0 * *"),
              "day '0' is out of range; it takes 1 to 31, lists, ranges and steps like */5");
    EXPECT_EQ(refused("* * 32 * *"),
              "day '32' is out of range; it takes 1 to 31, lists, ranges and steps like */5");
    EXPECT_EQ(refused("* * * 0 *"),
              "month '0' is out of range; it takes 1 to 12, lists, ranges and steps like */5");
    EXPECT_EQ(refused("* * * 13 *"),
              "month '13' is out of range; it takes 1 to 12, lists, ranges and steps like */5");
    EXPECT_EQ(refused("* * * * 8"),
              "weekday '8' is out of range; it takes 0 to 7, lists, ranges and steps like */5");
    for (const char* highest : {"59 23 31 12 7", "0 0 1 1 0"}) {
        EXPECT_EQ(refused(highest), "accepted") << highest;
    }
}

TEST(Cron, refuses_what_is_not_a_schedule) {
    for (const char* text :
         {"x * * * *",   "-1 * * * *",          "+1 * * * *",  "1- * * * *",     "-5 * * * *",
          "5-1 * * * *", "1,,2 * * * *",        ", * * * *",   "*/0 * * * *",    "*/60 * * * *",
          "*/x * * * *", "*/ * * * *",          "1/ * * * *",  "/5 * * * *",     "1-2-3 * * * *",
          "** * * * *",  "*5 * * * *",          "* * * foo *", "* * * * monday", "* * jan * *",
          "1.5 * * * *", "99999999999 * * * *", "* * * * 6-8", "* * L * *",      "* * ? * *",
          "* * * * 1#2", "@daily * * * *"}) {
        EXPECT_NE(refused(text), "accepted") << text;
    }
    EXPECT_EQ(refused("0 21 * *"),
              "a cron schedule has 5 fields (minute hour day month weekday), this has 4");
    EXPECT_EQ(refused("0 0 21 * * *"),
              "a cron schedule has 5 fields (minute hour day month weekday), this has 6");
    EXPECT_EQ(refused(""),
              "a cron schedule has 5 fields (minute hour day month weekday), this has 0");
    EXPECT_EQ(refused("@daily"),
              "a cron schedule has 5 fields (minute hour day month weekday), this has 1");
}

TEST(Cron, refuses_days_that_never_come) {
    const std::string never = "this schedule never comes due: no such month has such a day";
    EXPECT_EQ(refused("0 0 30 2 *"), never);
    EXPECT_EQ(refused("0 0 30-31 2 *"), never);
    EXPECT_EQ(refused("0 0 31 2,4,6,9,11 *"), never);
    EXPECT_EQ(refused("0 0 29 2 *"), "accepted");
    // With a weekday as well, every such weekday of February suffices.
    EXPECT_EQ(refused("0 0 30 2 1"), "accepted");
    EXPECT_EQ(next("0 0 30 2 1", "Etc/UTC", "2026-01-10T00:00Z"), "2026-02-02T00:00:00.000Z");
}

TEST(Cron, an_expression_ends_at_its_bound) {
    const std::string tail = " * * * *";
    std::string longest = "0";
    while (longest.size() + tail.size() + 2 <= kCronBytesMax) longest += ",1";
    longest += std::string(kCronBytesMax - longest.size() - tail.size(), ' ') + tail;
    ASSERT_EQ(longest.size(), kCronBytesMax);
    EXPECT_EQ(refused(longest), "accepted");
    EXPECT_EQ(refused(longest + " "), "a cron schedule has at most 256 characters");
}

TEST(Cron, knows_the_zones_of_the_system) {
    EXPECT_TRUE(zone_exists("Etc/UTC"));
    EXPECT_TRUE(zone_exists("Asia/Kathmandu"));
    for (const char* unknown : {"", "Europe", "Mars/Olympus", "America/toronto", "../etc/passwd"}) {
        EXPECT_FALSE(zone_exists(unknown)) << unknown;
    }
    EXPECT_EQ(refused("0 0 * * *", "Mars/Olympus"),
              "'Mars/Olympus' is not a known time zone; use a name like Etc/UTC");
}

TEST(Cron, next_is_strictly_after_and_whole_minutes) {
    EXPECT_EQ(next("0 21 * * *", "Etc/UTC", "2026-04-04T20:59:59.999Z"),
              "2026-04-04T21:00:00.000Z");
    EXPECT_EQ(next("0 21 * * *", "Etc/UTC", "2026-04-04T21:00Z"), "2026-04-05T21:00:00.000Z");
    EXPECT_EQ(next("* * * * *", "Asia/Kathmandu", "2026-04-04T21:00:00.001Z"),
              "2026-04-04T21:01:00.000Z");
}

}  // namespace
}  // namespace candor::engine
