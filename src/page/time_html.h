// Instants and sentences as HTML: UTC words inside <time datetime>, which the page's script puts
// into the reader's zone. Without script they stay what they are: true, in UTC.
// Nothing here knows a time zone. Pure.
#pragma once

#include "base/time.h"
#include "page/html.h"
#include "view/sentence.h"

namespace candor::page {

// "21:03:12 UTC", with the date in front on another day than `as_of`.
Html instant_html(Timestamp t, Timestamp as_of);
// Always with the date: "4 April 2026, 21:03:12 UTC".
Html full_instant_html(Timestamp t);
// "21:30 UTC" on the day of `as_of`: for promises, where seconds would pretend precision.
Html minute_html(Timestamp t, Timestamp as_of);
// The same two for the end of a span: the date only on another day than `from`, in the reader's
// zone too.
Html instant_after_html(Timestamp t, Timestamp from);
Html minute_after_html(Timestamp t, Timestamp from);
// "4 April 2026, 21:30 UTC"
Html full_minute_html(Timestamp t);
// "4 April 2026".
Html date_html(Timestamp t);
Html sentence_html(const view::Sentence& sentence, Timestamp as_of);

}  // namespace candor::page
