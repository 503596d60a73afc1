#include "tests/tidy/cpp_text.h"

#include <algorithm>
#include <cctype>

namespace candor::tidy {
namespace {

bool is_word_char(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

void blank(std::string& out, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < std::min(to, out.size()); ++i) {
        if (out[i] != '\n') out[i] = ' ';
    }
}

std::size_t end_of_line(std::string_view s, std::size_t at) {
    const std::size_t end = s.find('\n', at);
    return end == std::string_view::npos ? s.size() : end;
}

// A directive with its continued lines.
std::size_t end_of_directive(std::string_view s, std::size_t at) {
    std::size_t end = end_of_line(s, at);
    while (end < s.size() && end > 0 && s[end - 1] == '\\') end = end_of_line(s, end + 1);
    return end;
}

std::size_t end_of_quoted(std::string_view s, std::size_t at) {
    const char quote = s[at];
    std::size_t i = at + 1;
    while (i < s.size() && s[i] != quote && s[i] != '\n') i += s[i] == '\\' ? 2 : 1;
    return std::min(i + 1, s.size());
}

// `at` is the opening quote of R"tag( … )tag".
std::size_t end_of_raw(std::string_view s, std::size_t at) {
    const std::size_t open = s.find('(', at);
    if (open == std::string_view::npos) return s.size();
    const std::string close = ")" + std::string(s.substr(at + 1, open - at - 1)) + "\"";
    const std::size_t end = s.find(close, open);
    return end == std::string_view::npos ? s.size() : end + close.size();
}

bool opens_raw(std::string_view s, std::size_t quote) {
    return quote > 0 && s[quote - 1] == 'R' && (quote == 1 || !is_word_char(s[quote - 2]));
}

// A quote between digits separates them: 300'000.
bool separates_digits(std::string_view s, std::size_t at) {
    return at > 0 && std::isxdigit(static_cast<unsigned char>(s[at - 1])) != 0 &&
           at + 1 < s.size() && std::isxdigit(static_cast<unsigned char>(s[at + 1])) != 0;
}

bool starts_line(std::string_view s, std::size_t at) {
    while (at > 0 && (s[at - 1] == ' ' || s[at - 1] == '\t')) --at;
    return at == 0 || s[at - 1] == '\n';
}

// The end of the non-code that begins at `at`, or `at` when code begins there.
std::size_t skip_non_code(std::string_view s, std::size_t at) {
    if (s.substr(at, 2) == "//") return end_of_line(s, at);
    if (s.substr(at, 2) == "/*") {
        const std::size_t end = s.find("*/", at + 2);
        return end == std::string_view::npos ? s.size() : end + 2;
    }
    if (s[at] == '#' && starts_line(s, at)) return end_of_directive(s, at);
    if (s[at] == '"') return opens_raw(s, at) ? end_of_raw(s, at) : end_of_quoted(s, at);
    if (s[at] == '\'' && !separates_digits(s, at)) return end_of_quoted(s, at);
    return at;
}

}  // namespace

std::string code_only(std::string_view source) {
    std::string out(source);
    for (std::size_t i = 0; i < source.size();) {
        const std::size_t end = skip_non_code(source, i);
        if (end == i) {
            ++i;
            continue;
        }
        const bool literal = source[i] == '"' || source[i] == '\'';
        blank(out, literal ? i + 1 : i, literal ? end - 1 : end);
        i = end;
    }
    return out;
}

int line_of(std::string_view text, std::size_t offset) {
    return 1 + static_cast<int>(
                   std::count(text.begin(), text.begin() + static_cast<long>(offset), '\n'));
}

std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
    for (std::size_t at = text.find(word, from); at != std::string_view::npos;
         at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !is_word_char(text[at - 1])) &&
            (end == text.size() || !is_word_char(text[end]))) {
            return at;
        }
    }
    return std::string_view::npos;
}

}  // namespace candor::tidy
