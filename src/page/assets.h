// The stylesheet, the script and the icons, as embedded at build time from src/page/assets/.
//
// Style and script live under paths that contain a digest of their bytes, so that they may be
// cached for ever and a new version is never mixed with an old page.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace candor::page {

enum class Asset : std::uint8_t { kStyle, kScript };

std::string_view asset_bytes(Asset asset);
// "/assets/page-0123456789ab.css".
const std::string& asset_path(Asset asset);

}  // namespace candor::page
