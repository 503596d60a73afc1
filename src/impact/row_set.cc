#include "impact/row_set.h"

#include <algorithm>

#include "base/check.h"

namespace candor::impact {

namespace {

// Between two looks at the limit: short enough to stop early, long enough not to matter.
constexpr std::size_t kStride = 1024;

using CountWords = std::size_t (*)(const std::uint64_t*, const std::uint64_t*, std::size_t);

std::size_t count_plain(const std::uint64_t* a, const std::uint64_t* b, std::size_t words) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < words; ++i) {
        found += static_cast<std::size_t>(std::popcount(a[i] & b[i]));
    }
    return found;
}

#if defined(__x86_64__)
// The instruction counts a word in one step; without it each word costs about twelve. The compiler
// may not assume it, because the program must also start where it is missing.
__attribute__((target("popcnt"))) std::size_t count_native(const std::uint64_t* a,
                                                           const std::uint64_t* b,
                                                           std::size_t words) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < words; ++i) {
        found += static_cast<std::size_t>(__builtin_popcountll(a[i] & b[i]));
    }
    return found;
}

CountWords chosen() {
    return __builtin_cpu_supports("popcnt") ? count_native : count_plain;
}
#else
CountWords chosen() {
    return count_plain;
}
#endif

}  // namespace

std::size_t count_common(const RowSet& a, const RowSet& b, std::size_t limit) {
    CHECK(a.words_.size() == b.words_.size());
    const CountWords count = chosen();
    std::size_t found = 0;
    for (std::size_t at = 0; at < a.words_.size() && found <= limit; at += kStride) {
        const std::size_t words = std::min(kStride, a.words_.size() - at);
        found += count(a.words_.data() + at, b.words_.data() + at, words);
    }
    return found;
}

std::size_t RowSet::count() const {
    return count_common(*this, *this);
}

RowSet& RowSet::operator&=(const RowSet& other) {
    CHECK(words_.size() == other.words_.size());
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
    return *this;
}

RowSet& RowSet::operator|=(const RowSet& other) {
    CHECK(words_.size() == other.words_.size());
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
}

RowSet& RowSet::operator-=(const RowSet& other) {
    CHECK(words_.size() == other.words_.size());
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
    return *this;
}

void RowSet::assign_common(const RowSet& a, const RowSet& b) {
    CHECK(a.words_.size() == b.words_.size());
    words_.resize(a.words_.size());
    const std::uint64_t* left = a.words_.data();
    const std::uint64_t* right = b.words_.data();
    std::uint64_t* out = words_.data();
    for (std::size_t i = 0; i < words_.size(); ++i) out[i] = left[i] & right[i];
}

}  // namespace candor::impact
