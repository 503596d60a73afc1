// The bars under a component's name: its counted history cut into equal steps (rule 12).
//
// Every number comes from core/uptime.h; steps that one status covers are filled without asking.
#pragma once

#include <cstddef>
#include <vector>

#include "base/time.h"
#include "core/timeline.h"
#include "view/pages_on_demand.h"
#include "view/public_view.h"

namespace candor::view {

// Oldest first; the last bar ends at `as_of`.
std::vector<Bar> build_bars(const core::Timeline& timeline, const BarScale& scale, Timestamp as_of);

// The sum over all bars, and how many there are.
core::Tally total_of(const std::vector<Bar>& bars);
std::size_t bar_count(const std::vector<Bar>& bars);

}  // namespace candor::view
