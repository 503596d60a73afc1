// Trouble of exactly one customer (rule 3): a private incident, never a public status.
//
// It is promoted by settle_incidents (core/incidents.h) when the second customer is hit.
#pragma once

#include <optional>
#include <vector>

#include "core/draft.h"
#include "model/ids.h"

namespace candor::core {

// The open private incident that names the component; the oldest when there are several.
std::optional<IncidentId> private_incident_of(const State& state, const ComponentId& component);

// Opens a private incident for each customer whose verdict fails on a component that is not public
// trouble, and resolves those whose verdict has recovered.
void settle_private(Draft& draft, const std::vector<ComponentId>& components);

}  // namespace candor::core
