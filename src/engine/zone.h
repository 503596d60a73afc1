// The system's zone table by name, and the instants of times on a wall.
//
// Not the core's business: it is handed instants. Safe from any thread; the table is read once.
#pragma once

#include <string_view>

#include "base/time.h"

namespace date {
class time_zone;
}

namespace candor::engine {

// Null when the zone table has no such name. Lives as long as the process.
const date::time_zone* find_zone(std::string_view name);

// When a wall in the zone shows `second` of the local day `day` (days since 1970-01-01): the first
// time when it is shown twice; when it is skipped, the instant at which the gap ends.
Timestamp instant_of(const date::time_zone& zone, std::int64_t day, std::int64_t second);

}  // namespace candor::engine
