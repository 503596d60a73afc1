// One maintenance window's public face.
//
// Which checks it expects to fail is not a member: what is watched is nobody's business. Human
// texts come through the caller's lookup and may be gone. Pure apart from that lookup.
#pragma once

#include <vector>

#include "core/state.h"
#include "view/build_public_view.h"
#include "view/incident_view.h"
#include "view/public_view.h"

namespace candor::view {

MaintenanceView build_maintenance(const core::MaintenanceState& window, const ComponentNames& names,
                                  const ViewOptions& options);

// Those in progress, then those to come, then those over (newest first, bounded).
void add_maintenances(PublicView& view, const core::State& state, const ComponentNames& names,
                      const ViewOptions& options);

// Windows that began in [from, to), newest first.
std::vector<MaintenanceView> maintenances_between(const core::State& state,
                                                  const ViewOptions& options, Timestamp from,
                                                  Timestamp to);

// "Maintenance; checks failing since 21:03:12 UTC. Planned to end at …": of a component that is
// under maintenance now.
Sentence maintenance_sentence(const core::State& state, const ComponentId& component);

}  // namespace candor::view
