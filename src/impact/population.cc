#include "impact/population.h"

#include "base/check.h"

namespace candor::impact {

Population::Population(const AttributeTable& table, std::span<const std::uint32_t> affected)
    : table_(&table), hits_(affected.begin(), affected.end()), affected_(table.rows()) {
    CHECK(!counted());
    everything_ = {.affected = affected.size(), .total = table.rows()};
    // The totals are known already; only the affected rows need to be read.
    for (std::size_t column = 0; column < table.columns().size(); ++column) {
        std::vector<Counts>& values = values_.emplace_back();
        for (const std::uint32_t size : table.sizes(column)) values.push_back({.total = size});
    }
    for (const std::uint32_t row : affected) {
        CHECK(row < table.rows());
        affected_.insert(row);
        const auto codes = table.row(row);
        for (std::size_t column = 0; column < codes.size(); ++column) {
            if (codes[column] != kNoCode) ++values_[column][codes[column]].affected;
        }
    }
}

Population::Population(const AttributeTable& table) : table_(&table), affected_(0) {
    CHECK(counted() || table.rows() == 0);
    for (std::size_t column = 0; column < table.columns().size(); ++column) {
        values_.emplace_back(table.codes(column));
    }
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const Counts& counts = table.counts()[row];
        add_row(row, counts);
        if (counts.affected == 0) continue;
        hits_.push_back(static_cast<std::uint32_t>(row));
        weights_.push_back(counts.affected);
    }
}

Counts Population::row(std::size_t row) const {
    if (counted()) return table_->counts()[row];
    return {.affected = affected_.contains(row) ? 1u : 0u, .total = 1};
}

Counts Population::of(const RowSet& rows) const {
    if (!counted()) return {.affected = count_common(affected_, rows), .total = rows.count()};
    Counts sum;
    rows.for_each([&](std::size_t at) { sum += table_->counts()[at]; });
    return sum;
}

void Population::add_row(std::size_t row, const Counts& counts) {
    everything_ += counts;
    const auto codes = table_->row(row);
    for (std::size_t column = 0; column < codes.size(); ++column) {
        if (codes[column] != kNoCode) values_[column][codes[column]] += counts;
    }
}

void Population::subtract_row(std::size_t row, const Counts& counts) {
    everything_ -= counts;
    const auto codes = table_->row(row);
    for (std::size_t column = 0; column < codes.size(); ++column) {
        if (codes[column] != kNoCode) values_[column][codes[column]] -= counts;
    }
}

void Population::remove(const RowSet& rows) {
    if (whole_) {
        remaining_ = RowSet(table_->rows());
        for (std::size_t row = 0; row < table_->rows(); ++row) remaining_.insert(row);
        whole_ = false;
    }
    remaining_.for_each_common(rows, [&](std::size_t at) { subtract_row(at, row(at)); });
    remaining_ -= rows;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < hits_.size(); ++i) {
        if (!remaining_.contains(hits_[i])) continue;
        if (!weights_.empty()) weights_[kept] = weights_[i];
        hits_[kept++] = hits_[i];
    }
    hits_.resize(kept);
    if (!weights_.empty()) weights_.resize(kept);
}

}  // namespace candor::impact
