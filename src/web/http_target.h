// The request target: bytes of the first line in, decoded path and raw query out. Pure.
//
// Refuses whatever two programs could read differently: encoded slashes and NUL, backslashes,
// "." and ".." segments (also encoded), empty segments, fragments, bytes outside ASCII.
// RFC 9112 §3.2, RFC 3986 §3.3.
#pragma once

#include <string_view>

#include "web/http_request.h"

namespace candor::web {

// Fills path, query, asterisk and, for the absolute form, host (to be compared with the Host
// header). False when the target is refused.
bool parse_target(std::string_view target, RequestHead& head);

// A host with an optional port, as the Host header and the absolute form have it.
bool is_valid_authority(std::string_view text);

}  // namespace candor::web
