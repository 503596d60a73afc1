#include "web/http_target.h"

#include <array>

#include "web/http_text.h"

namespace candor::web {
namespace {

// pchar of RFC 3986 without "%": what may stand in a path as it is, plus the slash.
constexpr bool is_path_char(char c) {
    if (is_digit(c) || is_letter(c)) return true;
    return std::string_view("-._~!$&'()*+,;=:@/").find(c) != std::string_view::npos;
}

constexpr std::array<bool, 256> make_path_table() {
    std::array<bool, 256> table{};
    for (int i = 0; i < 256; ++i) {
        table[static_cast<std::size_t>(i)] = is_path_char(static_cast<char>(i));
    }
    return table;
}
constexpr auto kPathChar = make_path_table();

// Queries also hold "/", "?", brackets and what browsers leave unescaped; never a fragment.
bool is_valid_query(std::string_view query) {
    for (const char c : query) {
        if (c < 0x21 || c > 0x7e || c == '#') return false;
    }
    return true;
}

bool decode_path(std::string_view raw, std::string& out) {
    out.clear();
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '%') {
            if (!kPathChar[static_cast<unsigned char>(raw[i])]) return false;
            out += raw[i];
            continue;
        }
        if (i + 2 >= raw.size()) return false;
        const int high = hex_value(raw[i + 1]);
        const int low = hex_value(raw[i + 2]);
        if (high < 0 || low < 0) return false;
        const int byte = high * 16 + low;
        if (byte < 0x20 || byte == 0x7f || byte == '/' || byte == '\\' || byte == '%') return false;
        out += static_cast<char>(byte);
        i += 2;
    }
    return true;
}

// No empty segment except after a trailing slash, no "." and no "..".
bool has_plain_segments(std::string_view path) {
    std::size_t start = 1;
    while (start < path.size()) {
        std::size_t end = path.find('/', start);
        if (end == std::string_view::npos) end = path.size();
        const std::string_view segment = path.substr(start, end - start);
        if (segment.empty() || segment == "." || segment == "..") return false;
        start = end + 1;
    }
    return true;
}

bool parse_origin_form(std::string_view target, RequestHead& head) {
    const std::size_t mark = target.find('?');
    const std::string_view raw = target.substr(0, mark);
    if (mark != std::string_view::npos) head.query = target.substr(mark + 1);
    if (!is_valid_query(head.query)) return false;
    bool plain = true;
    for (const char c : raw) plain &= kPathChar[static_cast<unsigned char>(c)];
    if (plain) {
        head.path = raw;
    } else {
        if (!decode_path(raw, head.decoded)) return false;
        head.path = head.decoded;
    }
    return has_plain_segments(head.path);
}

}  // namespace

bool is_valid_authority(std::string_view text) {
    if (text.empty() || text.size() > 255 + 6) return false;
    const std::size_t bracket = text.front() == '[' ? text.find(']') : 0;
    if (bracket == std::string_view::npos) return false;
    const std::size_t colon = text.find(':', bracket);
    const std::string_view host = text.substr(0, colon);
    const std::string_view port =
        colon == std::string_view::npos ? std::string_view("0") : text.substr(colon + 1);
    if (host.empty() || port.empty() || port.size() > 5) return false;
    for (const char c : port) {
        if (!is_digit(c)) return false;
    }
    if (bracket > 0) {
        if (host.back() != ']' || host.size() < 4) return false;
        for (const char c : host.substr(1, host.size() - 2)) {
            if (hex_value(c) < 0 && c != ':' && c != '.') return false;
        }
        return true;
    }
    for (const char c : host) {
        if (!is_digit(c) && !is_letter(c) && c != '.' && c != '-' && c != '_') return false;
    }
    return true;
}

bool parse_target(std::string_view target, RequestHead& head) {
    if (target.empty()) return false;
    if (target.front() == '/') return parse_origin_form(target, head);
    if (target == "*") {
        head.asterisk = head.method == Method::kOptions;
        return head.asterisk;
    }
    if (head.connect) return is_valid_authority(target);
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!target.starts_with(scheme)) continue;
        const std::string_view rest = target.substr(scheme.size());
        const std::size_t slash = rest.find('/');
        head.host = rest.substr(0, slash);
        if (!is_valid_authority(head.host)) return false;
        return parse_origin_form(slash == std::string_view::npos ? "/" : rest.substr(slash), head);
    }
    return false;
}

}  // namespace candor::web
