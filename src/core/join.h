// One trouble, one incident (rule 9): which incident a component's new trouble belongs to.
//
// Only answers; opening, joining and re-opening are done in core/incidents.h. Never leads private
// trouble into a public incident. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/state.h"
#include "model/ids.h"

namespace candor::core {

inline constexpr Duration kJoinNeighbours = minutes(2);
inline constexpr Duration kJoinMany = seconds(60);
inline constexpr std::size_t kJoinManyComponents = 3;
inline constexpr Duration kReopenWithin = minutes(30);
// Newest incidents looked at for a re-opening: bounds the work when everything turns at once.
inline constexpr std::size_t kReopenScanMax = 200;

// The open public incidents that already name the component, newest first; and the newest.
std::vector<IncidentId> incidents_naming(const State& state, const ComponentId& component);
std::optional<IncidentId> incident_naming(const State& state, const ComponentId& component);

// A public incident that names it and was resolved at most kReopenWithin ago; the newest.
std::optional<IncidentId> incident_to_reopen(const State& state, const ComponentId& component,
                                             Timestamp at);

// An open public incident with a component that joined within kJoinNeighbours and is in the same
// group, or linked by a depends_on edge either way; or, when `turning` components turn at
// once (in this decision and the last kJoinMany), the newest one opened within kJoinMany.
std::optional<IncidentId> incident_to_join(const State& state, const ComponentId& component,
                                           std::size_t turning, Timestamp at);

// How many distinct components joined public incidents within kJoinMany before `at`.
std::size_t recently_joined(const State& state, Timestamp at);

}  // namespace candor::core
