#include "base/time.h"

#include <array>
#include <cstdio>

namespace candor {
namespace {

constexpr std::array<const char*, 12> kMonths = {"January",   "February", "March",    "April",
                                                 "May",       "June",     "July",     "August",
                                                 "September", "October",  "November", "December"};
constexpr std::array<const char*, 7> kWeekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::int64_t kDayMs = 86'400'000;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - ((a % b != 0 && (a < 0) != (b < 0)) ? 1 : 0);
}

std::int64_t days_from_civil(std::int64_t year, int month, int day) {
    year -= month <= 2;
    const std::int64_t era = floor_div(year, 400);
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + day_of_era - 719'468;
}

template <class... Args>
std::string print(const char* format, Args... args) {
    std::array<char, 64> buffer{};
    const int n = std::snprintf(buffer.data(), buffer.size(), format, args...);
    return {buffer.data(), n > 0 ? static_cast<std::size_t>(n) : 0};
}

// Reads exactly `digits` decimal digits at `at` and moves past them; -1 when they are not there.
int read_digits(std::string_view text, std::size_t& at, int digits) {
    int value = 0;
    for (int i = 0; i < digits; ++i, ++at) {
        if (at >= text.size() || text[at] < '0' || text[at] > '9') return -1;
        value = value * 10 + (text[at] - '0');
    }
    return value;
}

bool read_char(std::string_view text, std::size_t& at, char wanted) {
    if (at >= text.size() || text[at] != wanted) return false;
    ++at;
    return true;
}

int days_in_month(int year, int month) {
    constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

Result<CivilTime> read_date_and_clock(std::string_view text, std::size_t& at) {
    CivilTime c;
    c.year = read_digits(text, at, 4);
    if (c.year < 0 || !read_char(text, at, '-'))
        return fail(ErrorCode::kInvalid,
                    "time: the year must be four digits, as in 2026-04-04T21:05:00Z");
    c.month = read_digits(text, at, 2);
    if (c.month < 1 || c.month > 12 || !read_char(text, at, '-'))
        return fail(ErrorCode::kInvalid, "time: the month must be 01 to 12");
    c.day = read_digits(text, at, 2);
    if (c.day < 1 || c.day > days_in_month(c.year, c.month))
        return fail(ErrorCode::kInvalid, "time: no such day in that month");
    if (!read_char(text, at, 'T') && !read_char(text, at, 't') && !read_char(text, at, ' '))
        return fail(ErrorCode::kInvalid, "time: expected 'T' between date and clock");
    c.hour = read_digits(text, at, 2);
    if (c.hour < 0 || c.hour > 23 || !read_char(text, at, ':'))
        return fail(ErrorCode::kInvalid, "time: the hour must be 00 to 23");
    c.minute = read_digits(text, at, 2);
    if (c.minute < 0 || c.minute > 59)
        return fail(ErrorCode::kInvalid, "time: the minute must be 00 to 59");
    if (read_char(text, at, ':')) {
        c.second = read_digits(text, at, 2);
        if (c.second < 0 || c.second > 60)
            return fail(ErrorCode::kInvalid, "time: the second must be 00 to 60");
    }
    return c;
}

Result<int> read_milliseconds(std::string_view text, std::size_t& at) {
    if (!read_char(text, at, '.')) return 0;
    int value = 0;
    int digits = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits) {
        if (digits < 3) value = value * 10 + (text[at] - '0');
    }
    if (digits == 0) return fail(ErrorCode::kInvalid, "time: digits must follow the '.'");
    for (int i = digits; i < 3; ++i) value *= 10;
    return value;
}

Result<Duration> read_offset(std::string_view text, std::size_t& at) {
    if (read_char(text, at, 'Z') || read_char(text, at, 'z')) return Duration{0};
    const bool plus = read_char(text, at, '+');
    if (!plus && !read_char(text, at, '-'))
        return fail(ErrorCode::kInvalid,
                    "time: expected 'Z' or an offset such as -04:00 at the end");
    const int hour = read_digits(text, at, 2);
    if (hour < 0 || hour > 23 || !read_char(text, at, ':'))
        return fail(ErrorCode::kInvalid, "time: the offset must look like -04:00");
    const int minute = read_digits(text, at, 2);
    if (minute < 0 || minute > 59)
        return fail(ErrorCode::kInvalid, "time: the offset must look like -04:00");
    const Duration d = hours(hour) + minutes(minute);
    return plus ? d : Duration{-d.ms};
}

}  // namespace

CivilTime civil_from(Timestamp t) {
    const std::int64_t day = floor_div(t.ms, kDayMs);
    const std::int64_t in_day = t.ms - day * kDayMs;
    const std::int64_t z = day + 719'468;
    const std::int64_t era = floor_div(z, 146'097);
    const std::int64_t doe = z - era * 146'097;
    const std::int64_t yoe = (doe - doe / 1460 + doe / 36'524 - doe / 146'096) / 365;
    const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const std::int64_t mp = (5 * doy + 2) / 153;
    CivilTime c;
    c.day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
    c.month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
    c.year = static_cast<int>(yoe + era * 400 + (c.month <= 2 ? 1 : 0));
    c.hour = static_cast<int>(in_day / 3'600'000);
    c.minute = static_cast<int>(in_day / 60'000 % 60);
    c.second = static_cast<int>(in_day / 1000 % 60);
    c.millisecond = static_cast<int>(in_day % 1000);
    c.weekday = static_cast<int>(((day + 4) % 7 + 7) % 7);
    return c;
}

Timestamp timestamp_from(const CivilTime& c) {
    return Timestamp{days_from_civil(c.year, c.month, c.day) * kDayMs} + hours(c.hour) +
           minutes(c.minute) + seconds(c.second) + milliseconds(c.millisecond);
}

// By hand, because a page of a thousand components writes thousands of these at every flip.
std::string format_rfc3339(Timestamp t) {
    const CivilTime c = civil_from(t);
    if (c.year < 0 || c.year > 9999) {
        return print("%d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month, c.day, c.hour, c.minute,
                     c.second, c.millisecond);
    }
    std::string out = "0000-00-00T00:00:00.000Z";
    const auto put = [&out](std::size_t at, std::size_t digits, int value) {
        for (std::size_t i = digits; i-- > 0; value /= 10) {
            out[at + i] = static_cast<char>('0' + value % 10);
        }
    };
    put(0, 4, c.year);
    put(5, 2, c.month);
    put(8, 2, c.day);
    put(11, 2, c.hour);
    put(14, 2, c.minute);
    put(17, 2, c.second);
    put(20, 3, c.millisecond);
    return out;
}

std::string format_clock(Timestamp t) {
    const CivilTime c = civil_from(t);
    return print("%02d:%02d:%02d", c.hour, c.minute, c.second);
}

std::string format_date(Timestamp t) {
    const CivilTime c = civil_from(t);
    return print("%04d-%02d-%02d", c.year, c.month, c.day);
}

std::string format_long_date(Timestamp t) {
    const CivilTime c = civil_from(t);
    return print("%d %s %d", c.day, kMonths[static_cast<std::size_t>(c.month - 1)], c.year);
}

std::string format_month(Timestamp t) {
    const CivilTime c = civil_from(t);
    return print("%04d-%02d", c.year, c.month);
}

std::string format_http_date(Timestamp t) {
    const CivilTime c = civil_from(t);
    return print(
        "%s, %02d %.3s %04d %02d:%02d:%02d GMT", kWeekdays[static_cast<std::size_t>(c.weekday)],
        c.day, kMonths[static_cast<std::size_t>(c.month - 1)], c.year, c.hour, c.minute, c.second);
}

Result<Timestamp> parse_rfc3339(std::string_view text) {
    std::size_t at = 0;
    CivilTime civil = TRY(read_date_and_clock(text, at));
    civil.millisecond = TRY(read_milliseconds(text, at));
    const Duration offset = TRY(read_offset(text, at));
    if (at != text.size()) return fail(ErrorCode::kInvalid, "time: unexpected text after the time");
    return timestamp_from(civil) - offset;
}

std::string format_duration_words(Duration d, int parts) {
    if (d.ms <= 0) return "0 s";
    if (d.ms < 1000) return print("0.%d s", static_cast<int>(d.ms < 100 ? 1 : d.ms / 100));
    struct Unit {
        std::int64_t ms;
        const char* name;
    };
    constexpr std::array<Unit, 4> kUnits = {
        {{86'400'000, "d"}, {3'600'000, "h"}, {60'000, "min"}, {1000, "s"}}};
    std::string out;
    std::int64_t rest = d.ms;
    int printed = 0;
    for (const Unit& unit : kUnits) {
        const std::int64_t n = rest / unit.ms;
        rest %= unit.ms;
        if (n == 0) {
            if (printed > 0) break;  // "1 d" rather than "1 d 5 s": neighbouring units only
            continue;
        }
        if (printed == parts) break;
        if (printed > 0) out += ' ';
        out += print("%lld %s", static_cast<long long>(n), unit.name);
        ++printed;
    }
    return out;
}

}  // namespace candor
