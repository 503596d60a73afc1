// The beginning of a long post, for a card that links to the whole of it.
//
// Ends at the end of a word, so that neither a word nor a character is cut in two; not a Markdown
// parser: emphasis that was opened and is cut off shows its mark. Pure.
#pragma once

#include <cstddef>
#include <string_view>

namespace candor::page {

// `text` itself when it has at most `characters_max` characters, else as many whole words of it as
// fit; a text without a space in it is cut between two characters.
std::string_view excerpt(std::string_view text, std::size_t characters_max);

}  // namespace candor::page
