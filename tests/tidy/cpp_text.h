// C++ source with everything that is not code blanked out, so that scanners can count braces.
//
// Not a parser: it knows comments, string and character literals (raw strings too) and
// preprocessor lines, nothing else. Line breaks are kept, so positions stay true.
#pragma once

#include <string>
#include <string_view>

namespace candor::tidy {

// Comments, literals' contents and preprocessor lines become spaces; length is unchanged.
std::string code_only(std::string_view source);

// 1-based line of a byte offset.
int line_of(std::string_view text, std::size_t offset);

// Offset of `word` as a whole identifier at or after `from`; npos when there is none.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from = 0);

}  // namespace candor::tidy
