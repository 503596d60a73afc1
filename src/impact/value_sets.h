// ValueSets: for each value of one column, the rows that have it.
//
// Rows of frequent values and of every cut of a number are kept as bits, all other values' as
// lists: together at most about 12 bytes a row, however many values there are. Immutable once made.
// Thread rule: any number of threads may read it.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "impact/pattern.h"
#include "impact/row_set.h"

namespace candor::impact {

// The code of a row whose cell says nothing that a term could name: an empty cell among numbers.
inline constexpr std::uint16_t kNoCode = 0xFFFF;

class ValueSets final {
   public:
    // One code a row, each below `sizes.size()`; `sizes[code]` is how many rows have it.
    static ValueSets of_labels(std::span<const std::uint16_t> codes,
                               std::span<const std::uint32_t> sizes);
    // One bin a row, each below `bins` or kNoCode; a term names the edge below its bin.
    static ValueSets of_bins(std::span<const std::uint16_t> codes, std::size_t bins);

    // The set of a term's rows when it is kept as bits, else null. `term` is of this column.
    const RowSet* kept(Term term) const;
    RowSet rows(Term term) const;

   private:
    std::size_t rows_ = 0;
    // By code: the rows of a frequent value. By edge: the rows below it; below kNoCode: all that
    // have a number.
    std::map<std::uint16_t, RowSet> bits_;
    // The rows of all other values, grouped by code: those of a code begin at starts_[code].
    std::vector<std::uint32_t> lists_;
    std::vector<std::uint32_t> starts_;
};

}  // namespace candor::impact
