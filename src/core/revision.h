// Revisions of what operators change: they tell whether anything was decided about it in between.
//
// Made of everything that the state holds of the thing, so what the machine decided counts as well
// as what people did. Observations are no decisions and do not count. Stable between two starts of
// one version only. Pure.
#pragma once

#include <string>

#include "core/state.h"

namespace candor::core {

inline constexpr std::size_t kRevisionDigits = 16;

std::string revision_of(const IncidentState& incident);
std::string revision_of(const MaintenanceState& window);
std::string revision_of(const PagingState& paging);

}  // namespace candor::core
