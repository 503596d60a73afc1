#include "app/config_node.h"

#include <libfyaml.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <unordered_set>

namespace candor::app {

const Node* Node::find(std::string_view key) const {
    for (const NodeEntry& entry : entries) {
        if (entry.key == key) return &entry.value;
    }
    return nullptr;
}

Mark Node::mark_of(std::string_view key) const {
    const Node* value = find(key);
    return value == nullptr ? mark : value->mark;
}

bool Node::is_null() const {
    return kind == Kind::kScalar && plain &&
           (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL");
}

std::string_view kind_name(const Node& node) {
    switch (node.kind) {
        case Node::Kind::kScalar: return "a text";
        case Node::Kind::kMap: return "a map";
        case Node::Kind::kSequence: return "a list";
    }
    return "a text";
}

bool is_clean_utf8(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead == 0) return false;
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || text.size() - i < length) return false;
        std::uint32_t point = lead & (0xFFU >> (length + 1));
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xC0) != 0x80) return false;
            point = (point << 6) | (next & 0x3FU);
        }
        const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
        const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
        if (surrogate || overlong || point > 0x10FFFF) return false;
        i += length;
    }
    return true;
}

namespace {

struct DiagDelete {
    void operator()(fy_diag* diag) const { fy_diag_destroy(diag); }
};
struct ParserDelete {
    void operator()(fy_parser* parser) const { fy_parser_destroy(parser); }
};
using DiagPtr = std::unique_ptr<fy_diag, DiagDelete>;
using ParserPtr = std::unique_ptr<fy_parser, ParserDelete>;

std::string text_of(fy_token* token) {
    std::size_t size = 0;
    const char* text = token == nullptr ? nullptr : fy_token_get_text(token, &size);
    return text == nullptr ? std::string() : std::string(text, size);
}

Mark mark_of(fy_event* event) {
    const fy_mark* mark = fy_event_start_mark(event);
    return mark == nullptr ? Mark{} : Mark{mark->line + 1, mark->column + 1};
}

// Builds the tree from parser events with an explicit stack, so depth is a number we bound.
class TreeBuilder {
   public:
    explicit TreeBuilder(ConfigProblems& problems) : problems_(problems) {}

    // False stops the reading.
    bool take(fy_event* event) {
        switch (event->type) {
            case FYET_MAPPING_START: return open(event, Node::Kind::kMap);
            case FYET_SEQUENCE_START: return open(event, Node::Kind::kSequence);
            case FYET_MAPPING_END:
            case FYET_SEQUENCE_END: return close();
            case FYET_SCALAR: return scalar(event);
            case FYET_ALIAS:
                problems_.add(mark_of(event), "aliases (*name) are not used in this file",
                              "write the value out where it is needed");
                return false;
            case FYET_DOCUMENT_START: return document(event);
            default: return true;
        }
    }

    Node finish() {
        return std::move(root_).value_or(Node{Node::Kind::kMap, {1, 1}, false, {}, {}, {}});
    }

   private:
    struct Frame {
        Node node;
        std::optional<NodeEntry> pending;  // a map's key waiting for its value
        std::unordered_set<std::string> keys;
        bool is_key = false;  // stands for a complex key: reported, then dropped
        bool drop = false;    // the pending value belongs to a key that was reported
    };

    bool document(fy_event* event) {
        if (++documents_ == 1) return true;
        problems_.add(mark_of(event), "a second document starts here",
                      "keep the whole configuration in one document: remove the `---`");
        return false;
    }

    bool decorated(fy_event* event) {
        if (fy_event_get_anchor_token(event) != nullptr) {
            problems_.add(mark_of(event), "anchors (&name) are not used in this file",
                          "write the value out where it is needed");
            return true;
        }
        if (fy_event_get_tag_token(event) != nullptr) {
            problems_.add(mark_of(event), "tags (!name) are not used in this file",
                          "remove the tag; every field has one type already");
            return true;
        }
        return false;
    }

    bool open(fy_event* event, Node::Kind kind) {
        if (decorated(event)) return false;
        if (stack_.size() >= kConfigDepthMax) {
            problems_.add(mark_of(event),
                          "nested deeper than " + std::to_string(kConfigDepthMax) + " levels",
                          "no field of Candor nests this deep: check the indentation");
            return false;
        }
        Frame frame;
        frame.node.kind = kind;
        frame.node.mark = mark_of(event);
        if (!stack_.empty() && expects_key()) {
            problems_.add(frame.node.mark, "a key must be a word, not a map or a list",
                          "quote a text that begins with { or [");
            frame.is_key = true;
        }
        stack_.push_back(std::move(frame));
        return true;
    }

    bool close() {
        Frame frame = std::move(stack_.back());
        stack_.pop_back();
        if (frame.is_key) {
            stack_.back().pending = NodeEntry{"", frame.node.mark, {}};
            stack_.back().drop = true;
            return true;
        }
        attach(std::move(frame.node));
        return true;
    }

    bool scalar(fy_event* event) {
        if (decorated(event)) return false;
        fy_token* token = fy_event_get_token(event);
        Node node;
        node.mark = mark_of(event);
        const fy_scalar_style style = fy_token_scalar_style(token);
        node.plain = style == FYSS_PLAIN;
        // The library's mark of a quoted text is behind its quote.
        const bool is_quoted = style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
        if (is_quoted && node.mark.column > 1) --node.mark.column;
        node.text = text_of(token);
        if (!stack_.empty() && expects_key()) {
            key(std::move(node));
        } else {
            attach(std::move(node));
        }
        return true;
    }

    bool expects_key() const {
        return stack_.back().node.kind == Node::Kind::kMap && !stack_.back().pending;
    }

    void key(Node node) {
        Frame& map = stack_.back();
        map.drop = !map.keys.insert(node.text).second;
        if (map.drop) {
            problems_.add(node.mark, "`" + node.text + "` is set twice here", "keep one of them");
        }
        map.pending = NodeEntry{std::move(node.text), node.mark, {}};
    }

    void attach(Node node) {
        if (stack_.empty()) {
            if (!root_) root_ = std::move(node);
            return;
        }
        Frame& parent = stack_.back();
        if (parent.node.kind == Node::Kind::kSequence) {
            parent.node.items.push_back(std::move(node));
        } else if (parent.pending) {
            // An empty value has no place of its own: point to its key.
            if (node.mark.line == 0) node.mark = parent.pending->mark;
            parent.pending->value = std::move(node);
            if (!parent.drop) parent.node.entries.push_back(std::move(*parent.pending));
            parent.pending.reset();
        }
    }

    ConfigProblems& problems_;
    std::vector<Frame> stack_;
    std::optional<Node> root_;
    int documents_ = 0;
};

void report_syntax(fy_diag* diag, ConfigProblems& problems) {
    void* previous = nullptr;
    bool any = false;
    while (fy_diag_error* error = fy_diag_errors_iterate(diag, &previous)) {
        if (error->type != FYET_ERROR) continue;
        std::string message = error->msg == nullptr ? "not valid YAML" : error->msg;
        std::erase_if(message, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
        problems.add(
            {std::max(error->line, 1), std::max(error->column, 1)}, "not valid YAML: " + message,
            "check indentation, quotes and brackets here; ${…} and : inside { } need quotes");
        any = true;
    }
    if (!any) problems.add({}, "not valid YAML", "check that the file is a YAML text in UTF-8");
}

}  // namespace

std::optional<Node> parse_yaml(std::string_view text, ConfigProblems& problems) {
    TreeBuilder builder(problems);
    if (text.size() > kConfigBytesMax) {
        problems.add({}, "the file is larger than 4 MiB",
                     "a configuration this large is a mistake");
        return std::nullopt;
    }
    if (!is_clean_utf8(text)) {
        problems.add({}, "the file is not UTF-8 text", "save it as UTF-8 without NUL bytes");
        return std::nullopt;
    }
    fy_diag_cfg diag_cfg{};
    fy_diag_cfg_default(&diag_cfg);
    diag_cfg.fp = nullptr;
    const DiagPtr diag(fy_diag_create(&diag_cfg));
    fy_diag_set_collect_errors(diag.get(), true);
    fy_parse_cfg cfg{};
    cfg.flags = static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_COLLECT_DIAG);
    cfg.diag = diag.get();
    const ParserPtr parser(fy_parser_create(&cfg));
    if (!parser || fy_parser_set_string(parser.get(), text.data(), text.size()) != 0) {
        report_syntax(diag.get(), problems);
        return std::nullopt;
    }
    while (fy_event* event = fy_parser_parse(parser.get())) {
        const bool good = builder.take(event);
        fy_parser_event_free(parser.get(), event);
        if (!good) return std::nullopt;
    }
    if (fy_parser_get_stream_error(parser.get())) {
        report_syntax(diag.get(), problems);
        return std::nullopt;
    }
    return builder.finish();
}

}  // namespace candor::app
