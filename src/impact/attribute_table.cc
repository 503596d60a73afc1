#include "impact/attribute_table.h"

#include <algorithm>

#include "base/check.h"

namespace candor::impact {

bool AttributeTable::matches(std::size_t at, Term term) const {
    const std::uint16_t code = codes_[at * columns_.size() + term.column];
    switch (term.kind) {
        case TermKind::kIs: return code == term.code;
        case TermKind::kBelow: return code < term.code;
        case TermKind::kFrom: return code >= term.code && code != kNoCode;
    }
    return false;
}

bool AttributeTable::matches(std::size_t at, const Pattern& pattern) const {
    return std::ranges::all_of(pattern.terms(), [&](Term term) { return matches(at, term); });
}

RowSet AttributeTable::rows_of(const Pattern& pattern) const {
    CHECK(pattern.size() > 0);
    const Term first = pattern.terms().front();
    RowSet out = sets_[first.column].rows(first);
    for (const Term term : pattern.terms().subspan(1)) {
        const RowSet* kept = sets_[term.column].kept(term);
        out &= kept != nullptr ? *kept : sets_[term.column].rows(term);
    }
    return out;
}

std::string AttributeTable::text(Term term) const {
    const std::string& text = columns_[term.column].texts[term.code];
    switch (term.kind) {
        case TermKind::kIs: return text;
        case TermKind::kBelow: return "< " + text;
        case TermKind::kFrom: return ">= " + text;
    }
    return text;
}

}  // namespace candor::impact
