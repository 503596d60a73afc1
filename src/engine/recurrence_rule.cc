#include "engine/recurrence_rule.h"

#include <date/date.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <set>
#include <string>

namespace candor::engine {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

std::unexpected<Error> wrong(std::string_view part, std::string_view value,
                             const std::string& why) {
    return fail(ErrorCode::kInvalid, std::string(part) + " '" + std::string(value) + "' " + why);
}

std::optional<int> number_in(std::string_view text) {
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    int value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

Result<int> number_of(std::string_view part, std::string_view text, int low, int high) {
    const auto value = number_in(text);
    if (!value || *value < low || *value > high || *value == 0) {
        return wrong(part, text,
                     "is not a number from " + std::to_string(low) + " to " + std::to_string(high) +
                         (low < 0 ? " other than 0" : ""));
    }
    return *value;
}

// Calls `take` with every item of a comma-separated list.
template <class Take>
Result<void> for_each_item(std::string_view list, Take&& take) {
    std::size_t at = 0;
    while (at <= list.size()) {
        const std::size_t end = std::min(list.find(',', at), list.size());
        TRY(take(list.substr(at, end - at)));
        at = end + 1;
    }
    return {};
}

Result<WeekdayRule> weekday_of(std::string_view text) {
    const std::string_view name = text.substr(text.size() < 2 ? 0 : text.size() - 2);
    const auto found = std::ranges::find(kWeekdays, name);
    if (found == kWeekdays.end()) {
        return wrong("BYDAY", text, "is not a weekday; write MO TU WE TH FR SA SU, or 1MO, -1FR");
    }
    WeekdayRule rule{0, static_cast<unsigned>(found - kWeekdays.begin())};
    const std::string_view ordinal = text.substr(0, text.size() - 2);
    if (!ordinal.empty()) rule.ordinal = TRY(number_of("BYDAY", ordinal, -53, 53));
    return rule;
}

Result<Frequency> frequency_of(std::string_view text) {
    if (text == "DAILY") return Frequency::kDaily;
    if (text == "WEEKLY") return Frequency::kWeekly;
    if (text == "MONTHLY") return Frequency::kMonthly;
    if (text == "YEARLY") return Frequency::kYearly;
    return wrong("FREQ", text, "is not DAILY, WEEKLY, MONTHLY or YEARLY");
}

// The digits of `text` from `at` on; -1 when one is missing.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

std::optional<std::int64_t> day_number(int year, int month, int day) {
    if (year < 2000 || year > 2099 || month < 1 || day < 1) return std::nullopt;
    const date::year_month_day civil{date::year{year}, date::month{static_cast<unsigned>(month)},
                                     date::day{static_cast<unsigned>(day)}};
    if (!civil.ok()) return std::nullopt;
    return date::sys_days{civil}.time_since_epoch().count();
}

// 20261231, 20261231T220000 or 20261231T220000Z.
Result<void> take_until(RecurrenceRule& rule, std::string_view text) {
    const auto day = day_number(digits(text, 0, 4), digits(text, 4, 2), digits(text, 6, 2));
    const bool utc = text.ends_with('Z');
    const std::size_t bytes = text.size() - (utc ? 1 : 0);
    const bool timed = bytes == 15 && text[8] == 'T';
    const int hour = timed ? digits(text, 9, 2) : 23;
    const int minute = timed ? digits(text, 11, 2) : 59;
    const int second = timed ? digits(text, 13, 2) : 59;
    const bool good_time =
        hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    if (!day || !good_time || (!timed && (bytes != 8 || utc))) {
        return wrong("UNTIL", text,
                     "is not a date; write 20261231, 20261231T220000 in local time or "
                     "20261231T220000Z in UTC, years 2000 to 2099");
    }
    rule.until = WallTime{*day, hour * 3600 + minute * 60 + second};
    rule.until_is_utc = utc;
    return {};
}

Result<void> take_part(RecurrenceRule& rule, std::string_view name, std::string_view value) {
    if (name == "FREQ") {
        rule.frequency = TRY(frequency_of(value));
    } else if (name == "INTERVAL") {
        rule.interval = TRY(number_of(name, value, 1, kRecurrenceIntervalMax));
    } else if (name == "COUNT") {
        rule.count = TRY(number_of(name, value, 1, kRecurrenceCountMax));
    } else if (name == "UNTIL") {
        return take_until(rule, value);
    } else if (name == "BYDAY") {
        return for_each_item(value, [&](std::string_view item) -> Result<void> {
            rule.weekdays.push_back(TRY(weekday_of(item)));
            return {};
        });
    } else if (name == "BYMONTHDAY") {
        return for_each_item(value, [&](std::string_view item) -> Result<void> {
            rule.month_days.push_back(TRY(number_of(name, item, -31, 31)));
            return {};
        });
    } else if (name == "BYMONTH") {
        return for_each_item(value, [&](std::string_view item) -> Result<void> {
            rule.months.set(static_cast<std::size_t>(TRY(number_of(name, item, 1, 12))));
            return {};
        });
    } else {
        return fail(ErrorCode::kInvalid,
                    "'" + std::string(name) +
                        "' is not a part we know; there are FREQ, INTERVAL, BYDAY, BYMONTHDAY, "
                        "BYMONTH, COUNT and UNTIL");
    }
    return {};
}

// What RFC 5545 forbids or leaves without a meaning (its table of BYxxx behaviours).
Result<void> check_combination(const RecurrenceRule& rule) {
    const auto invalid = [](const char* why) { return fail(ErrorCode::kInvalid, why); };
    if (rule.frequency == Frequency::kOnce)
        return invalid("FREQ is missing; begin with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY");
    if (rule.count && rule.until) return invalid("COUNT and UNTIL exclude each other; keep one");
    if (rule.frequency == Frequency::kWeekly && !rule.month_days.empty())
        return invalid("BYMONTHDAY has no meaning with FREQ=WEEKLY; use FREQ=MONTHLY");
    const bool by_month = rule.frequency == Frequency::kMonthly || rule.months.any();
    for (const WeekdayRule& day : rule.weekdays) {
        if (day.ordinal == 0) continue;
        if (rule.frequency < Frequency::kMonthly)
            return invalid("BYDAY takes an ordinal like 2SU only with FREQ=MONTHLY or YEARLY");
        if (!rule.month_days.empty())
            return invalid("BYDAY with an ordinal and BYMONTHDAY exclude each other; keep one");
        if (by_month && (day.ordinal < -5 || day.ordinal > 5))
            return invalid(
                "BYDAY's ordinal is out of range: no month has more than 5 of a weekday");
    }
    return {};
}

}  // namespace

Result<WallTime> parse_wall_time(std::string_view text) {
    const bool with_seconds = text.size() == 19;
    const auto day = day_number(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = with_seconds ? digits(text, 17, 2) : 0;
    const bool shaped = (text.size() == 16 || with_seconds) && text[4] == '-' && text[7] == '-' &&
                        text[10] == 'T' && text[13] == ':' && (!with_seconds || text[16] == ':');
    if (!shaped || !day || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 59) {
        return fail(ErrorCode::kInvalid, "'" + std::string(text.substr(0, 40)) +
                                             "' is not a local time like 2026-05-01T22:00, years "
                                             "2000 to 2099; its zone stands in `time_zone`");
    }
    return WallTime{*day, hour * 3600 + minute * 60 + second};
}

Result<RecurrenceRule> parse_recurrence_rule(std::string_view text) {
    RecurrenceRule rule;
    if (text.empty()) return rule;
    if (text.size() > kRecurrenceBytesMax) {
        return fail(ErrorCode::kTooLarge, "the rule has " + std::to_string(text.size()) +
                                              " bytes; at most " +
                                              std::to_string(kRecurrenceBytesMax) + " are read");
    }
    std::string upper(text);
    for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    std::string_view rest = upper;
    if (rest.starts_with("RRULE:")) rest.remove_prefix(6);
    std::set<std::string_view> seen;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        const std::string_view part = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos || equals + 1 == part.size()) {
            return fail(ErrorCode::kInvalid,
                        "'" + std::string(part) + "' is not NAME=VALUE; parts are separated by ;");
        }
        if (!seen.insert(part.substr(0, equals)).second)
            return wrong(part.substr(0, equals), part.substr(equals + 1), "stands there twice");
        TRY(take_part(rule, part.substr(0, equals), part.substr(equals + 1)));
    }
    TRY(check_combination(rule));
    return rule;
}

}  // namespace candor::engine
