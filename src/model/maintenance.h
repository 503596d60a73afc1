// What entries, inputs and state all say of a maintenance window: its phase, its parts, its plan.
//
// Not the window itself: core/maintenance_state.h holds that. Part of the journal's format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/ids.h"

namespace candor {

enum class MaintenancePhase : std::uint8_t { kScheduled, kInProgress, kCompleted, kCancelled };

// One component of a window; the name is kept, because the component may leave the configuration.
struct MaintenanceComponent {
    ComponentId id;
    std::string name;

    friend bool operator==(const MaintenanceComponent&, const MaintenanceComponent&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("name", self.name);
    }
};

std::string_view name_of(MaintenancePhase);  // "scheduled", "in_progress", …
constexpr MaintenancePhase max_of(MaintenancePhase) {
    return MaintenancePhase::kCancelled;
}

// How long ahead a window must be announced for its time to leave the uptime (rule 12).
inline constexpr Duration kAnnouncedAhead = hours(24);

inline constexpr Duration kMaintenanceLengthMin = minutes(1);
inline constexpr Duration kMaintenanceLengthMax = days(30);
// How far ahead a person may plan.
inline constexpr Duration kMaintenanceAheadMax = days(2 * 366);
// Windows that wait or are on at the same time; more are refused, from the configuration left out.
inline constexpr std::size_t kMaintenancesOpenMax = 1'000;
// Windows that are over and stay readable; older ones are in the journal only.
inline constexpr std::size_t kMaintenancesClosedMax = 1'000;
// Checks or kinds of checks that one window may expect to fail.
inline constexpr std::size_t kMaintenanceExpectsMax = 1'000;
// Posts in one window.
inline constexpr std::size_t kMaintenancePostsMax = 200;

}  // namespace candor
