// together: several values of one attribute that share the blame.
//
// "4.2.1 and 4.2.2" is one cause that no single pattern says. Values of one column are joined in
// the order of their lift while each covers enough; the joined group is judged like a single term,
// against everybody else. Thread rule: pure function.
#pragma once

#include <vector>

#include "impact/judge.h"
#include "impact/pattern.h"
#include "impact/population.h"

namespace candor::impact {

// The values, one pattern each, most affected first, when together they lead by more than a tenth
// over `lead`, the best single pattern's score; nothing otherwise. The population is whole.
std::vector<Pattern> together(const Population& population, const Judge& judge, double lead);

}  // namespace candor::impact
