// Immutable bytes for every URL a crowd asks for, rendered for one position and one as-of time.
//
// Built by page, served by web from memory without copying. A Site never changes after it was
// published: the next position is a new Site that shares unchanged resources.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/time.h"
#include "page/path_map.h"
#include "view/public_view.h"

namespace candor::page {

// How long intermediaries may keep an answer (docs/http.md).
enum class CacheClass : std::uint8_t {
    kPage,       // public, max-age=5, stale-while-revalidate=30, stale-if-error=86400
    kApi,        // public, max-age=5; with Access-Control-Allow-Origin: *
    kImmutable,  // public, max-age=31536000, immutable: assets under a content-hashed path
    kNoStore,    // no-store
};

// One representation's bytes; empty optional encodings are simply not offered.
struct Resource {
    std::string content_type;
    CacheClass cache = CacheClass::kPage;
    std::string identity;
    std::string gzip;    // "" when not worth it
    std::string brotli;  // "" when not worth it
    std::string etag;    // strong, quoted, of the identity bytes; encodings append -gz and -br
    int status = 200;
    bool is_smallest = false;  // encoded as small as it gets; later passes leave it
};

using ResourcePtr = std::shared_ptr<const Resource>;

struct Site {
    Position position = 0;
    Timestamp as_of;
    // Keyed by path without query: "/", "/incidents/abc", "/api/v2/summary.json".
    PathMap<ResourcePtr> resources;
    ResourcePtr not_found;    // 404 page
    ResourcePtr unavailable;  // 503 page
};

using SitePtr = std::shared_ptr<const Site>;

}  // namespace candor::page
