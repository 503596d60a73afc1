// What one stream did in one minute: the stored form, and how two of them become one.
//
// Merging adds; it is associative and commutative, so that any order and grouping of late, repeated
// and parallel parts of a minute leads to the same record, byte for byte. Pure values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "impact/names.h"
#include "impact/tally.h"

namespace candor::impact {

struct CustomerTally {
    Number customer = 0;
    Tally tally;  // at least one attempt

    friend bool operator==(const CustomerTally&, const CustomerTally&) = default;
};

// How a value of an attribute did. `attribute` and `value` are numbers of the stream's dictionaries
// (impact/stream_book.h).
struct ValueTally {
    Number attribute = 0;
    Number value = 0;
    Tally tally;

    friend bool operator==(const ValueTally&, const ValueTally&) = default;
};

struct MinuteRecord {
    Tally total;
    std::vector<CustomerTally> customers;  // ascending, each once
    std::vector<ValueTally> values;        // ascending by attribute, then value; each once
    // Outcomes among them that came more than kLateCounts after they happened.
    std::uint64_t amended = 0;

    bool empty() const { return total.attempts == 0; }
    friend bool operator==(const MinuteRecord&, const MinuteRecord&) = default;
};

MinuteRecord merged(const MinuteRecord& a, const MinuteRecord& b);

// Customers of the record with at least one failure, ascending.
std::vector<Number> failing_customers(const MinuteRecord& record);

// Varints throughout; customer numbers as distances. About three bytes for a customer.
std::string encode_minute(const MinuteRecord& record);
// kCorrupt for bytes that are cut, out of order, out of range or followed by others.
Result<MinuteRecord> decode_minute(std::string_view bytes);

}  // namespace candor::impact
