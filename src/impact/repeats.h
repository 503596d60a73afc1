// Remembers the ids of outcomes for a while, so that what is sent twice is counted once.
//
// Bounded in memory: of two generations the older is dropped whole when the newer is full or old,
// so that an id is remembered for at least kRememberedFor unless more than kIdsMax come meanwhile.
// Keeps 64 bits of each id: of a billion ids within that time, one in a hundred runs takes two for
// the same. Pure; one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/time.h"

namespace candor::impact {

class Repeats final {
   public:
    static constexpr Duration kRememberedFor = minutes(15);
    static constexpr std::size_t kIdsMax = 2'000'000;

    // True when this id was given before and is still remembered. `hash` of Names::hash().
    bool seen(std::uint64_t hash, Timestamp now);

   private:
    // Open addressing over the hashes themselves; 0 is an empty slot.
    struct Generation {
        std::vector<std::uint64_t> slots;
        std::size_t count = 0;
        Timestamp since;
    };

    static bool holds(const Generation& generation, std::uint64_t hash);
    static void add(Generation& generation, std::uint64_t hash);

    Generation newer_;
    Generation older_;
};

}  // namespace candor::impact
