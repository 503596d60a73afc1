// Components as rows of the front page, grouped into cards.
//
// Few components are roomy; many are compact, with groups that are well folded away, so that
// trouble is what the eye finds. Pure; shows nothing that ComponentView does not hold.
#pragma once

#include "page/html.h"
#include "view/public_view.h"

namespace candor::page {

enum class Density : std::uint8_t { kRoomy, kCompact };

// Neutral while only a rehearsal makes it look bad.
Markup class_of(const view::ComponentView& component);

// Appends, as there are thousands of rows.
void add_component_row(Html& out, const view::ComponentView& component, Timestamp as_of,
                       Density density);

// A top-level group with everything inside it.
Html group_card(const view::PublicView& view, const view::GroupView& group, Density density);

}  // namespace candor::page
