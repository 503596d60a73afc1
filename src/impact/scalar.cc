#include "impact/scalar.h"

#include <charconv>
#include <string>

#include "base/time.h"

namespace candor::impact {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Infinity, nan and hexadecimal are words, not quantities.
std::optional<double> number(std::string_view text) {
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    if (text.size() <= first || (!is_digit(text[first]) && text[first] != '.')) return {};
    double value = 0;
    const char* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || at != end) return {};
    return value;
}

bool looks_like_a_date(std::string_view text) {
    return text.size() >= 10 && is_digit(text[0]) && text[4] == '-' && text[7] == '-';
}

}  // namespace

std::optional<Scalar> parse_scalar(std::string_view text) {
    if (const auto value = number(text)) return Scalar{ScalarKind::kNumber, *value};
    if (!looks_like_a_date(text)) return {};
    const auto time =
        parse_rfc3339(text.size() == 10 ? std::string(text) + "T00:00Z" : std::string(text));
    if (!time) return {};
    return Scalar{ScalarKind::kTime, static_cast<double>(time->ms)};
}

}  // namespace candor::impact
