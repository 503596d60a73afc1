// What every implementation of the deliveries refuses, in one place.
//
// Pure. The bounds stand in ports/deliveries.h.
#pragma once

#include <optional>
#include <span>

#include "ports/deliveries.h"

namespace candor::store {

Result<void> check_take(std::optional<Position> now, Position next,
                        std::span<const Announcement> add);
Result<void> check_rows(std::span<const Delivery> rows);
Result<void> check_lanes(std::span<const LaneTrouble> lanes);
Result<void> check_subscriber(const Subscriber& subscriber);

}  // namespace candor::store
