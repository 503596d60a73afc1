// What the engine runs: one whole configuration, swapped as a unit at start and at reload.
//
// A plain value, validated before it gets here (app/config_assemble.h). The topology is journalled;
// targets stay in memory.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "engine/maintenance_plan.h"
#include "model/check.h"
#include "model/clocks.h"
#include "model/topology.h"

namespace candor::engine {

struct Setup {
    Topology topology;
    std::optional<ClockRules> clocks;  // where they differ by impact
    std::string digest;                // hexadecimal SHA-256 of the redacted configuration
    std::vector<CheckSpec> checks;     // of all components, with private targets
    std::vector<CheckSpec> anchors;    // the observer's own
    std::vector<MaintenancePlan> maintenances;
    Duration keep_observations = days(35);
};

}  // namespace candor::engine
