// A component's bars as one small inline SVG: a few runs of colour, cut into bars by a clip shape
// that stands once per page, so that a year without trouble costs some 150 bytes.
// Colour is never alone: every bar of trouble has a title, the whole has a label. Pure.
#pragma once

#include <cstddef>
#include <vector>

#include "base/time.h"
#include "page/html.h"
#include "view/public_view.h"

namespace candor::page {

// The shape that add_bars_svg() refers to; once per page and bar count.
Html bars_clip(std::size_t bars);

// `step` tells how to name a bar: by its day, or by its start.
void add_bars_svg(Html& out, const std::vector<view::Bar>& bars, Duration step);

// "90 days: partial outage on 1 day, not measured on 85 days": what the picture says.
std::string bars_words(const std::vector<view::Bar>& bars, Duration step);

}  // namespace candor::page
