// What a workload of numbered appends must have left behind, whatever stopped it.
//
// The writer appends batch 1, 2, 3, … and observation 1, 2, 3, …; everything that it acknowledged
// must be found, once and in order, and nothing that it never wrote. How many go into one append
// follows from the first number alone, so that half an append is told from a whole one. Plain
// functions over a folder.
#pragma once

#include <cstdint>
#include <string>

#include "model/observation.h"
#include "ports/journal.h"
#include "ports/series.h"

namespace candor::crash {

// How many the append has that follows number `last`: 1 to 6, without a pattern.
std::uint64_t group_after(std::uint64_t last);

AppendRequest numbered_batch(std::uint64_t number);
Observation numbered_observation(std::uint64_t number);

// How far the writer got by its own word.
struct Acknowledged {
    std::uint64_t batches = 0;
    std::uint64_t observations = 0;
};

// What the reopened stores hold, or in `wrong` the first thing that must not be.
struct Found {
    std::uint64_t batches = 0;
    std::uint64_t observations = 0;
    std::string wrong;
};

// Reads everything. Of each kind there may be one append without an acknowledgement, whole.
Found examine(Journal& journal, Series& series, const Acknowledged& acknowledged);

}  // namespace candor::crash
