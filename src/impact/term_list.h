// TermList: the terms from which patterns are made, with their counts and their rows.
//
// Values and cuts that cover enough of the excess to matter. Keeps two sets for each: of all rows,
// to count everybody, and of the rows with somebody affected, which are far fewer, to count those
// first. Thread rule: owned by one thread; the population outlives it and does not change
// meanwhile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "impact/judge.h"
#include "impact/pattern.h"
#include "impact/population.h"

namespace candor::impact {

// The terms of the largest excess; further ones could only belong to patterns beyond anybody's
// list.
inline constexpr std::size_t kTermsPerColumnMax = 32;
inline constexpr std::size_t kTermsMax = 512;

class TermList final {
   public:
    struct Entry {
        Term term;
        Counts counts;
        RowSet hits;                   // positions in Population::hits()
        const RowSet* rows = nullptr;  // of the rows that remain
    };

    // The judge must know the total excess.
    TermList(const Population& population, const Judge& judge);
    const std::vector<Entry>& entries() const { return entries_; }

   private:
    void choose(const Population& population, const Judge& judge);
    void place_sets(const Population& population);

    std::vector<Entry> entries_;   // by column, then by term
    std::deque<RowSet> own_sets_;  // those that the table does not keep
};

// The cut of a column of numbers or times whose lower or upper part leads, if any does.
struct Cut {
    Term term;
    Counts counts;
};
std::vector<Cut> best_cuts(const Population& population, std::size_t column, const Judge& judge);

// What the column that explains most adds up to: the excess of all its values, or of its best cut.
double largest_excess(const Population& population, const Judge& judge);

// How many patterns of up to three terms the table could be asked about.
double possible_patterns(const AttributeTable& table);

}  // namespace candor::impact
