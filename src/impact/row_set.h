// RowSet: some of a table's rows, one bit each.
//
// A fixed universe of `rows` rows, chosen at construction; sets that meet have the same. Counting
// is what the search spends its time on, so it uses the processor's population count where there is
// one; the result is the same on every machine. Thread rule: plain values.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace candor::impact {

class RowSet final {
   public:
    explicit RowSet(std::size_t rows = 0) : words_((rows + 63) / 64) {}

    void insert(std::size_t row) { words_[row / 64] |= std::uint64_t{1} << (row % 64); }
    bool contains(std::size_t row) const { return (words_[row / 64] >> (row % 64) & 1) != 0; }
    std::size_t count() const;
    // Both return this.
    RowSet& operator&=(const RowSet& other);
    RowSet& operator|=(const RowSet& other);
    RowSet& operator-=(const RowSet& other);
    // This becomes a ∩ b; saves the copy that &= would need.
    void assign_common(const RowSet& a, const RowSet& b);

    // Calls visit(row) for each row of the set, ascending.
    template <class Visit>
    void for_each(const Visit& visit) const {
        for (std::size_t at = 0; at < words_.size(); ++at) visit_word(words_[at], at, visit);
    }
    // The same for the rows that are in `other` too.
    template <class Visit>
    void for_each_common(const RowSet& other, const Visit& visit) const {
        for (std::size_t at = 0; at < words_.size(); ++at) {
            visit_word(words_[at] & other.words_[at], at, visit);
        }
    }

    friend bool operator==(const RowSet&, const RowSet&) = default;
    friend std::size_t count_common(const RowSet& a, const RowSet& b, std::size_t limit);

   private:
    template <class Visit>
    static void visit_word(std::uint64_t word, std::size_t at, const Visit& visit) {
        while (word != 0) {
            visit(at * 64 + static_cast<std::size_t>(std::countr_zero(word)));
            word &= word - 1;
        }
    }

    std::vector<std::uint64_t> words_;
};

// The rows that are in both. Once it is sure that there are more than `limit`, counting may stop:
// the result is then some number above `limit`.
std::size_t count_common(const RowSet& a, const RowSet& b,
                         std::size_t limit = std::numeric_limits<std::size_t>::max());

}  // namespace candor::impact
