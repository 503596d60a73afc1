#include "impact/value_sets.h"

#include "base/check.h"

namespace candor::impact {

namespace {

// From this share of the rows on, a value is kept as bits: there they take at most twice the room
// of its list, and meet other sets without being unpacked.
constexpr std::size_t kFrequentShare = 64;

}  // namespace

ValueSets ValueSets::of_labels(std::span<const std::uint16_t> codes,
                               std::span<const std::uint32_t> sizes) {
    ValueSets out;
    out.rows_ = codes.size();
    out.starts_.assign(sizes.size() + 1, 0);
    std::vector<RowSet*> bits(sizes.size());
    for (std::size_t code = 0; code < sizes.size(); ++code) {
        const bool frequent = sizes[code] * kFrequentShare >= codes.size();
        out.starts_[code + 1] = out.starts_[code] + (frequent ? 0 : sizes[code]);
        if (!frequent) continue;
        const auto key = static_cast<std::uint16_t>(code);
        bits[code] = &out.bits_.emplace(key, RowSet(codes.size())).first->second;
    }
    out.lists_.resize(out.starts_.back());
    std::vector<std::uint32_t> next = out.starts_;
    for (std::size_t row = 0; row < codes.size(); ++row) {
        if (bits[codes[row]] != nullptr) {
            bits[codes[row]]->insert(row);
        } else {
            out.lists_[next[codes[row]]++] = static_cast<std::uint32_t>(row);
        }
    }
    return out;
}

ValueSets ValueSets::of_bins(std::span<const std::uint16_t> codes, std::size_t bins) {
    ValueSets out;
    out.rows_ = codes.size();
    std::vector<RowSet> rows(bins, RowSet(codes.size()));
    for (std::size_t row = 0; row < codes.size(); ++row) {
        if (codes[row] != kNoCode) rows[codes[row]].insert(row);
    }
    RowSet below(codes.size());
    for (std::size_t edge = 1; edge <= bins; ++edge) {
        below |= rows[edge - 1];
        const auto key = edge == bins ? kNoCode : static_cast<std::uint16_t>(edge);
        out.bits_.emplace(key, below);
    }
    return out;
}

const RowSet* ValueSets::kept(Term term) const {
    if (term.kind == TermKind::kFrom) return nullptr;
    const auto found = bits_.find(term.code);
    return found == bits_.end() ? nullptr : &found->second;
}

RowSet ValueSets::rows(Term term) const {
    if (const RowSet* bits = kept(term)) return *bits;
    if (term.kind == TermKind::kFrom) {
        RowSet out = bits_.at(kNoCode);
        return out -= bits_.at(term.code);
    }
    CHECK(term.kind == TermKind::kIs);
    RowSet out(rows_);
    for (std::uint32_t at = starts_[term.code]; at < starts_[term.code + 1u]; ++at) {
        out.insert(lists_[at]);
    }
    return out;
}

}  // namespace candor::impact
