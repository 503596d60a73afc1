// naive_search: what search() must find, by counting every pattern row by row.
//
// Shares the judge and the choice of cuts with the real one (each has tests of its own) and nothing
// else: no bitmaps, no bounds, no order of evaluation. For small tables. Thread rule: pure
// function.
#pragma once

#include "impact/judge.h"
#include "impact/population.h"
#include "impact/search.h"

namespace candor::impact {

Found naive_search(const Population& population, const Judge& judge);

}  // namespace candor::impact
