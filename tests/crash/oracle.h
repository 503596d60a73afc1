// What a workload of numbered appends must have left behind, whatever stopped it.
//
// The writer appends batch 1, 2, 3, … and observation 1, 2, 3, …; everything that it acknowledged
// must be found, once and in order, and nothing that it never wrote. Plain functions over a folder.
#pragma once

#include <cstdint>
#include <string>

#include "model/observation.h"
#include "ports/journal.h"
#include "ports/series.h"

namespace candor::crash {

// Bounds of one append of the workload.
inline constexpr std::uint64_t kGroupMax = 6;

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

// Reads everything. At most one append of each kind may be there without an acknowledgement.
Found examine(Journal& journal, Series& series, const Acknowledged& acknowledged);

}  // namespace candor::crash
