#include "web/readable_text.h"

#include <algorithm>
#include <array>

namespace candor::web {
namespace {

struct Range {
    char32_t first;
    char32_t last;
};

bool is_in(char32_t c, const auto& ranges) {
    return std::ranges::any_of(ranges, [c](Range r) { return c >= r.first && c <= r.last; });
}

// Embeddings, overrides and isolates: what follows is shown in another order than it is stored.
constexpr std::array kTurning = {Range{0x202A, 0x202E}, Range{0x2066, 0x2069}};
// No script needs these inside a text.
constexpr std::array kNeedless = {Range{0x200B, 0x200B}, Range{0xFEFF, 0xFEFF},
                                  Range{0x2060, 0x2064}};
// Spaces, joiners, marks, fillers, variation selectors and tags: nothing is seen of them alone.
constexpr std::array kBlank = {
    Range{0x0000, 0x0020}, Range{0x007F, 0x00A0}, Range{0x00AD, 0x00AD},   Range{0x034F, 0x034F},
    Range{0x061C, 0x061C}, Range{0x115F, 0x1160}, Range{0x1680, 0x1680},   Range{0x17B4, 0x17B5},
    Range{0x180B, 0x180F}, Range{0x2000, 0x200F}, Range{0x2028, 0x202F},   Range{0x205F, 0x206F},
    Range{0x2800, 0x2800}, Range{0x3000, 0x3000}, Range{0x3164, 0x3164},   Range{0xFE00, 0xFE0F},
    Range{0xFEFF, 0xFEFF}, Range{0xFFA0, 0xFFA0}, Range{0xE0000, 0xE0FFF},
};

bool is_control(char32_t c, TextKind kind) {
    if (kind == TextKind::kLines && (c == '\n' || c == '\r' || c == '\t')) return false;
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

// The character at the start of valid UTF-8, which is taken off.
char32_t take_character(std::string_view& text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = bytes == 1 ? lead : lead & (0x7FU >> bytes);
    for (std::size_t i = 1; i < std::min(bytes, text.size()); ++i) {
        c = (c << 6) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    }
    text.remove_prefix(std::min(bytes, text.size()));
    return c;
}

std::string name_of(char32_t c) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string digits;
    for (; c != 0 || digits.size() < 4; c >>= 4) digits.insert(digits.begin(), kDigits[c & 15]);
    return "U+" + digits;
}

}  // namespace

std::optional<std::string> unreadable(std::string_view text, TextKind kind) {
    bool seen = text.empty();
    while (!text.empty()) {
        const char32_t c = take_character(text);
        if (is_control(c, kind))
            return "holds the control character " + name_of(c) + "; leave it out";
        if (is_in(c, kTurning)) {
            return "holds " + name_of(c) +
                   ", which shows text in another order than it is written; leave it out";
        }
        if (kind == TextKind::kLine && is_in(c, kNeedless)) {
            return "holds " + name_of(c) + ", which nobody can see; leave it out";
        }
        seen = seen || !is_in(c, kBlank);
    }
    if (seen) return std::nullopt;
    return "holds nothing that can be seen; write some words";
}

}  // namespace candor::web
