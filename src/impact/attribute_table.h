// AttributeTable: customers (or groups of them) and their attributes, laid out for counting.
//
// A row is one customer, or one combination of attributes with counts of its own; never both in one
// table. Texts are codes; a column of numbers or times is cut into at most 64 parts of about equal
// size. Each value's rows are at hand as a set: as bits where they are many, as a list where they
// are few. Immutable once built (table_builder.h): any number of threads may read it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "impact/counts.h"
#include "impact/pattern.h"
#include "impact/row_set.h"
#include "impact/value_sets.h"

namespace candor::impact {

enum class ColumnKind : std::uint8_t { kLabels, kNumbers, kTimes };

// A column with more different labels names customers rather than describing them.
inline constexpr std::size_t kLabelsMax = 0xFFFF;
inline constexpr std::size_t kBinsMax = 64;

struct Column {
    std::string name;
    ColumnKind kind = ColumnKind::kLabels;
    // Labels: the text of each code. Numbers and times: the text of each edge, none at 0; the bin
    // of a code holds what is at least its edge and below the next.
    std::vector<std::string> texts;
};

class AttributeTable final {
   public:
    std::size_t rows() const { return rows_; }
    std::span<const Column> columns() const { return columns_; }
    // Values of a column that a row can have, kNoCode not among them.
    std::size_t codes(std::size_t column) const { return columns_[column].texts.size(); }
    // The codes of one row, one a column.
    std::span<const std::uint16_t> row(std::size_t row) const {
        return {codes_.data() + row * columns_.size(), columns_.size()};
    }
    // Nothing: each row is one customer. Otherwise one element a row.
    std::span<const Counts> counts() const { return counts_; }
    // How many rows have each code of a column.
    std::span<const std::uint32_t> sizes(std::size_t column) const { return sizes_[column]; }

    bool matches(std::size_t row, Term term) const;
    bool matches(std::size_t row, const Pattern& pattern) const;
    const ValueSets& sets(std::size_t column) const { return sets_[column]; }
    RowSet rows_of(const Pattern& pattern) const;

    // "4.2.1", "< 2026-03-01", ">= 500": what stands beside the column's name.
    std::string text(Term term) const;

   private:
    friend class TableBuilder;

    std::size_t rows_ = 0;
    std::vector<Column> columns_;
    std::vector<std::uint16_t> codes_;  // row by row: a customer's attributes share a cache line
    std::vector<Counts> counts_;
    std::vector<std::vector<std::uint32_t>> sizes_;
    std::vector<ValueSets> sets_;
};

}  // namespace candor::impact
