// Is a text from outside something that a reader can read? Characters that nobody sees, or that
// turn the writing direction around, make a title say other things than it seems to.
//
// Not about meaning, length or language: joiners and direction marks that scripts need are left
// alone. Takes valid UTF-8. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace candor::web {

enum class TextKind : unsigned char {
    kLine,   // a title: one line
    kLines,  // a post: line ends and tabs as well
};

// What is wrong, as the end of a sentence that begins with the member's name, such as
// "holds U+202E, which …; leave it out"; nothing for a good text. The empty text is good.
std::optional<std::string> unreadable(std::string_view text, TextKind kind);

}  // namespace candor::web
