// One component over a range: its status, bars, uptime, latency and the incidents that named it.
#pragma once

#include "page/html.h"
#include "view/pages_on_demand.h"

namespace candor::page {

Html component_page(const view::ComponentDetailView& view);

}  // namespace candor::page
