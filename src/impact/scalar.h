// Scalar: the position of a text on an axis, where it is a number or a time.
//
// Columns whose every value has one are cut into halves ("created before …") instead of compared
// for equality. Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace candor::impact {

enum class ScalarKind : std::uint8_t { kNumber, kTime };

struct Scalar {
    ScalarKind kind = ScalarKind::kNumber;
    double value = 0;  // finite; a time's is milliseconds since 1970
};

// A decimal number, `2026-03-01`, or a time of RFC 3339; nothing for everything else.
std::optional<Scalar> parse_scalar(std::string_view text);

}  // namespace candor::impact
