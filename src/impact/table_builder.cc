#include "impact/table_builder.h"

#include <algorithm>
#include <utility>

#include "impact/quantile_bins.h"

namespace candor::impact {

namespace {

// A table is its owner's: nobody else sends names that could be chosen to collide.
constexpr std::uint64_t kSeed = 1;

std::vector<std::uint32_t> sizes_of(std::span<const std::uint32_t> codes, std::size_t size) {
    std::vector<std::uint32_t> sizes(size);
    for (const std::uint32_t code : codes) ++sizes[code];
    return sizes;
}

}  // namespace

Result<TableBuilder> TableBuilder::create(std::vector<std::string> columns, Rows rows) {
    if (columns.empty()) return fail(ErrorCode::kInvalid, "there is no attribute column");
    if (columns.size() > kColumnsMax) {
        return fail(ErrorCode::kTooLarge,
                    "more than " + std::to_string(kColumnsMax) + " attribute columns");
    }
    TableBuilder builder(rows);
    for (std::string& name : columns) {
        if (name.empty()) return fail(ErrorCode::kInvalid, "a column has no name");
        if (name.size() > kTextBytesMax) {
            return fail(ErrorCode::kTooLarge, "a column's name has more than " +
                                                  std::to_string(kTextBytesMax) + " bytes");
        }
        const bool known = std::ranges::any_of(
            builder.drafts_, [&](const Draft& draft) { return draft.name == name; });
        if (known) return fail(ErrorCode::kInvalid, "two columns are called " + name);
        builder.drafts_.push_back({std::move(name), Names(kSeed, kRowsMax), 0, {}});
    }
    return builder;
}

Result<void> TableBuilder::add(std::span<const std::string_view> values, const Counts& counts) {
    if (values.size() != drafts_.size()) return fail(ErrorCode::kInvalid, "one value a column");
    if (rows_ >= kRowsMax || (rows_ + 1) * drafts_.size() > kCellsMax) {
        return fail(ErrorCode::kTooLarge, "more than " + std::to_string(rows_) + " rows of " +
                                              std::to_string(drafts_.size()) + " columns");
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i].size() > kTextBytesMax) {
            return fail(ErrorCode::kTooLarge, "a value of " + drafts_[i].name + " has more than " +
                                                  std::to_string(kTextBytesMax) + " bytes");
        }
        if (drafts_[i].text_bytes + values[i].size() > kColumnTextBytesMax) {
            return fail(ErrorCode::kTooLarge, "the values of " + drafts_[i].name +
                                                  " have more than " +
                                                  std::to_string(kColumnTextBytesMax) + " bytes");
        }
    }
    if (std::max(counts.total, counts.history_total) > kCountMax) {
        return fail(ErrorCode::kTooLarge, "a count above " + std::to_string(kCountMax));
    }
    if (counts.affected > counts.total || counts.history_affected > counts.history_total) {
        return fail(ErrorCode::kInvalid, "more affected than there are");
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        Draft& draft = drafts_[i];
        const std::size_t known = draft.texts.size();
        draft.codes.push_back(*draft.texts.add(values[i]));  // never full: at most one a row
        if (draft.texts.size() > known) draft.text_bytes += values[i].size();
    }
    if (kind_ == Rows::kCounted) counts_.push_back(counts);
    ++rows_;
    return {};
}

std::vector<std::string> TableBuilder::left_out() const {
    std::vector<std::string> names;
    for (const Draft& draft : drafts_) {
        if (draft.texts.size() <= kLabelsMax) continue;
        const auto sizes = sizes_of(draft.codes, draft.texts.size());
        if (!quantile_bins(draft.texts, sizes, kScalarsMin)) names.push_back(draft.name);
    }
    return names;
}

AttributeTable TableBuilder::build() && {
    AttributeTable table;
    table.rows_ = rows_;
    table.counts_ = std::move(counts_);
    std::vector<std::vector<std::uint16_t>> codes;
    for (Draft& draft : drafts_) {
        const auto sizes = sizes_of(draft.codes, draft.texts.size());
        auto bins = quantile_bins(draft.texts, sizes, kScalarsMin);
        if (!bins && draft.texts.size() > kLabelsMax) continue;
        Column column{std::move(draft.name), ColumnKind::kLabels, {}};
        if (bins) {
            column.kind = bins->kind;
            column.texts = std::move(bins->edges);
        } else {
            for (std::uint32_t code = 0; code < draft.texts.size(); ++code) {
                column.texts.emplace_back(draft.texts.name(code));
            }
        }
        std::vector<std::uint16_t>& out = codes.emplace_back();
        out.reserve(rows_);
        for (const std::uint32_t code : draft.codes) {
            out.push_back(bins ? bins->bin_of_code[code] : static_cast<std::uint16_t>(code));
        }
        draft.codes = {};
        table.columns_.push_back(std::move(column));
    }
    table.codes_.resize(rows_ * codes.size());
    for (std::size_t column = 0; column < codes.size(); ++column) {
        place(table, column, codes[column]);
        codes[column] = {};
    }
    return table;
}

void TableBuilder::place(AttributeTable& table, std::size_t column,
                         const std::vector<std::uint16_t>& codes) {
    const Column& about = table.columns_[column];
    std::vector<std::uint32_t> sizes(about.texts.size());
    for (std::size_t row = 0; row < codes.size(); ++row) {
        table.codes_[row * table.columns_.size() + column] = codes[row];
        if (codes[row] != kNoCode) ++sizes[codes[row]];
    }
    table.sets_.push_back(about.kind == ColumnKind::kLabels
                              ? ValueSets::of_labels(codes, sizes)
                              : ValueSets::of_bins(codes, about.texts.size()));
    table.sizes_.push_back(std::move(sizes));
}

}  // namespace candor::impact
