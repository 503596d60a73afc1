// The pages by which readers subscribe to mails, change what they get, and leave.
//
// Plain forms that work without script. What a link proves is the caller's affair: these print what
// they are given. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "page/html.h"
#include "view/pages_on_demand.h"

namespace candor::page {

// What a form begins with.
struct SubscribeFields {
    struct Part {
        ComponentId id;
        std::string name;
        bool chosen = false;
    };
    std::vector<Part> parts;  // in the page's order
    IncidentImpact min_impact = IncidentImpact::kNone;
    std::string mail;
    std::string problem;  // why the form comes back; empty: it does not
};

Html subscribe_page(const view::PageFrame& frame, const SubscribeFields& fields);

// `action` is where the button leads: an address with a signed word. Only the button confirms, so
// that programs that follow the links of a mail do not.
Html confirm_page(const view::PageFrame& frame, std::string_view action, std::string_view mail,
                  std::string_view choice);

struct ManageLinks {
    std::string manage;
    std::string leave;
};
Html manage_page(const view::PageFrame& frame, const ManageLinks& links,
                 const SubscribeFields& fields);
Html leave_page(const view::PageFrame& frame, const ManageLinks& links);

// A link that was never ours, or is too old.
Html link_gone_page(const view::PageFrame& frame);

// It is done, or cannot be: a headline, a sentence, and perhaps the way to change it.
Html subscribed_page(const view::PageFrame& frame, std::string_view headline,
                     std::string_view detail, std::string_view manage_link);

}  // namespace candor::page
