// Search: every pattern of one to three terms that explains who is affected, the best of them
// first.
//
// Exact: it leaves out only what a bound proves to be worse than what it keeps (branch and bound),
// and patterns of three terms none of whose pairs stands out. Counts the affected rows first, which
// are few, and everybody only for patterns that could still be kept. Pure: same table, same answer,
// bit for bit. Thread rule: a function of its arguments.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "impact/judge.h"
#include "impact/pattern.h"
#include "impact/population.h"

namespace candor::impact {

struct Candidate {
    Pattern pattern;
    Counts counts;  // of the rows that remain in the population
    Scores scores;
};

// Alternatives kept in reserve: some say the same as others and are folded later.
inline constexpr std::size_t kAlternativesMax = 16;

struct Found {
    std::optional<Candidate> lead;  // the highest `lead`
    std::vector<Candidate>
        alternatives;  // the highest `alternative`, best first; the lead among them
};

// The judge knows the total excess. Equal scores: fewer terms first, then the order of columns and
// values.
Found search(const Population& population, const Judge& judge);

}  // namespace candor::impact
