// The engine's numbers as metric families, for /metrics (docs/http.md lists them).
//
// Pure: what a scrape sees is one published position, never a half-updated state.
#pragma once

#include <string>
#include <vector>

#include "engine/engine.h"
#include "web/metrics.h"

namespace candor::app {

// No component, check or customer is a label: their number is not ours to choose.
std::vector<web::MetricFamily> engine_metrics(const engine::Published& published,
                                              const std::string& version);

}  // namespace candor::app
