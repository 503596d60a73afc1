#include "impact/term_list.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace candor::impact {

namespace {

bool of_labels(const Population& population, std::size_t column) {
    return population.table().columns()[column].kind == ColumnKind::kLabels;
}

// Every cut of a column with the counts on its two sides.
template <class Visit>
void for_each_cut(const Population& population, std::size_t column, const Visit& visit) {
    const auto bins = population.values(column);
    Counts all;
    for (const Counts& bin : bins) all += bin;
    Counts below;
    for (std::size_t edge = 1; edge < bins.size(); ++edge) {
        below += bins[edge - 1];
        visit(static_cast<std::uint16_t>(edge), below, all - below);
    }
}

// How a term alone would rank, of whatever size: a cut is chosen before it is known whether it
// matters.
double rank_of_cut(const Judge& judge, const Counts& inside) {
    const double excess = judge.excess(inside);
    return excess <= 0 ? 0 : excess * excess * std::sqrt(judge.lift(inside));
}

// For each column and code the entries that a row with it belongs to: a value is in one, a number
// can be below one cut and above another; -1 where there is none.
std::vector<std::vector<std::array<std::int16_t, 2>>> entries_by_code(
    const AttributeTable& table, const std::vector<TermList::Entry>& entries) {
    std::vector<std::vector<std::array<std::int16_t, 2>>> out(table.columns().size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Term term = entries[i].term;
        auto& codes = out[term.column];
        if (codes.empty()) codes.assign(table.codes(term.column), {-1, -1});
        const std::size_t first = term.kind == TermKind::kBelow ? 0 : term.code;
        const std::size_t last = term.kind == TermKind::kFrom ? codes.size() : term.code;
        for (std::size_t code = first; code < last + (term.kind == TermKind::kIs ? 1 : 0); ++code) {
            codes[code][term.kind == TermKind::kFrom ? 1 : 0] = static_cast<std::int16_t>(i);
        }
    }
    return out;
}

}  // namespace

std::vector<Cut> best_cuts(const Population& population, std::size_t column, const Judge& judge) {
    const auto number = static_cast<std::uint16_t>(column);
    Cut below{{number, TermKind::kBelow, 0}, {}};
    Cut from{{number, TermKind::kFrom, 0}, {}};
    double below_rank = 0;
    double from_rank = 0;
    for_each_cut(population, column,
                 [&](std::uint16_t edge, const Counts& left, const Counts& right) {
                     if (const double rank = rank_of_cut(judge, left); rank > below_rank) {
                         below_rank = rank;
                         below.term.code = edge;
                         below.counts = left;
                     }
                     if (const double rank = rank_of_cut(judge, right); rank > from_rank) {
                         from_rank = rank;
                         from.term.code = edge;
                         from.counts = right;
                     }
                 });
    std::vector<Cut> cuts;
    if (below_rank > 0) cuts.push_back(below);
    if (from_rank > 0) cuts.push_back(from);
    return cuts;
}

double largest_excess(const Population& population, const Judge& judge) {
    double largest = 0;
    for (std::size_t column = 0; column < population.table().columns().size(); ++column) {
        double excess = 0;
        if (of_labels(population, column)) {
            for (const Counts& value : population.values(column)) {
                if (value.affected >= kAffectedMin) excess += std::max(0.0, judge.excess(value));
            }
        } else {
            for_each_cut(population, column, [&](std::uint16_t, const Counts& l, const Counts& r) {
                excess = std::max({excess, judge.excess(l), judge.excess(r)});
            });
        }
        largest = std::max(largest, excess);
    }
    return largest;
}

double possible_patterns(const AttributeTable& table) {
    double one = 0;
    double two = 0;
    double three = 0;
    for (std::size_t column = 0; column < table.columns().size(); ++column) {
        const bool labels = table.columns()[column].kind == ColumnKind::kLabels;
        const auto terms = static_cast<double>(table.codes(column) * (labels ? 1 : 2));
        three += two * terms;
        two += one * terms;
        one += terms;
    }
    return one + two + three;
}

TermList::TermList(const Population& population, const Judge& judge) {
    choose(population, judge);
    place_sets(population);
}

void TermList::choose(const Population& population, const Judge& judge) {
    const double covering = kCoverageMin * judge.total_excess();
    std::vector<Cut> all;
    for (std::size_t column = 0; column < population.table().columns().size(); ++column) {
        std::vector<Cut> some;
        if (of_labels(population, column)) {
            const auto values = population.values(column);
            for (std::size_t code = 0; code < values.size(); ++code) {
                some.push_back({{static_cast<std::uint16_t>(column), TermKind::kIs,
                                 static_cast<std::uint16_t>(code)},
                                values[code]});
            }
        } else {
            some = best_cuts(population, column, judge);
        }
        std::erase_if(some, [&](const Cut& one) {
            return one.counts.affected < kAffectedMin ||
                   static_cast<double>(one.counts.affected) < covering;
        });
        const auto keep_largest = [&](std::vector<Cut>& terms, std::size_t most) {
            std::ranges::stable_sort(terms, [&](const Cut& a, const Cut& b) {
                return judge.excess(a.counts) > judge.excess(b.counts);
            });
            if (terms.size() > most) terms.resize(most);
        };
        keep_largest(some, kTermsPerColumnMax);
        all.insert(all.end(), some.begin(), some.end());
        if (column + 1 == population.table().columns().size()) keep_largest(all, kTermsMax);
    }
    std::ranges::sort(all, {}, &Cut::term);
    for (const Cut& one : all) entries_.push_back({one.term, one.counts, RowSet(), nullptr});
}

void TermList::place_sets(const Population& population) {
    const AttributeTable& table = population.table();
    const auto hits = population.hits();
    for (Entry& entry : entries_) entry.hits = RowSet(hits.size());
    const auto entries_of = entries_by_code(table, entries_);
    for (std::size_t at = 0; at < hits.size(); ++at) {
        const auto codes = table.row(hits[at]);
        for (std::size_t column = 0; column < codes.size(); ++column) {
            if (entries_of[column].empty() || codes[column] == kNoCode) continue;
            for (const std::int16_t entry : entries_of[column][codes[column]]) {
                if (entry >= 0) entries_[static_cast<std::size_t>(entry)].hits.insert(at);
            }
        }
    }
    for (Entry& entry : entries_) {
        const ValueSets& sets = table.sets(entry.term.column);
        entry.rows = sets.kept(entry.term);
        if (entry.rows != nullptr && population.remaining() == nullptr) continue;
        RowSet& own = own_sets_.emplace_back(sets.rows(entry.term));
        if (population.remaining() != nullptr) own &= *population.remaining();
        entry.rows = &own;
    }
}

}  // namespace candor::impact
