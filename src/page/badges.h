// Badges for other people's pages: SVG in the shape of shields.io, and its endpoint JSON.
//
// Text first, colour second; the words are Statuspage's labels for the whole page and ours for a
// component. The endpoint JSON holds no key that shields.io does not know: it rejects such.
#pragma once

#include <string>
#include <string_view>

#include "view/public_view.h"

namespace candor::page {

struct Badge {
    std::string label;
    std::string message;
    std::string_view color;  // "#3c8d5c"
};

Badge page_badge(const view::PublicView& view);
Badge component_badge(const view::ComponentView& component);

std::string badge_svg(const Badge& badge);
std::string badge_json(const Badge& badge);

// The page's icon: a filled circle in the colour of `tone` ("op", "ma", …).
std::string icon_svg(std::string_view tone);

}  // namespace candor::page
