// The incident object of Statuspage's subscriber webhook, with every field its readers may expect.
//
// The page's own API documents are page/statuspage_json.h's. Pure; always valid JSON.
#pragma once

#include <cstddef>
#include <string>

#include "view/public_view.h"

namespace candor::notify {

// Older posts than the newest this many are left out, so that one payload stays bounded.
inline constexpr std::size_t kPayloadUpdatesMax = 25;

std::string incident_payload(const view::PublicView& page, const view::IncidentView& incident);

}  // namespace candor::notify
