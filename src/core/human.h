// What people do to incidents: declare, post, retract, accept changed monitoring (rule 1).
//
// A person may make the light worse or add words. Nothing here can make it better while a check
// fails: such requests are refused with kConflict and change nothing.
#pragma once

#include <vector>

#include "base/result.h"
#include "core/draft.h"
#include "model/input.h"

namespace candor::core {

// Each returns the components whose light must be settled next.
Result<std::vector<ComponentId>> declare_incident(Draft& draft, const input::IncidentDeclared& in);
Result<std::vector<ComponentId>> post_update(Draft& draft, const input::UpdatePosted& in);
Result<std::vector<ComponentId>> retract_incident(Draft& draft,
                                                  const input::IncidentRetractRequested& in);
Result<std::vector<ComponentId>> accept_monitoring(Draft& draft,
                                                   const input::MonitoringAccepted& in);

}  // namespace candor::core
