// What operators see of a maintenance window beyond its page: who planned it, which checks it
// expects to fail, and what trouble it left behind.
//
// Names checks and actors, so nothing here may reach a public type (rule 13). Plain values; the
// builders are pure apart from the lookup of texts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/state.h"
#include "view/build_public_view.h"
#include "view/console_view.h"
#include "view/incident_view.h"
#include "view/public_view.h"

namespace candor::view {

struct IncidentMeanwhile {
    IncidentId id;
    std::string title;
    Timestamp opened;
};

struct ConsoleMaintenance {
    MaintenanceView window;
    Origin origin = Origin::kMachine;  // machine: by the configuration
    bool moved_by_hand = false;
    std::vector<std::string> expects;  // ids or kinds of checks
    // Those that its components got into while it was on, oldest first; none of a single customer.
    std::vector<IncidentMeanwhile> incidents;
    bool overrun = false;                // one of those because it was not done in time
    std::vector<TimelineItem> timeline;  // oldest first; of one window alone
};

ConsoleMaintenance build_console_maintenance(const core::State& state,
                                             const core::MaintenanceState& window,
                                             const ComponentNames& names,
                                             const ViewOptions& options);

// Those that are on, those to come by their start, those over or called off, newest first. `wanted`
// is "open", "closed" or anything else for all.
std::vector<MaintenanceId> maintenances_in_order(const core::State& state, std::string_view wanted);

// The instants of its batches, ascending and without repeats: when it was announced, each post,
// its newest change.
std::vector<Timestamp> moments_of(const core::MaintenanceState& window);

// Nothing when the entry does not speak of this window.
std::optional<TimelineItem> maintenance_item(const core::State& state, const MaintenanceId& id,
                                             Position position, Timestamp at, const Entry& entry);

}  // namespace candor::view
