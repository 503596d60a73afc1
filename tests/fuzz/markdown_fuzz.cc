// Posts: whatever is posted, the markup has only our own tags and allowed links, and stays bounded.

#include "base/check.h"
#include "page/markdown.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

// Escaping makes at most six bytes of one, replacing at most three; tags add a bounded rest.
constexpr std::size_t kGrowthMax = 64;

void check_markup(std::string_view markup) {
    constexpr std::string_view kTags[] = {"p",    "/p",    "ul",     "/ul",     "ol", "/ol",
                                          "li",   "/li",   "strong", "/strong", "em", "/em",
                                          "code", "/code", "br",     "/a"};
    for (std::size_t at = 0; (at = markup.find('<', at)) != std::string_view::npos; ++at) {
        const std::size_t end = markup.find('>', at);
        CHECK(end != std::string_view::npos);
        const std::string_view tag = markup.substr(at + 1, end - at - 1);
        bool known = tag.starts_with("a href=\"http://") || tag.starts_with("a href=\"https://") ||
                     tag.starts_with("a href=\"mailto:");
        for (const std::string_view one : kTags) known |= tag == one;
        CHECK(known);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace candor::page;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const MarkdownForm form : {MarkdownForm::kBlocks, MarkdownForm::kInline}) {
        const Html out = render_markdown(text, form);
        CHECK(out.bytes().size() <= 100 + kGrowthMax * std::min(size, kMarkdownBytesMax));
        check_markup(out.bytes());
    }
    return 0;
}
