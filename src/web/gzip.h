// One-shot gzip of small answers that are made per request (metrics).
//
// Not for pages: those are compressed once, when they are rendered. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace candor::web {

// zlib's fastest level; "" when zlib refuses.
std::string gzip_bytes(std::string_view bytes);

}  // namespace candor::web
