// The bounds of what people write, checked before it is sealed.
//
// Not a filter: what is said is up to them. Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace candor::engine {

inline constexpr std::size_t kTitleBytesMax = 240;

// kInvalid when blank, kTooLarge beyond `bytes_max`; names the field.
Result<void> check_text(const std::string& text, std::string_view field, std::size_t bytes_max);

}  // namespace candor::engine
