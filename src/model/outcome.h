// One success or failure of real use, labelled with the customer who had it (docs/outcomes.md).
//
// A view: its texts live in the buffer that it was read from, and only until the next one is read.
// Millions of them pass every second, so none is ever kept as a value. Bounds hold for whatever
// intake hands out; impact counts them.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "base/time.h"

namespace candor {

inline constexpr std::size_t kStreamNameBytesMax = 64;     // [a-z0-9-], as every id
inline constexpr std::size_t kCustomerNameBytesMax = 128;  // UTF-8 without control characters
inline constexpr std::size_t kAttributesPerOutcomeMax = 16;
inline constexpr std::size_t kAttributeNameBytesMax = 64;
inline constexpr std::size_t kAttributeValueBytesMax = 128;
inline constexpr std::size_t kOutcomeIdBytesMax = 128;

struct OutcomeAttribute {
    std::string_view name;
    std::string_view value;
};

struct Outcome {
    Timestamp at;  // zero: it happened when it arrived
    std::string_view stream;
    std::string_view customer;
    bool ok = false;
    std::span<const OutcomeAttribute> attributes = {};  // of different names
    // Of the event, the same when it is sent again; may be empty.
    std::string_view id = {};
};

}  // namespace candor
