// Population: everyone a question is about, and which of them are affected.
//
// A view of a table: of customers with the affected ones named by row, or of counted rows. Rows can
// be taken out, for the question what explains the rest. The table outlives it. Thread rule: owned
// by one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "impact/attribute_table.h"
#include "impact/counts.h"
#include "impact/row_set.h"

namespace candor::impact {

class Population final {
   public:
    // `affected`: rows of a table of customers, ascending, each once.
    Population(const AttributeTable& table, std::span<const std::uint32_t> affected);
    // A table of counted rows.
    explicit Population(const AttributeTable& table);

    const AttributeTable& table() const { return *table_; }
    bool counted() const { return !table_->counts().empty(); }
    Counts row(std::size_t row) const;
    // The counts of a set of rows, whether they were taken out or not.
    Counts of(const RowSet& rows) const;
    const Counts& everything() const { return everything_; }
    // Counts of each code of a column; rows without a code are in none.
    std::span<const Counts> values(std::size_t column) const { return values_[column]; }
    // The rows with somebody affected, ascending; of a counted table with how many in each.
    std::span<const std::uint32_t> hits() const { return hits_; }
    std::span<const std::uint64_t> weights() const { return weights_; }

    // Takes rows out. Those that are out already stay out.
    void remove(const RowSet& rows);
    // The rows that are still in; null while all are.
    const RowSet* remaining() const { return whole_ ? nullptr : &remaining_; }

   private:
    void add_row(std::size_t row, const Counts& counts);
    void subtract_row(std::size_t row, const Counts& counts);

    const AttributeTable* table_;
    Counts everything_;
    std::vector<std::vector<Counts>> values_;
    std::vector<std::uint32_t> hits_;
    std::vector<std::uint64_t> weights_;
    RowSet affected_;  // of customers only
    RowSet remaining_;
    bool whole_ = true;
};

}  // namespace candor::impact
