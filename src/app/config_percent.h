// Percentages in the configuration, as exact parts of a million.
//
// Pure; any thread. "99.9%" is 999,000; the percent sign is part of the spelling.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "app/config_node.h"
#include "app/config_value.h"

namespace candor::app {

// At most four digits behind the point; nothing for anything else, and above 100%.
std::optional<std::int64_t> parse_percent_ppm(std::string_view text);

// Of `objective`: from 50% to 99.999%, since 100% allows no failure at all.
std::optional<Complaint> check_objective(std::string_view text);

}  // namespace candor::app
