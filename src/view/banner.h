// The one sentence that a reader takes away, computed from the very components and incidents that
// stand below it, so that it cannot contradict them (rule 2).
//
// Green (all_good) is decided here and nowhere else. Pure.
#pragma once

#include <vector>

#include "view/public_view.h"

namespace candor::view {

// `open` and `recent` hold public incidents, newest first; `maintenances` those in progress.
Banner build_banner(const std::vector<ComponentView>& components,
                    const std::vector<IncidentView>& open, const std::vector<IncidentView>& recent,
                    const std::vector<MaintenanceView>& maintenances, Timestamp as_of);

}  // namespace candor::view
