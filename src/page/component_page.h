// One component over a range: its status, bars, uptime, latency and the incidents that named it.
//
// Rendered on request, because its latency series is read from the store. Not the front
// page's row (component_html.h). Pure.
#pragma once

#include "page/html.h"
#include "view/pages_on_demand.h"

namespace candor::page {

Html component_page(const view::ComponentDetailView& view);

}  // namespace candor::page
