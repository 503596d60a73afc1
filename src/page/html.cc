#include "page/html.h"

#include "page/utf8.h"

namespace candor::page {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_plain(unsigned char c) {
    if (c >= 0x80 || c < 0x20 || c == 0x7F) return c == '\n' || c == '\t';
    return c != '&' && c != '<' && c != '>' && c != '"' && c != '\'';
}

// The escape of an ASCII character that is not plain.
std::string_view escape_of(char c) {
    switch (c) {
        case '&': return "&amp;";
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '"': return "&quot;";
        case '\'': return "&#39;";
        case '\r': return "\n";
        default: return kReplacement;
    }
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        std::size_t end = i;
        while (end < text.size() && is_plain(static_cast<unsigned char>(text[end]))) ++end;
        out.append(text, i, end - i);
        if (end == text.size()) return;
        i = end;
        if (static_cast<unsigned char>(text[i]) < 0x80) {
            out += escape_of(text[i]);
            ++i;
            continue;
        }
        const std::size_t length = utf8_length(text.substr(i));
        if (length == 0) {
            out += kReplacement;
            ++i;
        } else {
            out.append(text, i, length);
            i += length;
        }
    }
}

}  // namespace candor::page
