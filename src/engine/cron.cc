#include "engine/cron.h"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <string>
#include <vector>

#include "engine/zone.h"

namespace candor::engine {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 86'400'000;

struct Field {
    const char* name;
    int low;
    int high;
    std::vector<std::string_view> words;  // words[i] stands for low + i
};

const Field& field_at(std::size_t index) {
    static const std::array<Field, 5> kFields{{
        {"minute", 0, 59, {}},
        {"hour", 0, 23, {}},
        {"day", 1, 31, {}},
        {"month",
         1,
         12,
         {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}},
        {"weekday", 0, 7, {"sun", "mon", "tue", "wed", "thu", "fri", "sat"}},
    }};
    return kFields[index];
}

std::unexpected<Error> wrong(const Field& field, std::string_view text, const std::string& why) {
    return fail(ErrorCode::kInvalid, std::string(field.name) + " '" + std::string(text) + "' " +
                                         why + "; it takes " + std::to_string(field.low) + " to " +
                                         std::to_string(field.high) +
                                         ", lists, ranges and steps like */5");
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> out;
    std::size_t at = 0;
    while (at <= text.size()) {
        const std::size_t end = std::min(text.find_first_of(separators, at), text.size());
        out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

std::optional<int> number_in(std::string_view text) {
    int value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

Result<int> value_of(const Field& field, std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    for (std::size_t i = 0; i < field.words.size(); ++i) {
        if (lower == field.words[i]) return field.low + static_cast<int>(i);
    }
    const auto value = number_in(text);
    if (!value) return wrong(field, text, "is not a number");
    if (*value < field.low || *value > field.high) {
        return wrong(field, text, "is out of range");
    }
    return *value;
}

struct Range {
    int from;
    int to;
    int step;
};

// "*", "5", "mon-fri", each optionally with "/step". A step after a single value runs to the end.
Result<Range> range_of(const Field& field, std::string_view part) {
    const std::size_t slash = part.find('/');
    const std::string_view base = part.substr(0, slash);
    Range range{field.low, field.high, 1};
    if (slash != std::string_view::npos) {
        const auto step = number_in(part.substr(slash + 1));
        if (!step || *step < 1 || *step > field.high) {
            return wrong(field, part, "has a step that is not a number in its range");
        }
        range.step = *step;
    }
    if (base == "*") return range;
    const std::size_t dash = base.find('-');
    range.from = TRY(value_of(field, base.substr(0, dash)));
    if (dash != std::string_view::npos) {
        range.to = TRY(value_of(field, base.substr(dash + 1)));
        if (range.to < range.from) return wrong(field, part, "runs backwards");
    } else if (slash == std::string_view::npos) {
        range.to = range.from;
    }
    return range;
}

// Calls `set` with every value of the field.
template <typename Set>
Result<void> parse_field(const Field& field, std::string_view text, Set set) {
    for (const std::string_view part : split(text, ",")) {
        const Range range = TRY(range_of(field, part));
        // The weekday's star means seven days, not eight.
        const int to = field.high == 7 && part.front() == '*' ? 6 : range.to;
        for (int value = range.from; value <= to; value += range.step) {
            set(static_cast<std::size_t>(value));
        }
    }
    return {};
}

Duration offset_at(const date::time_zone& zone, Timestamp t) {
    const date::sys_seconds at{
        std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(t.ms))};
    return seconds(zone.get_info(at).offset.count());
}

}  // namespace

bool zone_exists(std::string_view zone) {
    return find_zone(zone) != nullptr;
}

Result<CronSchedule> CronSchedule::parse(std::string_view expression, std::string_view zone) {
    CronSchedule schedule;
    TRY(schedule.parse_fields(expression));
    if (!schedule.ever_due()) {
        return fail(ErrorCode::kInvalid,
                    "this schedule never comes due: no such month has such a day");
    }
    schedule.zone_ = find_zone(zone);
    if (schedule.zone_ == nullptr) {
        return fail(ErrorCode::kInvalid, "'" + std::string(zone) +
                                             "' is not a known time zone; use a name like Etc/UTC");
    }
    return schedule;
}

Result<void> CronSchedule::parse_fields(std::string_view expression) {
    if (expression.size() > kCronBytesMax) {
        return fail(ErrorCode::kInvalid,
                    "a cron schedule has at most " + std::to_string(kCronBytesMax) + " characters");
    }
    std::vector<std::string_view> fields = split(expression, " \t");
    std::erase_if(fields, [](std::string_view field) { return field.empty(); });
    if (fields.size() != 5) {
        return fail(ErrorCode::kInvalid,
                    "a cron schedule has 5 fields (minute hour day month weekday), "
                    "this has " +
                        std::to_string(fields.size()));
    }
    TRY(parse_field(field_at(0), fields[0], [this](std::size_t v) { minutes_.set(v); }));
    TRY(parse_field(field_at(1), fields[1], [this](std::size_t v) { hours_.set(v); }));
    TRY(parse_field(field_at(2), fields[2], [this](std::size_t v) { days_.set(v); }));
    TRY(parse_field(field_at(3), fields[3], [this](std::size_t v) { months_.set(v); }));
    TRY(parse_field(field_at(4), fields[4], [this](std::size_t v) { weekdays_.set(v % 7); }));
    follows_wall_ = fields[0].front() == '*' || fields[1].front() == '*';
    any_day_ = fields[2].front() == '*';
    any_weekday_ = fields[4].front() == '*';
    return {};
}

bool CronSchedule::ever_due() const {
    constexpr std::array<std::size_t, 13> kLongest{0,  31, 29, 31, 30, 31, 30,
                                                   31, 31, 30, 31, 30, 31};
    if (!any_day_ && !any_weekday_) return true;  // the weekday alone suffices
    for (std::size_t month = 1; month <= 12; ++month) {
        for (std::size_t day = 1; months_.test(month) && day <= kLongest[month]; ++day) {
            if (days_.test(day)) return true;
        }
    }
    return false;
}

bool CronSchedule::day_matches(const Day& day) const {
    if (!months_.test(day.month)) return false;
    const bool by_day = days_.test(day.day);
    const bool by_weekday = weekdays_.test(day.weekday);
    return any_day_ || any_weekday_ ? by_day && by_weekday : by_day || by_weekday;
}

std::optional<Timestamp> CronSchedule::next_after(Timestamp t) const {
    const Timestamp local = t + offset_at(*zone_, t);
    const date::local_days start{
        std::chrono::floor<date::days>(std::chrono::milliseconds(local.ms))};
    // From the day before: a skipped evening belongs to a day that the wall has already left.
    for (int i = -1; i < kCronYearsMax * 366; ++i) {
        const date::local_days here = start + date::days(i);
        const date::year_month_day date{here};
        const Day day{static_cast<int>(here.time_since_epoch().count()), unsigned{date.month()},
                      unsigned{date.day()}, date::weekday{here}.c_encoding()};
        if (!day_matches(day)) continue;
        if (const auto due = first_on(day, t)) return due;
    }
    return std::nullopt;
}

std::optional<Timestamp> CronSchedule::first_on(const Day& day, Timestamp after) const {
    // A day either side covers every offset there is, so equal offsets mean that nothing changes.
    const Timestamp midnight{day.number * kDayMs};
    const Duration before = offset_at(*zone_, midnight - days(1));
    const Duration behind = offset_at(*zone_, midnight + days(2));
    if (before == behind) return first_on_steady_day(day, before, after);
    return first_on_changing_day(day, after);
}

std::optional<Timestamp> CronSchedule::first_on_steady_day(const Day& day, Duration offset,
                                                           Timestamp after) const {
    const Timestamp midnight = Timestamp{day.number * kDayMs} - offset;
    const std::int64_t gone = after < midnight ? -1 : (after - midnight).ms / kMinuteMs;
    for (std::int64_t minute = gone + 1; minute < 24 * 60; ++minute) {
        const auto hour = static_cast<std::size_t>(minute / 60);
        if (!hours_.test(hour)) {
            minute = static_cast<std::int64_t>(hour) * 60 + 59;
            continue;
        }
        if (minutes_.test(static_cast<std::size_t>(minute % 60))) {
            return midnight + minutes(minute);
        }
    }
    return std::nullopt;
}

std::optional<Timestamp> CronSchedule::first_on_changing_day(const Day& day,
                                                             Timestamp after) const {
    std::optional<Timestamp> best;
    const auto offer = [&](std::chrono::seconds at) {
        const Timestamp instant{std::chrono::milliseconds(at).count()};
        if (instant > after && (!best || instant < *best)) best = instant;
    };
    for (int minute = 0; minute < 24 * 60; ++minute) {
        if (!hours_.test(static_cast<std::size_t>(minute / 60)) ||
            !minutes_.test(static_cast<std::size_t>(minute % 60))) {
            continue;
        }
        const date::local_seconds local{date::days(day.number) + std::chrono::minutes(minute)};
        const date::local_info info = zone_->get_info(local);
        const std::chrono::seconds first = local.time_since_epoch() - info.first.offset;
        if (info.result == date::local_info::unique) {
            offer(first);
        } else if (info.result == date::local_info::ambiguous) {
            offer(first);
            if (follows_wall_) offer(local.time_since_epoch() - info.second.offset);
        } else if (!follows_wall_) {
            offer(info.first.end.time_since_epoch());
        }
    }
    return best;
}

}  // namespace candor::engine
