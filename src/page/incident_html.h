// Incidents as cards, as a timeline of posts and as pages of their own.
//
// Every post says whether a person or the machine wrote it; only posts of people are read as
// Markdown. Pure; private incidents cannot reach this point (view/build_public_view.h).
#pragma once

#include "page/html.h"
#include "view/pages_on_demand.h"

namespace candor::page {

// An open incident on the front page: three facts, the latest post, what comes next.
Html incident_card(const view::IncidentView& incident, Timestamp as_of);

// A closed one as one row: title, what it was, how long.
Html incident_row(const view::IncidentView& incident);

// The permalink page. Closed incidents do not print the page's as-of: their record is complete.
Html incident_page(const view::PageFrame& frame, const view::IncidentView& incident);

// "1 h 3 min 47 s": from the first evidence to recovery, or to `as_of` while it lasts.
std::string incident_duration(const view::IncidentView& incident, Timestamp as_of);

}  // namespace candor::page
