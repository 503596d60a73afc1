// What can happen to maintenance windows: the configuration plans them, people schedule them.
//
// Instants only: whoever made them knew the zone (engine/recurrence.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/sealed_text.h"

namespace candor {

// One occurrence of a window that the configuration plans.
struct PlannedWindow {
    MaintenanceId id;  // the same for the same occurrence, whenever it is expanded
    std::string name;
    std::string description;  // may be empty
    std::vector<ComponentId> components;
    std::vector<std::string> expects;  // ids or kinds of checks
    Timestamp start;
    Timestamp end;
};

namespace input {

// All windows that the configuration plans and that are not over yet, as far as it looks ahead.
// One that the journal has and that is missing here was removed from the configuration.
struct MaintenancePlanned {
    std::vector<PlannedWindow> windows;
};

struct MaintenanceScheduled {
    SealedText name;
    SealedText text;
    std::vector<ComponentId> components;
    std::vector<std::string> expects;
    std::optional<Timestamp> start;  // absent: now
    Timestamp end;
    ActorId actor;
};

// Says something, moves the window, or both.
struct MaintenanceUpdated {
    MaintenanceId maintenance;
    SealedText text;  // may be empty when a time is given
    std::optional<Timestamp> start;
    std::optional<Timestamp> end;
    ActorId actor;
};

// The work is done before its time.
struct MaintenanceFinished {
    MaintenanceId maintenance;
    SealedText text;  // may be empty
    ActorId actor;
};

struct MaintenanceCancelRequested {
    MaintenanceId maintenance;
    SealedText text;  // may be empty
    ActorId actor;
};

}  // namespace input
}  // namespace candor
