// The two checks that need the calendar: zones and cron schedules (config_value.h).
#include <filesystem>

#include "app/config_value.h"

namespace candor::app {

std::optional<Complaint> check_time_zone(std::string_view text) {
    const std::string hint = "use a name like Etc/UTC or America/Toronto";
    std::error_code code;
    const bool plain = !text.empty() && text.size() <= 64 && text.front() != '/' &&
                       text.find("..") == std::string_view::npos &&
                       text.find_first_not_of(
                           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                           "0123456789_+-/") == std::string_view::npos;
    if (plain &&
        std::filesystem::is_regular_file("/usr/share/zoneinfo/" + std::string(text), code)) {
        return std::nullopt;
    }
    return Complaint{"is not a known time zone", hint};
}

std::optional<Complaint> check_schedule(std::string_view text) {
    int fields = 0;
    bool inside = false;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\t';
        if (!space && !inside) ++fields;
        inside = !space;
    }
    if (fields == 5) return std::nullopt;
    return Complaint{
        "is not a cron schedule: it has " + std::to_string(fields) + " fields instead of 5",
        "write minute hour day month weekday, like \"0 21 * * *\""};
}

}  // namespace candor::app
