// A small Markdown for what people post: paragraphs, lists, **strong**, *emphasis*, `code`, links.
//
// No raw HTML, no images; links only to http, https and mailto, with rel=nofollow. Time and output
// are linear in the input, whatever it holds. Pure; safe on hostile bytes (fuzz_markdown).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "page/html.h"

namespace candor::page {

// Longer posts are cut here with an ellipsis (Statuspage's bound on a body).
inline constexpr std::size_t kMarkdownBytesMax = 25'000;
inline constexpr std::size_t kLinkBytesMax = 2'000;  // a longer target is shown as text

enum class MarkdownForm : std::uint8_t {
    kBlocks,  // <p>, <ul>, <ol>
    kInline,  // one run with <br>, for feeds that wrap it in <p> themselves
};

Html render_markdown(std::string_view text, MarkdownForm form);

// True for absolute http, https and mailto URLs of printable characters.
bool is_allowed_link(std::string_view url);

}  // namespace candor::page
