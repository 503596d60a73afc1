#include "intake/outcome_lines.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <utility>

namespace candor::intake {
namespace {

namespace json = simdjson::ondemand;

// What a line's members were, so that one given twice or left out is named.
enum Member : unsigned { kAt = 1, kStream = 2, kCustomer = 4, kOk = 8, kAttributes = 16, kId = 32 };

constexpr std::string_view kBroken = "the line is not one whole JSON object";

bool is_stream_name(std::string_view text) {
    return !text.empty() && text.size() <= kStreamNameBytesMax &&
           std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool is_blank(std::string_view line) {
    return std::ranges::all_of(line, [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
}

}  // namespace

struct OutcomeLines::Parser {
    json::parser parser;
    std::string buffer;
    std::size_t end = 0;   // of the lines in `buffer`; padding follows
    std::size_t next = 0;  // where the next line begins
    std::uint64_t line = 0;
    Outcome outcome;
    std::array<OutcomeAttribute, kAttributesPerOutcomeMax> attributes;
    std::size_t attribute_count = 0;
    unsigned seen = 0;
    std::string problem;

    bool bad(std::string_view why) {
        problem = why;
        return false;
    }
    bool read(std::string_view text);
    bool read_members(json::object& object);
    bool read_member(std::string_view key, json::value value);
    bool read_time(json::value& value);
    bool read_text(json::value& value, std::string_view name, std::size_t bytes_max,
                   std::string_view& out);
    bool is_good_text(std::string_view text, std::string_view prefix, std::string_view name,
                      std::size_t bytes_max);
    bool read_attributes(json::value& value);
    bool read_attribute(std::string_view name, json::value value);
    static bool read_scalar(json::value& value, std::string_view& out);
    bool complete();
};

bool OutcomeLines::Parser::read(std::string_view text) {
    outcome = {};
    seen = 0;
    attribute_count = 0;
    if (text.size() > kOutcomeLineBytesMax) {
        return bad("the line is longer than " + std::to_string(kOutcomeLineBytesMax) + " bytes");
    }
    if (text[text.find_first_not_of(" \t")] != '{') {
        return bad(
            "the line is not a JSON object: send one object on each line, without a list "
            "around them");
    }
    // The bytes behind the line belong to the buffer, so that nothing has to be copied for padding.
    json::document document;
    const simdjson::padded_string_view padded(text.data(), text.size(),
                                              text.size() + simdjson::SIMDJSON_PADDING);
    if (const auto error = parser.iterate(padded).get(document); error != simdjson::SUCCESS) {
        return bad(error == simdjson::UTF8_ERROR ? "the line is not valid UTF-8" : kBroken);
    }
    json::object object;
    if (document.get_object().get(object) != simdjson::SUCCESS) return bad(kBroken);
    if (!read_members(object)) return false;
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
        return bad("something follows the JSON object on the same line: send one on each line");
    }
    return complete();
}

bool OutcomeLines::Parser::read_members(json::object& object) {
    for (auto field : object) {
        json::value value;
        std::string_view key;
        if (field.unescaped_key().get(key) != simdjson::SUCCESS ||
            field.value().get(value) != simdjson::SUCCESS) {
            return bad(kBroken);
        }
        if (!read_member(key, value)) return false;
    }
    return true;
}

bool OutcomeLines::Parser::read_member(std::string_view key, json::value value) {
    const unsigned member = key == "t"          ? kAt
                            : key == "stream"   ? kStream
                            : key == "customer" ? kCustomer
                            : key == "ok"       ? kOk
                            : key == "attrs"    ? kAttributes
                            : key == "id"       ? kId
                                                : 0U;
    if ((seen & member) != 0) return bad('`' + std::string(key) + "` stands twice");
    seen |= member;
    switch (member) {
        case kAt: return read_time(value);
        case kStream: return read_text(value, "stream", kStreamNameBytesMax, outcome.stream);
        case kCustomer:
            return read_text(value, "customer", kCustomerNameBytesMax, outcome.customer);
        case kId: return read_text(value, "id", kOutcomeIdBytesMax, outcome.id);
        case kAttributes: return read_attributes(value);
        case kOk:
            if (value.get_bool().get(outcome.ok) == simdjson::SUCCESS) return true;
            return bad("`ok` must be true or false");
        default: break;
    }
    // Senders may add members of their own; what they hold is only checked for being JSON.
    if (value.raw_json_token().empty()) return bad(kBroken);
    return true;
}

bool OutcomeLines::Parser::read_time(json::value& value) {
    std::int64_t ms = 0;
    if (value.get_int64().get(ms) != simdjson::SUCCESS) {
        return bad("`t` must be a whole number: milliseconds since 1970");
    }
    if (ms <= 0 || ms > kLastTimestamp.ms) {
        return bad("`t` is no time of this world: it counts milliseconds since 1970");
    }
    outcome.at = {ms};
    return true;
}

bool OutcomeLines::Parser::read_text(json::value& value, std::string_view name,
                                     std::size_t bytes_max, std::string_view& out) {
    if (value.get_string().get(out) != simdjson::SUCCESS) {
        return bad('`' + std::string(name) + "` must be a text");
    }
    return is_good_text(out, "", name, bytes_max);
}

bool OutcomeLines::Parser::is_good_text(std::string_view text, std::string_view prefix,
                                        std::string_view name, std::size_t bytes_max) {
    if (!text.empty() && text.size() <= bytes_max && !has_control(text)) return true;
    const std::string what = text.empty() ? "is empty"
                             : text.size() > bytes_max
                                 ? "is longer than " + std::to_string(bytes_max) + " bytes"
                                 : "holds a control character";
    return bad('`' + std::string(prefix) + std::string(name) + "` " + what);
}

bool OutcomeLines::Parser::read_attributes(json::value& value) {
    json::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) {
        return bad("`attrs` must be an object of names and texts");
    }
    for (auto field : object) {
        json::value one;
        std::string_view name;
        if (field.unescaped_key().get(name) != simdjson::SUCCESS ||
            field.value().get(one) != simdjson::SUCCESS) {
            return bad(kBroken);
        }
        if (!read_attribute(name, one)) return false;
    }
    return true;
}

bool OutcomeLines::Parser::read_attribute(std::string_view name, json::value value) {
    if (name.empty() || name.size() > kAttributeNameBytesMax || has_control(name)) {
        return bad("a name in `attrs` must have 1 to " + std::to_string(kAttributeNameBytesMax) +
                   " bytes without control characters");
    }
    if (attribute_count == kAttributesPerOutcomeMax) {
        return bad("`attrs` holds more than " + std::to_string(kAttributesPerOutcomeMax) +
                   " attributes");
    }
    const auto first = attributes.begin();
    const auto last = first + static_cast<std::ptrdiff_t>(attribute_count);
    if (std::ranges::find(first, last, name, &OutcomeAttribute::name) != last) {
        return bad("`attrs." + std::string(name) + "` stands twice");
    }
    OutcomeAttribute& attribute = attributes[attribute_count++];
    attribute.name = name;
    if (value.get_string().get(attribute.value) != simdjson::SUCCESS &&
        !read_scalar(value, attribute.value)) {
        return bad("`attrs." + std::string(name) + "` must be a text, a number, true or false");
    }
    return is_good_text(attribute.value, "attrs.", name, kAttributeValueBytesMax);
}

// Numbers, true and false count as their own spelling.
bool OutcomeLines::Parser::read_scalar(json::value& value, std::string_view& out) {
    json::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return false;
    if (type != json::json_type::number && type != json::json_type::boolean) return false;
    out = value.raw_json_token();
    while (!out.empty() && (out.back() == ' ' || out.back() == '\t')) out.remove_suffix(1);
    return !out.empty();
}

bool OutcomeLines::Parser::complete() {
    if ((seen & kStream) == 0) return bad("`stream` is missing");
    if ((seen & kCustomer) == 0) return bad("`customer` is missing");
    if ((seen & kOk) == 0) return bad("`ok` is missing");
    if (!is_stream_name(outcome.stream)) {
        return bad("`stream` must be made of a-z, 0-9 and -");
    }
    outcome.attributes = {attributes.data(), attribute_count};
    return true;
}

OutcomeLines::OutcomeLines() : parser_(std::make_unique<Parser>()) {}

OutcomeLines::~OutcomeLines() = default;

void OutcomeLines::open(std::string body) {
    Parser& p = *parser_;
    p.buffer = std::move(body);
    p.end = p.buffer.size();
    p.buffer.append(simdjson::SIMDJSON_PADDING, ' ');
    p.next = 0;
    p.line = 0;
}

LineRead OutcomeLines::next() {
    Parser& p = *parser_;
    while (p.next < p.end) {
        const std::string_view rest(p.buffer.data() + p.next, p.end - p.next);
        const std::string_view line = rest.substr(0, rest.find('\n'));
        p.next += line.size() + 1;
        ++p.line;
        if (line.empty() || is_blank(line)) continue;
        return p.read(line) ? LineRead::kOutcome : LineRead::kBad;
    }
    return LineRead::kEnd;
}

const Outcome& OutcomeLines::outcome() const {
    return parser_->outcome;
}

std::string_view OutcomeLines::problem() const {
    return parser_->problem;
}

std::uint64_t OutcomeLines::line() const {
    return parser_->line;
}

}  // namespace candor::intake
