// What /metrics says of outcomes.
//
// Pure; any thread. Names and meanings: docs/http.md.
#pragma once

#include <vector>

#include "app/outcome_thread.h"
#include "web/metrics.h"

namespace candor::app {

std::vector<web::MetricFamily> outcome_metrics(const OutcomeStats& stats);

}  // namespace candor::app
