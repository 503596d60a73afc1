#include "page/markdown.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace candor::page {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool starts_with_nocase(std::string_view text, std::string_view lower) {
    if (text.size() < lower.size()) return false;
    for (std::size_t i = 0; i < lower.size(); ++i) {
        const char c = text[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != lower[i]) return false;
    }
    return true;
}

// Finds `needle` at or after a rising position; remembers the answer, so that all searches
// together read the text once.
class ForwardSearch {
   public:
    ForwardSearch(std::string_view text, std::string_view needle) : text_(text), needle_(needle) {}

    std::size_t from(std::size_t at) {
        if (!known_ || (found_ != std::string_view::npos && found_ < at)) {
            found_ = text_.find(needle_, at);
            known_ = true;
        }
        return found_;
    }

   private:
    std::string_view text_;
    std::string_view needle_;
    std::size_t found_ = 0;
    bool known_ = false;
};

enum class Mark : std::uint8_t { kStrong, kEmphasis };

// One block's inline text, left to right, without going back.
class InlineRenderer {
   public:
    explicit InlineRenderer(std::string_view text) : text_(text) { count_closers(); }

    Html render() {
        while (at_ < text_.size()) step();
        flush(at_);
        while (!open_.empty()) close_top();
        return std::move(out_);
    }

   private:
    bool is_double(std::size_t i) const {
        return text_[i] == '*' && i + 1 < text_.size() && text_[i + 1] == '*';
    }
    bool can_open(std::size_t after) const {
        return after < text_.size() && !is_space(text_[after]);
    }
    bool can_close(std::size_t i) const { return i > 0 && !is_space(text_[i - 1]); }

    void count_closers() {
        for (std::size_t i = 0; i < text_.size(); ++i) {
            if (text_[i] != '*') continue;
            const bool twice = is_double(i);
            if (can_close(i)) ++closers_left_[twice ? 0 : 1];
            if (twice) ++i;
        }
    }

    void step() {
        const char c = text_[at_];
        if (c == '*') return star();
        if (c == '`') return code();
        if (c == '[') return link();
        if (c == '\n') return line_break();
        const bool word_start = at_ == 0 || is_space(text_[at_ - 1]) || text_[at_ - 1] == '(';
        if (c == 'h' && word_start && bare_link()) return;
        ++at_;
    }

    void flush(std::size_t end) {
        out_.add(text_.substr(start_, end - start_));
        start_ = end;
    }
    void skip_to(std::size_t next) {
        flush(at_);
        at_ = next;
        start_ = next;
    }

    void star() {
        const bool twice = is_double(at_);
        const Mark mark = twice ? Mark::kStrong : Mark::kEmphasis;
        const std::size_t next = at_ + (twice ? 2 : 1);
        std::size_t& closers = closers_left_[twice ? 0 : 1];
        const bool closes = can_close(at_);
        if (closes) --closers;
        if (closes && !open_.empty() && open_.back() == mark) {
            skip_to(next);
            return close_top();
        }
        const bool already = std::find(open_.begin(), open_.end(), mark) != open_.end();
        if (already || !can_open(next) || closers == 0) {
            at_ = next;  // stays text
            return;
        }
        skip_to(next);
        open_.push_back(mark);
        out_.add(twice ? "<strong>"_html : "<em>"_html);
    }

    void close_top() {
        out_.add(open_.back() == Mark::kStrong ? "</strong>"_html : "</em>"_html);
        open_.pop_back();
    }

    void code() {
        const std::size_t end = tick_.from(at_ + 1);
        if (end == std::string_view::npos || end == at_ + 1) {
            ++at_;
            return;
        }
        const std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
        skip_to(end + 1);
        out_.add("<code>"_html, inside, "</code>"_html);
    }

    void link() {
        const std::size_t middle = link_middle_.from(at_);
        const std::size_t end =
            middle == std::string_view::npos ? middle : parenthesis_.from(middle + 2);
        if (end == std::string_view::npos || middle == at_ + 1) {
            ++at_;
            return;
        }
        const std::string_view label = text_.substr(at_ + 1, middle - at_ - 1);
        const std::string_view url = text_.substr(middle + 2, end - middle - 2);
        if (label.find('[') != std::string_view::npos || !is_allowed_link(url)) {
            ++at_;
            return;
        }
        skip_to(end + 1);
        add_link(url, label);
    }

    bool bare_link() {
        const std::string_view rest = text_.substr(at_, kLinkBytesMax + 1);
        if (!rest.starts_with("https://") && !rest.starts_with("http://")) return false;
        std::size_t size = 0;
        while (size < rest.size() && !is_space(rest[size]) &&
               std::string_view("<>\"'`*[]").find(rest[size]) == std::string_view::npos) {
            ++size;
        }
        while (size > 0 &&
               std::string_view(".,;:!?)").find(rest[size - 1]) != std::string_view::npos) {
            --size;
        }
        const std::string_view url = rest.substr(0, size);
        if (!is_allowed_link(url)) return false;
        skip_to(at_ + size);
        add_link(url, url);
        return true;
    }

    void add_link(std::string_view url, std::string_view label) {
        out_.add("<a href=\""_html, url, "\" rel=nofollow>"_html, label, "</a>"_html);
    }

    void line_break() {
        skip_to(at_ + 1);
        out_.add("<br>"_html);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t start_ = 0;  // of the text not yet written
    std::size_t closers_left_[2] = {0, 0};
    std::vector<Mark> open_;
    ForwardSearch tick_{text_, "`"};
    ForwardSearch link_middle_{text_, "]("};
    ForwardSearch parenthesis_{text_, ")"};
    Html out_;
};

enum class BlockKind : std::uint8_t { kParagraph, kBullets, kNumbers };

struct Block {
    BlockKind kind = BlockKind::kParagraph;
    std::vector<std::string> items;  // one for a paragraph
};

std::string_view trim(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

// The item's text when `line` begins one.
std::optional<std::pair<BlockKind, std::string_view>> item_of(std::string_view line) {
    if (line.starts_with("- ") || line.starts_with("* ")) {
        return std::pair{BlockKind::kBullets, trim(line.substr(2))};
    }
    std::size_t digits = 0;
    while (digits < line.size() && digits < 3 && line[digits] >= '0' && line[digits] <= '9') {
        ++digits;
    }
    if (digits > 0 && line.substr(digits).starts_with(". ")) {
        return std::pair{BlockKind::kNumbers, trim(line.substr(digits + 2))};
    }
    return std::nullopt;
}

std::vector<Block> split_blocks(std::string_view text) {
    std::vector<Block> blocks;
    bool fresh = true;  // the next line starts a block
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = trim(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty()) {
            fresh = true;
            continue;
        }
        if (const auto item = item_of(line)) {
            if (fresh || blocks.back().kind != item->first) blocks.push_back({item->first, {}});
            blocks.back().items.emplace_back(item->second);
        } else if (fresh) {
            blocks.push_back({BlockKind::kParagraph, {std::string(line)}});
        } else {
            blocks.back().items.back() += '\n' + std::string(line);
        }
        fresh = false;
    }
    return blocks;
}

void add_block(Html& out, const Block& block) {
    if (block.kind == BlockKind::kParagraph) {
        out.add("<p>"_html, InlineRenderer(block.items[0]).render(), "</p>"_html);
        return;
    }
    const bool bullets = block.kind == BlockKind::kBullets;
    out.add(bullets ? "<ul>"_html : "<ol>"_html);
    for (const std::string& item : block.items) {
        out.add("<li>"_html, InlineRenderer(item).render(), "</li>"_html);
    }
    out.add(bullets ? "</ul>"_html : "</ol>"_html);
}

void add_inline(Html& out, const Block& block) {
    bool first = true;
    for (const std::string& item : block.items) {
        if (!first) out.add("<br>"_html);
        first = false;
        if (block.kind != BlockKind::kParagraph) out.add("• "_html);
        out.add(InlineRenderer(item).render());
    }
}

// At most kMarkdownBytesMax bytes, never inside a character.
std::string_view bounded(std::string_view text) {
    if (text.size() <= kMarkdownBytesMax) return text;
    std::size_t end = kMarkdownBytesMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;
    return text.substr(0, end);
}

}  // namespace

Html render_markdown(std::string_view text, MarkdownForm form) {
    const std::string_view kept = bounded(text);
    Html out;
    for (const Block& block : split_blocks(kept)) {
        if (form == MarkdownForm::kBlocks) {
            add_block(out, block);
        } else {
            if (!out.empty()) out.add("<br><br>"_html);
            add_inline(out, block);
        }
    }
    if (kept.size() < text.size()) {
        out.add(form == MarkdownForm::kBlocks ? "<p>…</p>"_html : "…"_html);
    }
    return out;
}

bool is_allowed_link(std::string_view url) {
    if (url.size() > kLinkBytesMax) return false;
    for (const char c : url) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7F || c == '<' || c == '>' || c == '"' || c == '\\') {
            return false;
        }
    }
    constexpr std::string_view kSchemes[] = {"http://", "https://", "mailto:"};
    for (const std::string_view scheme : kSchemes) {
        if (starts_with_nocase(url, scheme) && url.size() > scheme.size()) return true;
    }
    return false;
}

}  // namespace candor::page
