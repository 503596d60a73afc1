// The document around every page: head, header, footer. Nothing here needs script or style inline,
// so the strict Content-Security-Policy of docs/page.md holds.
// Not the place for anything that knows a component or an incident. Pure.
#pragma once

#include <string>

#include "page/html.h"
#include "view/pages_on_demand.h"

namespace candor::page {

enum class Refresh : std::uint8_t {
    kLive,   // refreshes itself and says when it has gone stale
    kStill,  // the past: never refreshes, never stale
};

struct Document {
    std::string title;        // of the window; the page's name is added
    std::string description;  // for link previews
    Markup tone = "un"_html;  // icon and accent
    Refresh refresh = Refresh::kLive;
    bool as_of_in_footer = true;  // still pages that are true for ever leave it out
    Html main;
};

Html render_document(const view::PageFrame& frame, const Document& document);

// The banner's card, shared by every page that has one sentence to say first.
Html banner_card(Markup tone, std::string_view headline, const Html& detail);

// An absolute URL when the page's own is configured, else the path.
std::string absolute_url(const view::PageFacts& page, std::string_view path);

}  // namespace candor::page
