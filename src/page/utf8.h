// Which bytes are a character: UTF-8 as RFC 3629 has it, without surrogates and overlong forms.
//
// Also refuses U+FFFE and U+FFFF, which XML 1.0 forbids. Pure.
#pragma once

#include <cstddef>
#include <string_view>

namespace candor::page {

// Bytes of the character at the start of `text`, which is not empty; 0 when it is malformed.
std::size_t utf8_length(std::string_view text);

}  // namespace candor::page
