// The operators' console as embedded at build time from console/: page, style, script and icon.
//
// Style and script live under paths that hold a digest of their bytes, so they may be cached for
// ever; the page that names them may not be cached. Immutable after the first call; any thread.
#pragma once

#include <string>
#include <string_view>

#include "web/response.h"

namespace candor::web {

// The answer to a path below /console; 404 in plain words for what is not part of it.
Answer answer_console(std::string_view path, std::string_view accept_encoding);

}  // namespace candor::web
