// Maintenance windows as iCalendar (RFC 5545, RFC 7986): /maintenance.ics.
//
// One event per window, also for recurring ones, in UTC; those called off stay, as CANCELLED, so
// that calendars take them out. Bytes change only when a window does. Pure.
#pragma once

#include <string>
#include <string_view>

#include "view/public_view.h"

namespace candor::page {

std::string calendar(const view::PublicView& view);

// One content line, folded at 75 octets between characters, with
// CRLF at its end (RFC 5545 §3.1).
std::string content_line(std::string_view line);
// TEXT as §3.3.11 wants it: \ ; , and line ends escaped, other controls left out.
std::string escape_calendar_text(std::string_view text);

}  // namespace candor::page
