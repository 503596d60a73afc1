#include "engine/recurrence.h"

#include <date/date.h>

#include <algorithm>

namespace candor::engine {
namespace {

using Days = std::vector<std::int64_t>;

constexpr std::int64_t kDayMs = 86'400'000;

date::year_month_day civil(std::int64_t day) {
    return date::year_month_day{date::sys_days{date::days{day}}};
}

std::int64_t number_of(date::sys_days day) {
    return day.time_since_epoch().count();
}

unsigned weekday_of(std::int64_t day) {
    return date::weekday{date::sys_days{date::days{day}}}.c_encoding();
}

int days_in_month(int year, unsigned month) {
    const date::year_month_day_last last{date::year{year},
                                         date::month_day_last{date::month{month}}};
    return static_cast<int>(unsigned{last.day()});
}

// Days of [first, last] that the weekday rule names, counted within that span.
void add_weekdays(Days& out, const WeekdayRule& rule, std::int64_t first, std::int64_t last) {
    const auto ahead = static_cast<std::int64_t>((rule.weekday + 7 - weekday_of(first)) % 7);
    const auto back = static_cast<std::int64_t>((weekday_of(last) + 7 - rule.weekday) % 7);
    if (rule.ordinal == 0) {
        for (std::int64_t day = first + ahead; day <= last; day += 7) out.push_back(day);
        return;
    }
    const std::int64_t day = rule.ordinal > 0 ? first + ahead + 7 * (rule.ordinal - 1)
                                              : last - back + 7 * (rule.ordinal + 1);
    if (day >= first && day <= last) out.push_back(day);
}

void sort_unique(Days& days) {
    std::ranges::sort(days);
    days.erase(std::ranges::unique(days).begin(), days.end());
}

bool is_month_day(const std::vector<int>& wanted, std::int64_t day) {
    const date::year_month_day date = civil(day);
    const int from_start = static_cast<int>(unsigned{date.day()});
    const int from_end = from_start - days_in_month(int{date.year()}, unsigned{date.month()}) - 1;
    return std::ranges::any_of(wanted, [&](int d) { return d == from_start || d == from_end; });
}

// In days; bounds how many periods a walk looks at.
std::int64_t shortest_period(Frequency frequency) {
    switch (frequency) {
        case Frequency::kOnce:
        case Frequency::kDaily: return 1;
        case Frequency::kWeekly: return 7;
        case Frequency::kMonthly: return 28;
        case Frequency::kYearly: return 365;
    }
    return 1;
}

}  // namespace

std::string date_digits(std::int64_t day) {
    std::string text = format_date(Timestamp{day * kDayMs});
    std::erase(text, '-');
    return text;
}

// The limits that hold whatever the frequency; an ordinal never gets here (it only expands).
bool Recurrence::allows(std::int64_t day) const {
    if (rule_.months.any() && !rule_.months.test(unsigned{civil(day).month()})) return false;
    if (!rule_.month_days.empty() && !is_month_day(rule_.month_days, day)) return false;
    const bool any_weekday =
        rule_.weekdays.empty() || std::ranges::any_of(rule_.weekdays, [&](const WeekdayRule& r) {
            return r.ordinal != 0 || r.weekday == weekday_of(day);
        });
    return any_weekday;
}

std::vector<std::int64_t> Recurrence::days_of_month(int year, unsigned month) const {
    const std::int64_t first =
        number_of(date::sys_days{date::year{year} / date::month{month} / date::day{1}});
    const std::int64_t last = first + days_in_month(year, month) - 1;
    Days out;
    if (!rule_.month_days.empty()) {
        for (std::int64_t day = first; day <= last; ++day) out.push_back(day);
    } else if (!rule_.weekdays.empty()) {
        for (const WeekdayRule& rule : rule_.weekdays) add_weekdays(out, rule, first, last);
    } else {
        const std::int64_t day = first + unsigned{civil(start_.day).day()} - 1;
        if (day <= last) out.push_back(day);
    }
    return out;
}

std::vector<std::int64_t> Recurrence::days_of_year(int year) const {
    Days out;
    if (!rule_.weekdays.empty() && rule_.month_days.empty() && rule_.months.none()) {
        const std::int64_t first = number_of(date::sys_days{date::year{year} / 1 / 1});
        const std::int64_t last = number_of(date::sys_days{date::year{year} / 12 / 31});
        for (const WeekdayRule& rule : rule_.weekdays) add_weekdays(out, rule, first, last);
        return out;
    }
    const bool own_month = rule_.months.none() && rule_.month_days.empty();
    for (unsigned month = 1; month <= 12; ++month) {
        const bool wanted = own_month ? month == unsigned{civil(start_.day).month()}
                                      : rule_.months.none() || rule_.months.test(month);
        if (!wanted) continue;
        const Days days = days_of_month(year, month);
        out.insert(out.end(), days.begin(), days.end());
    }
    return out;
}

std::vector<std::int64_t> Recurrence::days_of_period(std::int64_t k) const {
    const date::year_month_day start = civil(start_.day);
    const std::int64_t step = k * rule_.interval;
    Days out;
    switch (rule_.frequency) {
        case Frequency::kOnce: out.push_back(start_.day); return out;
        case Frequency::kDaily: out.push_back(start_.day + step); break;
        case Frequency::kWeekly: {
            const std::int64_t monday =
                start_.day - static_cast<std::int64_t>((weekday_of(start_.day) + 6) % 7) + 7 * step;
            if (rule_.weekdays.empty()) out.push_back(start_.day + 7 * step);
            for (const WeekdayRule& r : rule_.weekdays) add_weekdays(out, r, monday, monday + 6);
            break;
        }
        case Frequency::kMonthly: {
            const std::int64_t month = int{start.year()} * 12 + unsigned{start.month()} - 1 + step;
            out =
                days_of_month(static_cast<int>(month / 12), static_cast<unsigned>(month % 12) + 1);
            break;
        }
        case Frequency::kYearly:
            out = days_of_year(int{start.year()} + static_cast<int>(step));
            break;
    }
    std::erase_if(out, [&](std::int64_t day) { return !allows(day); });
    sort_unique(out);
    return out;
}

Occurrence Recurrence::occurrence_on(std::int64_t day) const {
    const Timestamp start = instant_of(*zone_, day, start_.second);
    return {day, start, start + duration_};
}

bool Recurrence::is_over(std::int64_t day, Timestamp start) const {
    if (!rule_.until) return false;
    if (!rule_.until_is_utc) return WallTime{day, start_.second} > *rule_.until;
    return start > Timestamp{rule_.until->day * kDayMs} + seconds(rule_.until->second);
}

template <class Visit>
void Recurrence::walk(std::int64_t last_day, Visit&& visit) const {
    int seen = 0;
    const std::int64_t step = rule_.interval * shortest_period(rule_.frequency);
    for (std::int64_t k = 0; start_.day - 366 + k * step <= last_day; ++k) {
        const Days days = days_of_period(k);
        for (const std::int64_t day : days) {
            if (day < start_.day) continue;
            if (day > last_day) return;
            const Occurrence occurrence = occurrence_on(day);
            if (is_over(day, occurrence.start)) return;
            if (!visit(occurrence)) return;
            if (++seen == rule_.count.value_or(0)) return;
        }
        if (rule_.frequency == Frequency::kOnce) return;
    }
}

std::vector<Occurrence> Recurrence::between(Timestamp from, Timestamp to) const {
    std::vector<Occurrence> out;
    walk(to.ms / kDayMs + 2, [&](const Occurrence& o) {
        if (o.start >= to) return false;
        if (o.end > from) out.push_back(o);
        return out.size() < kOccurrencesMax;
    });
    return out;
}

std::optional<Occurrence> Recurrence::next(Timestamp t) const {
    std::optional<Occurrence> found;
    const std::int64_t base = std::max(t.ms / kDayMs, start_.day);
    walk(base + kRecurrenceYearsMax * 366, [&](const Occurrence& o) {
        if (o.end > t) found = o;
        return !found;
    });
    return found;
}

std::string Recurrence::text() const {
    return spec_.start + ' ' + spec_.time_zone + ' ' + std::to_string(spec_.duration.ms) + "ms " +
           (spec_.repeat.empty() ? "once" : spec_.repeat);
}

Result<Recurrence> Recurrence::parse(const RecurrenceSpec& spec) {
    Recurrence r;
    r.spec_ = spec;
    r.start_ = TRY(parse_wall_time(spec.start));
    r.rule_ = TRY(parse_recurrence_rule(spec.repeat));
    r.duration_ = spec.duration;
    r.zone_ = find_zone(spec.time_zone);
    if (r.zone_ == nullptr) {
        return fail(ErrorCode::kInvalid, "'" + spec.time_zone + "' is not a known time zone");
    }
    const auto first = r.next(Timestamp{});
    if (!first) {
        return fail(ErrorCode::kInvalid,
                    r.rule_.until
                        ? "this rule never happens: nothing falls between `start` and UNTIL"
                        : "this rule never happens: no such month has such a day");
    }
    const std::vector<Occurrence> early =
        r.between(Timestamp{}, first->start + days(kRecurrenceYearsMax * 366));
    for (std::size_t i = 1; i < early.size(); ++i) {
        if (early[i].start >= early[i - 1].end) continue;
        return fail(ErrorCode::kInvalid, "the windows would overlap: one begins " +
                                             format_rfc3339(early[i].start) +
                                             ", before the one before it ends; shorten `duration`");
    }
    return r;
}

}  // namespace candor::engine
