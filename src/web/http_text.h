// Byte classes and comparisons of HTTP/1.1 (RFC 9110 §5.6, RFC 9112, RFC 3986 §3.3). Pure.
//
// ASCII only and locale-free. Not a parser: http_parser.h, http_target.h and accept.h are.
#pragma once

#include <cstdint>
#include <string_view>

namespace candor::web {

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr bool is_letter(char c) {
    return to_lower(c) >= 'a' && to_lower(c) <= 'z';
}

// Value of a hexadecimal digit, or -1.
constexpr int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    const char l = to_lower(c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

// tchar: what methods and header names are made of.
constexpr bool is_token_char(char c) {
    if (is_digit(c) || is_letter(c)) return true;
    return std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

// What header values are made of: printable bytes, space, tab, and bytes from 0x80 up.
constexpr bool is_value_char(char c) {
    const auto b = static_cast<unsigned char>(c);
    return b == '\t' || (b >= 0x20 && b != 0x7f);
}

// `lower` must be in lower case.
constexpr bool equals_ignoring_case(std::string_view text, std::string_view lower) {
    if (text.size() != lower.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (to_lower(text[i]) != lower[i]) return false;
    }
    return true;
}

constexpr std::string_view trim_blanks(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// Cuts the part before the next `separator` off `rest`, trimmed; `rest` keeps what follows it.
constexpr std::string_view next_item(std::string_view& rest, char separator) {
    const std::size_t end = rest.find(separator);
    const std::string_view item = trim_blanks(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    return item;
}

}  // namespace candor::web
