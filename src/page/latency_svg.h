// The latency plot: median and 95th percentile over time as one inline SVG with words on its axes.
//
// Gaps in measurement are gaps in the line, never bridged. Pure integer arithmetic, so that
// equal values give equal bytes.
#pragma once

#include <vector>

#include "base/time.h"
#include "page/html.h"
#include "view/pages_on_demand.h"

namespace candor::page {

// More points than this are thinned by keeping each step's largest values, so that no spike is
// lost.
inline constexpr std::size_t kLatencyPointsMax = 400;

// Empty when no point holds a measurement.
Html latency_svg(const std::vector<view::LatencyPoint>& points, Duration step, Timestamp as_of);

}  // namespace candor::page
