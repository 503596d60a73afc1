// When a planned window happens: a start on the wall, a zone, a length and perhaps a rule, expanded
// to instants.
//
// Dates as RFC 5545 has them: a date that a month lacks is skipped, COUNT counts from the start.
// Daylight saving as in engine/cron.h: a start that is skipped begins when the gap ends, one that
// is shown twice begins the first time; the length is elapsed time. The start is the earliest
// occurrence where the rule allows it, and otherwise only a lower bound. Immutable; safe to share.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "engine/recurrence_rule.h"
#include "engine/zone.h"

namespace candor::engine {

// Occurrences that one call of between() returns: two years of a daily window.
inline constexpr std::size_t kOccurrencesMax = 800;
// A leap day on a given weekday can be this far away, across a century that is not leap.
inline constexpr int kRecurrenceYearsMax = 41;

struct Occurrence {
    std::int64_t day = 0;  // its local date, days since 1970-01-01; one occurrence has one date
    Timestamp start;
    Timestamp end;

    friend bool operator==(const Occurrence&, const Occurrence&) = default;
};

// "20260501"
std::string date_digits(std::int64_t day);

struct RecurrenceSpec {
    std::string start;  // "2026-05-01T22:00"
    Duration duration;  // at least a minute
    std::string time_zone = "Etc/UTC";
    std::string repeat;  // "FREQ=MONTHLY"; empty: once
};

class Recurrence {
   public:
    // kInvalid says which part is wrong and how to write it; also for a rule that never happens
    // (30 February) and for occurrences that would overlap.
    static Result<Recurrence> parse(const RecurrenceSpec& spec);

    // Those that end after `from` and start before `to`, ascending; the first kOccurrencesMax.
    std::vector<Occurrence> between(Timestamp from, Timestamp to) const;

    // The first that ends after `t`; empty when there is none within kRecurrenceYearsMax.
    std::optional<Occurrence> next(Timestamp t) const;

    // Its four parts on one line: equal for equal recurrences.
    std::string text() const;

   private:
    Recurrence() = default;

    // Days of the k-th period since the start, ascending; by the rule alone.
    std::vector<std::int64_t> days_of_period(std::int64_t k) const;
    std::vector<std::int64_t> days_of_month(int year, unsigned month) const;
    std::vector<std::int64_t> days_of_year(int year) const;
    bool allows(std::int64_t day) const;
    bool is_over(std::int64_t day, Timestamp start) const;
    Occurrence occurrence_on(std::int64_t day) const;
    // Calls visit(occurrence) in order until it returns false or `last_day` is passed.
    template <class Visit>
    void walk(std::int64_t last_day, Visit&& visit) const;

    RecurrenceSpec spec_;
    RecurrenceRule rule_;
    WallTime start_;
    Duration duration_;
    const date::time_zone* zone_ = nullptr;
};

}  // namespace candor::engine
