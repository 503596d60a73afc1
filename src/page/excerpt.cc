#include "page/excerpt.h"

#include "page/utf8.h"

namespace candor::page {

std::string_view excerpt(std::string_view text, std::size_t characters_max) {
    std::size_t end = 0;
    for (std::size_t n = 0; end < text.size(); ++n) {
        if (n == characters_max) break;
        const std::size_t bytes = utf8_length(text.substr(end));
        end += bytes == 0 ? 1 : bytes;
    }
    if (end >= text.size()) return text;
    constexpr std::string_view kBlanks = " \t\r\n";
    // The blank behind the last word may be the first character that does not fit.
    const std::size_t blank = text.substr(0, end + 1).find_last_of(kBlanks);
    if (blank == std::string_view::npos) return text.substr(0, end);
    const std::size_t word = text.substr(0, blank).find_last_not_of(kBlanks);
    return word == std::string_view::npos ? text.substr(0, end) : text.substr(0, word + 1);
}

}  // namespace candor::page
