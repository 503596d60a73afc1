// The words and CSS classes for statuses and phases: colour is only ever an accent beside a word.
//
// The one place where a status becomes a public word in HTML and badges; Statuspage's wire words
// are name_of() (model/status.h). Pure.
#pragma once

#include <string>
#include <string_view>

#include "page/html.h"
#include "view/public_view.h"

namespace candor::page {

std::string_view words_for(ComponentStatus status);  // "Partial outage"
std::string_view words_for(IncidentPhase phase);     // "Investigating"
// How an incident as a whole is called: by its worst, or "Incident" when nothing was hit.
std::string_view incident_words(ComponentStatus worst);

// A class that carries the status's colour: "op" "mt" "un" "dg" "pa" "ma".
Markup class_of(ComponentStatus status);
// The banner's: green only for all_good.
Markup tone_of(const view::Banner& banner);

// "99.982 %", cut not rounded; "100 %" only for no down time at all; "measured for 4 min" while
// that is too little for a share; "not measured" for nothing.
std::string uptime_words(const view::ComponentView& component);

}  // namespace candor::page
