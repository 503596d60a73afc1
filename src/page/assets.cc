#include "page/assets.h"

#include "base/sha256.h"
#include "page/embedded_assets.h"

namespace candor::page {
namespace {

std::string hashed_path(std::string_view bytes, std::string_view extension) {
    return "/assets/page-" + to_hex(sha256(bytes)).substr(0, 12) + std::string(extension);
}

}  // namespace

std::string_view asset_bytes(Asset asset) {
    return asset == Asset::kStyle ? kEmbeddedStyle : kEmbeddedScript;
}

const std::string& asset_path(Asset asset) {
    static const std::string kStyle = hashed_path(kEmbeddedStyle, ".css");
    static const std::string kScript = hashed_path(kEmbeddedScript, ".js");
    return asset == Asset::kStyle ? kStyle : kScript;
}

}  // namespace candor::page
