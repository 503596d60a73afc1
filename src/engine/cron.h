// A five-field cron schedule in a time zone: when must the next ping come?
//
// Fields and names as in crontab(5): lists, ranges, steps, JAN..DEC, SUN..SAT, 7 is Sunday; when
// both day fields are restricted either one suffices. Daylight saving as Debian's cron does it: a
// fixed time that is skipped runs when the gap ends, one that is repeated runs once; a schedule
// whose minute or hour starts with `*` follows the clock on the wall. Immutable; safe to share.
#pragma once

#include <bitset>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace date {
class time_zone;
}

namespace candor::engine {

inline constexpr std::size_t kCronBytesMax = 256;
// A leap day on a given weekday can be this far away, across a century that is not leap.
inline constexpr int kCronYearsMax = 41;

// True for names of the system's zone table, such as Etc/UTC and America/Toronto.
bool zone_exists(std::string_view zone);

class CronSchedule {
   public:
    // kInvalid names the field, what is wrong with it and its range; also for a schedule that can
    // never come due (30 February) and for an unknown zone.
    static Result<CronSchedule> parse(std::string_view expression, std::string_view zone);

    // The first due instant strictly after `t`; empty only beyond kCronYearsMax.
    std::optional<Timestamp> next_after(Timestamp t) const;

   private:
    struct Day {
        int number;  // days since 1970-01-01, local
        unsigned month, day, weekday;
    };

    CronSchedule() = default;
    Result<void> parse_fields(std::string_view expression);
    bool ever_due() const;
    bool day_matches(const Day& day) const;
    std::optional<Timestamp> first_on(const Day& day, Timestamp after) const;
    std::optional<Timestamp> first_on_steady_day(const Day& day, Duration offset,
                                                 Timestamp after) const;
    std::optional<Timestamp> first_on_changing_day(const Day& day, Timestamp after) const;

    std::bitset<60> minutes_;
    std::bitset<24> hours_;
    std::bitset<32> days_;    // 1..31
    std::bitset<13> months_;  // 1..12
    std::bitset<7> weekdays_;
    bool any_day_ = false;       // the day field starts with `*`
    bool any_weekday_ = false;   // so does the weekday field
    bool follows_wall_ = false;  // so does the minute or the hour field
    const date::time_zone* zone_ = nullptr;
};

}  // namespace candor::engine
