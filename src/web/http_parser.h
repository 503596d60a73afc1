// The strict gate: bytes in, one HTTP/1.x request head out. No sockets, no clock, no allocation
// unless a path holds percent escapes.
//
// Not lenient anywhere: what RFC 9112 lets a server repair is refused, so that no proxy in front
// can disagree with us about where a request ends. The outcome depends on the bytes alone, never on
// how they were split over reads (http_corpus_test.cc tries every split).
#pragma once

#include <cstddef>
#include <string_view>

#include "web/http_request.h"

namespace candor::web {

enum class ParseState : std::uint8_t { kNeedMore, kDone, kBad };

// Where the search for the head's end stands, so that a slow sender costs linear work.
struct HeadProgress {
    std::size_t line_start = 0;
    std::size_t searched = 0;
    std::size_t headers_start = 0;  // 0 until the request line is complete
    std::size_t headers = 0;
};

// `bytes` starts at the first byte of the request and only grows between calls with the same
// `progress`. kDone: `head` is filled, head.bytes are consumed, and `progress` is fresh again.
// kBad: `reject` says why; the connection must be closed after the answer.
ParseState parse_head(std::string_view bytes, HeadProgress& progress, RequestHead& head,
                      Reject& reject);

}  // namespace candor::web
