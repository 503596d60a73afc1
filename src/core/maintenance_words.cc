#include "core/maintenance_words.h"

#include "core/words.h"

namespace candor::core {
namespace {

std::vector<std::string> names_of(const std::vector<MaintenanceComponent>& components) {
    std::vector<std::string> names;
    for (const MaintenanceComponent& c : components) names.push_back(c.name);
    return names;
}

std::string span_words(const MaintenanceState& window) {
    return "from " + maintenance_time(window.start) + " to " + maintenance_time(window.end);
}

}  // namespace

std::string maintenance_time(Timestamp t) {
    return format_clock(t).substr(0, 5) + " UTC on " + format_long_date(t);
}

std::string scheduled_text(const MaintenanceState& window) {
    const std::string names = list_names(names_of(window.components));
    std::string out = "We will work on " + names + " " + span_words(window) + ".";
    out += window.expects.empty() ? " We expect everything to keep working meanwhile."
                                  : " Parts of it may not work in that time.";
    return out;
}

std::string moved_text(const MaintenanceState& before, const MaintenanceState& after) {
    if (after.phase == MaintenancePhase::kInProgress) {
        const bool longer = after.end > before.end;
        return std::string(longer ? "The work takes longer than planned. It now ends at "
                                  : "The work will be done earlier. It now ends at ") +
               maintenance_time(after.end) + ".";
    }
    return "The time has changed. The work is now planned " + span_words(after) + ".";
}

std::string begun_text(const MaintenanceState& window, const std::vector<std::string>& in_trouble) {
    std::string out =
        "The work has begun. We plan to be done at " + maintenance_time(window.end) + ".";
    if (!in_trouble.empty()) {
        out += " " + list_names(in_trouble) +
               " had trouble before it began; that is not part of "
               "this maintenance and is told of on its own.";
    }
    return out;
}

std::string over_text(const MaintenanceState& window, Timestamp at,
                      const std::vector<std::string>& failing) {
    if (!failing.empty()) {
        const std::string over =
            at < window.end ? "The work ended early" : "The planned time is over";
        return over + ", but checks of " + list_names(failing) +
               " still fail. From now on we treat this as an incident.";
    }
    return at < window.end ? "The work is done earlier than planned." : "The work is done.";
}

std::string called_off_text() {
    return "This maintenance was called off. Nothing will be worked on at that time.";
}

}  // namespace candor::core
