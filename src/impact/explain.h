// explain: what do the affected have in common? Ranked patterns of attributes, or none.
//
// One algorithm for a million customers, of whom some are affected, and for counted rows of a file.
// First what explains most (one pattern, or several values of one attribute that do so together),
// then in turns what explains the rest once that is taken out, and other readings of the same
// people. Answers that select the same rows are given once, in the fewest terms. Pure; bit for bit
// the same everywhere. Thread rule: functions of their arguments.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "impact/attribute_table.h"
#include "impact/counts.h"
#include "impact/pattern.h"

namespace candor::impact {

inline constexpr std::size_t kAnswersMax = 10;

struct Answer {
    Pattern pattern;
    Counts counts;        // over the whole table
    double coverage = 0;  // of what is beyond the usual, 0..1
};

struct Explanation {
    Counts everything;
    std::vector<Answer> answers;  // best first; empty: they have no attribute in common
};

// `affected`: rows of a table of customers, ascending, each once.
Explanation explain(const AttributeTable& table, std::span<const std::uint32_t> affected);
// A table of counted rows.
Explanation explain(const AttributeTable& table);

}  // namespace candor::impact
