// Term and Pattern: what some customers have in common, as positions in a table.
//
// Not text: attribute_table.h knows the names. A pattern's terms are sorted by column and name each
// column once, so that equal patterns compare equal. Thread rule: plain values.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>

namespace candor::impact {

enum class TermKind : std::uint8_t {
    kIs,     // the attribute has this value
    kBelow,  // the number or time is below this edge
    kFrom,   // the number or time is this edge or above
};

struct Term {
    std::uint16_t column = 0;
    TermKind kind = TermKind::kIs;
    std::uint16_t code =
        0;  // kIs: the value; kBelow, kFrom: the edge, 1 up to the column's bins - 1

    friend auto operator<=>(const Term&, const Term&) = default;
};

// More terms than this explain chance, and nobody can act on them.
inline constexpr std::size_t kTermsPerPatternMax = 3;

class Pattern final {
   public:
    Pattern() = default;
    // `term` names a column that the pattern does not name yet; there is room for it.
    Pattern with(Term term) const {
        Pattern out = *this;
        out.terms_[out.size_++] = term;
        std::sort(out.terms_.begin(), out.terms_.begin() + out.size_);
        return out;
    }
    std::span<const Term> terms() const { return {terms_.data(), size_}; }
    std::size_t size() const { return size_; }

    friend auto operator<=>(const Pattern&, const Pattern&) = default;

   private:
    std::size_t size_ = 0;  // first: patterns of fewer terms sort first
    std::array<Term, kTermsPerPatternMax> terms_{};
};

}  // namespace candor::impact
