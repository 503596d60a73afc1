// The two checks that need the calendar: zones and cron schedules (config_value.h).
#include "app/config_value.h"
#include "engine/cron.h"

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

}  // namespace candor::app
