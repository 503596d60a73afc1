// Maintenance windows as HTML: the home page's section, a row of the history, a window's own page.
//
// Says what is planned and what happened; which checks may fail is not for strangers. Pure.
#pragma once

#include <string_view>

#include "page/html.h"
#include "view/pages_on_demand.h"
#include "view/public_view.h"

namespace candor::page {

// The home page shows what is to come this far ahead; the calendar has all of it.
inline constexpr Duration kUpcomingShownAhead = days(14);
inline constexpr std::size_t kUpcomingShown = 20;

std::string_view words_for(MaintenancePhase phase);  // "Planned", "In progress", …

// Empty when nothing is on and nothing comes soon.
Html maintenance_section(const view::PublicView& view);
Html maintenance_row(const view::MaintenanceView& maintenance, Timestamp as_of);
Html maintenance_page(const view::PageFrame& frame, const view::MaintenanceView& maintenance);

// One post's words, also for feeds.
Html maintenance_words(const view::MaintenanceUpdateView& update, bool inline_only);

}  // namespace candor::page
