// `?cursor=&limit=` of the API's lists: where to go on, and how many.
//
// A cursor is opaque to clients. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace candor::web {

inline constexpr std::size_t kPageLimit = 50;
inline constexpr std::size_t kPageLimitMax = 200;
inline constexpr std::size_t kCursorBytesMax = 64;

struct PageRequest {
    std::string cursor;  // "": from the start
    std::size_t limit = kPageLimit;
};

// kInvalid for another parameter, a limit outside 1..200, or a cursor that is none of ours.
Result<PageRequest> parse_page(std::string_view query);

}  // namespace candor::web
