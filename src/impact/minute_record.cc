#include "impact/minute_record.h"

#include <tuple>
#include <utility>

#include "base/codec.h"

namespace candor::impact {
namespace {

constexpr std::uint64_t kFormat = 1;

auto key_of(const CustomerTally& one) {
    return one.customer;
}
auto key_of(const ValueTally& one) {
    return std::pair(one.attribute, one.value);
}

template <class T>
std::vector<T> merge_sorted(const std::vector<T>& a, const std::vector<T>& b) {
    std::vector<T> out;
    out.reserve(a.size() + b.size());
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() && right != b.end()) {
        if (key_of(*left) < key_of(*right)) {
            out.push_back(*left++);
        } else if (key_of(*right) < key_of(*left)) {
            out.push_back(*right++);
        } else {
            out.push_back(*left++);
            out.back().tally += (right++)->tally;
        }
    }
    out.insert(out.end(), left, a.end());
    out.insert(out.end(), right, b.end());
    return out;
}

void put_tally(std::string& out, const Tally& tally) {
    codec::put_varint(out, tally.attempts);
    codec::put_varint(out, tally.failures);
}

Tally take_tally(Decoder& from) {
    Tally tally;
    tally.attempts = from.varint();
    tally.failures = from.varint();
    if (tally.attempts == 0 || tally.failures > tally.attempts) from.set_bad();
    return tally;
}

// Each item takes at least this many bytes: bounds what a damaged count allocates.
constexpr std::size_t kItemBytesMin = 3;

std::size_t take_count(Decoder& from, std::size_t bytes) {
    const std::uint64_t count = from.varint();
    if (count > bytes / kItemBytesMin) from.set_bad();
    return from.good() ? static_cast<std::size_t>(count) : 0;
}

Number take_number(Decoder& from, std::uint64_t above) {
    const std::uint64_t number = above + from.varint();
    if (number < above || number > 0xffff'ffffULL) from.set_bad();
    return static_cast<Number>(number);
}

void take_customers(Decoder& from, std::size_t bytes, MinuteRecord& record) {
    const std::size_t count = take_count(from, bytes);
    record.customers.reserve(count);
    std::uint64_t next = 0;
    for (std::size_t i = 0; i < count && from.good(); ++i) {
        const Number customer = take_number(from, next);
        record.customers.push_back({customer, take_tally(from)});
        next = std::uint64_t{customer} + 1;
    }
}

void take_values(Decoder& from, std::size_t bytes, MinuteRecord& record) {
    const std::size_t count = take_count(from, bytes);
    record.values.reserve(count);
    for (std::size_t i = 0; i < count && from.good(); ++i) {
        ValueTally one;
        one.attribute = take_number(from, 0);
        one.value = take_number(from, 0);
        one.tally = take_tally(from);
        if (i > 0 && key_of(one) <= key_of(record.values.back())) from.set_bad();
        record.values.push_back(one);
    }
}

}  // namespace

MinuteRecord merged(const MinuteRecord& a, const MinuteRecord& b) {
    MinuteRecord out;
    out.total = a.total;
    out.total += b.total;
    out.customers = merge_sorted(a.customers, b.customers);
    out.values = merge_sorted(a.values, b.values);
    out.amended = a.amended + b.amended;
    return out;
}

std::vector<Number> failing_customers(const MinuteRecord& record) {
    std::vector<Number> out;
    for (const CustomerTally& one : record.customers) {
        if (one.tally.failures > 0) out.push_back(one.customer);
    }
    return out;
}

std::string encode_minute(const MinuteRecord& record) {
    std::string out;
    out.reserve(32 + record.customers.size() * 4 + record.values.size() * 6);
    codec::put_varint(out, kFormat);
    codec::put_varint(out, record.total.attempts);
    codec::put_varint(out, record.total.failures);
    codec::put_varint(out, record.amended);
    codec::put_varint(out, record.customers.size());
    std::uint64_t next = 0;
    for (const CustomerTally& one : record.customers) {
        codec::put_varint(out, one.customer - next);
        put_tally(out, one.tally);
        next = std::uint64_t{one.customer} + 1;
    }
    codec::put_varint(out, record.values.size());
    for (const ValueTally& one : record.values) {
        codec::put_varint(out, one.attribute);
        codec::put_varint(out, one.value);
        put_tally(out, one.tally);
    }
    return out;
}

Result<MinuteRecord> decode_minute(std::string_view bytes) {
    Decoder from(bytes);
    MinuteRecord record;
    if (from.varint() != kFormat) from.set_bad();
    record.total.attempts = from.varint();
    record.total.failures = from.varint();
    record.amended = from.varint();
    if (record.total.failures > record.total.attempts) from.set_bad();
    if (record.amended > record.total.attempts) from.set_bad();
    take_customers(from, bytes.size(), record);
    take_values(from, bytes.size(), record);
    if (!from.good() || !from.at_end()) {
        return fail(ErrorCode::kCorrupt, "the record of a minute does not decode");
    }
    return record;
}

}  // namespace candor::impact
