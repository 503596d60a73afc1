// What people do with an incident's record: take it on, call it a drill, move its start, merge it,
// split it. And with calls: mute them for a while.
//
// None of these explains anything or makes the light better; each leaves a visible mark, and both
// histories of a merge or a split are kept. docs/decisions/030 says how far a moved start counts.
#pragma once

#include <vector>

#include "base/result.h"
#include "core/draft.h"
#include "model/input.h"

namespace candor::core {

// How far before its opening a start may be set.
inline constexpr Duration kStartBackMax = days(30);
// How long calls can be muted at once.
inline constexpr Duration kMuteMin = minutes(1);
inline constexpr Duration kMuteMax = days(7);

// Each returns the components whose light must be settled next.
Result<std::vector<ComponentId>> acknowledge_incident(Draft& draft,
                                                      const input::IncidentAcknowledged& in);
Result<std::vector<ComponentId>> mark_drill(Draft& draft, const input::DrillMarked& in);
Result<std::vector<ComponentId>> move_start(Draft& draft, const input::StartMoved& in);
Result<std::vector<ComponentId>> merge_incidents(Draft& draft, const input::IncidentsMerged& in);
Result<std::vector<ComponentId>> split_incident(Draft& draft, const input::ComponentSplitOff& in);

// Calls are muted for a minute to kMuteMax, or again let through; kConflict when they are.
Result<std::vector<ComponentId>> mute_paging(Draft& draft, const input::PagingMuteRequested& in);

}  // namespace candor::core
