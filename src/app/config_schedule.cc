// The checks that need the calendar: zones, cron schedules, recurrences (config_value.h).
#include "app/config_value.h"
#include "engine/cron.h"
#include "engine/recurrence_rule.h"

namespace candor::app {

std::optional<Complaint> check_time_zone(std::string_view text) {
    if (engine::zone_exists(text)) return std::nullopt;
    return Complaint{"is not a known time zone", "use a name like Etc/UTC or America/Toronto"};
}

std::optional<Complaint> check_schedule(std::string_view text) {
    // The zone is checked at its own key; here any zone will do.
    const auto schedule = engine::CronSchedule::parse(text, "Etc/UTC");
    if (schedule) return std::nullopt;
    return Complaint{"is not a cron schedule: " + schedule.error().message,
                     "write minute hour day month weekday, like \"0 21 * * *\""};
}

std::optional<Complaint> check_wall_time(std::string_view text) {
    if (engine::parse_wall_time(text)) return std::nullopt;
    return Complaint{"is not a local time of the years 2000 to 2099",
                     "write it like \"2026-05-01T22:00\"; its zone stands in `time_zone`"};
}

std::optional<Complaint> check_recurrence(std::string_view text) {
    const auto rule = engine::parse_recurrence_rule(text);
    if (rule) return std::nullopt;
    return Complaint{"is not a recurrence rule: " + rule.error().message,
                     "write it like FREQ=MONTHLY or FREQ=WEEKLY;BYDAY=SU"};
}

}  // namespace candor::app
