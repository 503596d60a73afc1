// The page behind the link in a call: one button for whoever will answer for an incident.
//
// Plain forms that work without script. What the link proves is the caller's affair. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "page/html.h"
#include "view/pages_on_demand.h"

namespace candor::page {

struct AnswerFacts {
    IncidentId incident;
    std::string title;
    std::vector<std::string> components;  // their names
    Timestamp started;
    Timestamp owned_at;    // zero: nobody has taken it on
    Timestamp update_due;  // until when readers were promised words; zero: nothing was promised
};

// `action` is where the button leads: an address with a signed word. Only the button answers, so
// that programs that look at the links of a message do not.
Html answer_page(const view::PageFrame& frame, const AnswerFacts& facts, std::string_view action);
// The reader has it now, or had it already.
Html answered_page(const view::PageFrame& frame, const AnswerFacts& facts);

}  // namespace candor::page
