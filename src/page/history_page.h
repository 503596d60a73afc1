// One month of incidents, with links to the months around it.
//
// Rendered on request by the reader behind /history. Still: it never refreshes itself, and
// says "now" nowhere. Pure.
#pragma once

#include "page/html.h"
#include "view/pages_on_demand.h"

namespace candor::page {

Html history_page(const view::HistoryView& view);

}  // namespace candor::page
