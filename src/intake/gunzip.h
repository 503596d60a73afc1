// Inflates one gzip body within a bound (RFC 1952).
//
// Several members behind each other are one body, as the RFC says. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace candor::intake {

// kTooLarge beyond `bytes_max`, found before more than that is inflated; kInvalid for anything that
// is not whole gzip. The result has spare capacity for a parser's padding.
Result<std::string> gunzip(std::string_view packed, std::size_t bytes_max);

}  // namespace candor::intake
