// What Statuspage's clients are told: statuses, roll-up and ids in their words (rule 5).
//
// Never a new enum value and never `operational` on silence. The labels are Atlassian's published
// list ("Top level status and incident impact calculations").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "core/state.h"
#include "view/public_view.h"

namespace candor::view {

// A blind component keeps what it last was, if it was ever measured; every other unmeasured one is
// degraded_performance.
ComponentStatus statuspage_status(const core::ComponentState& component);

struct StatuspageRollup {
    Indicator indicator = Indicator::kNone;
    std::string description;
};
StatuspageRollup statuspage_rollup(const std::vector<ComponentView>& components,
                                   const std::vector<IncidentView>& open, Timestamp as_of);

// 12 characters [a-z0-9], stable for equal arguments: a digest of both.
std::string statuspage_id(std::string_view kind, std::string_view id);

}  // namespace candor::view
