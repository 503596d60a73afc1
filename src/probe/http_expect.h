// What an HTTP answer must look like: pure judgement of status, body, JSON and latency.
//
// Reads no clock and no network; safe from any thread. The body is outside bytes: it is bounded by
// kAnswerBytesMax before it comes here, and parsed with a bounded depth.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/check.h"
#include "probe/trouble.h"

namespace candor::probe {

// An answer is read up to here, decoded; what comes after is never read (DESIGN rule 14).
inline constexpr std::size_t kAnswerBytesMax = 1024 * 1024;
// A compressed answer may not be larger than this many times what came over the wire…
inline constexpr std::size_t kInflateRatioMax = 100;
// …counted from this size on: small answers of one repeated letter are no bomb.
inline constexpr std::size_t kInflateFreeBytes = 64 * 1024;
inline constexpr std::size_t kHeaderBytesMax = 64 * 1024;

struct HttpAnswer {
    std::int64_t status = 0;
    std::string_view body;
    std::int64_t total_us = 0;
};

// True when the body matters, so that it must be kept and must not be cut.
bool needs_body(const HttpTarget& target);

// The first expectation that the answer does not meet, in the order status, body, json, latency.
std::optional<Trouble> judge(const HttpTarget& target, const HttpAnswer& answer);

// Whether `body` holds a scalar at the pointer whose text is `expected.equals`; numbers compare by
// value (3 equals 3.0). `why` says what was there instead.
bool json_matches(const JsonExpectation& expected, std::string_view body, std::string& why);

}  // namespace candor::probe
