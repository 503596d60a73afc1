// Quantile bins: a column of numbers or times cut into at most 64 parts of about equal many rows.
//
// Cuts fall between different values, never inside one, and are named by a text of the column
// itself, so that "before 2026-03-01" says what the table says. Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "impact/attribute_table.h"
#include "impact/names.h"

namespace candor::impact {

struct Bins {
    ColumnKind kind = ColumnKind::kNumbers;  // or kTimes
    std::vector<std::uint16_t> bin_of_code;  // kNoCode for the empty text
    std::vector<std::string> edges;          // one a bin; the first is empty
};

// `sizes[c]`: the rows whose text has code c. Nothing when the column is not one of numbers or of
// times, or has at most `scalars_min` different ones.
std::optional<Bins> quantile_bins(const Names& texts, const std::vector<std::uint32_t>& sizes,
                                  std::size_t scalars_min);

}  // namespace candor::impact
