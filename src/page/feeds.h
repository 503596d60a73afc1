// Atom (RFC 4287) and RSS 2.0 with one entry per incident, rewritten in place as it develops.
//
// Shapes as Statuspage's, so that feed readers and chat apps that know those keep working. The
// feed's own time is its newest incident's change, so an unchanged feed keeps its bytes.
#pragma once

#include <string>

#include "view/public_view.h"

namespace candor::page {

std::string atom_feed(const view::PublicView& view);
std::string rss_feed(const view::PublicView& view);

}  // namespace candor::page
