// The windows that the configuration plans, and their occurrences as far as one looks ahead.
//
// Expansion only: what becomes of an occurrence is core/maintenance.h's business. Plain values.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "engine/recurrence.h"
#include "model/ids.h"
#include "model/maintenance_input.h"

namespace candor::engine {

// Everything this far ahead is announced, and the next occurrence however far away it is.
inline constexpr Duration kPlanAhead = days(35);
// How often the plan is looked at again.
inline constexpr Duration kPlanEvery = hours(1);

struct MaintenancePlan {
    std::string id;
    std::string name;
    std::string description;  // may be empty
    std::vector<ComponentId> components;
    std::vector<std::string> expects;
    Recurrence recurrence;
};

// Everything not over at `at`, nearest first. An occurrence is named by its local date, so that a
// later expansion, or one with another time of day, means the same one: "db-upgrade-20260501".
std::vector<PlannedWindow> planned_windows(const std::vector<MaintenancePlan>& plans, Timestamp at);

}  // namespace candor::engine
