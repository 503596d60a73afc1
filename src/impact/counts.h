// Counts: how many are affected of how many, now and before.
//
// Not rates: those are derived (judge.h). Sums stay below 2^53, so that each is exact as a
// double. Thread rule: plain values.
#pragma once

#include <cstdint>

namespace candor::impact {

// No count of one row is larger, and no sum over a table reaches 2^53 (kRowsMax rows,
// table_builder.h).
inline constexpr std::uint64_t kCountMax = std::uint64_t{1} << 30;

struct Counts {
    std::uint64_t affected = 0;  // of `total`
    std::uint64_t total = 0;
    std::uint64_t history_affected =
        0;  // the same before the trouble; both 0 where nothing is known
    std::uint64_t history_total = 0;

    friend bool operator==(const Counts&, const Counts&) = default;
    Counts& operator+=(const Counts& other) {
        affected += other.affected;
        total += other.total;
        history_affected += other.history_affected;
        history_total += other.history_total;
        return *this;
    }
    // `other` is a part of this.
    Counts& operator-=(const Counts& other) {
        affected -= other.affected;
        total -= other.total;
        history_affected -= other.history_affected;
        history_total -= other.history_total;
        return *this;
    }
    friend Counts operator+(Counts a, const Counts& b) { return a += b; }
    friend Counts operator-(Counts a, const Counts& b) { return a -= b; }
};

}  // namespace candor::impact
