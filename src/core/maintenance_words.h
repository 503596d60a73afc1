// The machine's sentences about maintenance windows: plain, specific, made of public names.
//
// Stored as written, like core/words.h. Times are UTC.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "core/maintenance_state.h"

namespace candor::core {

// "22:00 UTC on 1 May 2026"
std::string maintenance_time(Timestamp t);

std::string scheduled_text(const MaintenanceState& window);
std::string moved_text(const MaintenanceState& before, const MaintenanceState& after);
// `in_trouble` are names of components that the window does not touch (rule 1).
std::string begun_text(const MaintenanceState& window, const std::vector<std::string>& in_trouble);
std::string over_text(const MaintenanceState& window, Timestamp at,
                      const std::vector<std::string>& failing);
std::string called_off_text();

}  // namespace candor::core
