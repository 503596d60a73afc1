// The only source of time and randomness; everything behind the edge receives them as data.
//
// Safe from any thread. Wall time may step; steady time never goes back.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace candor {

// Wall and steady time read together. `steady` counts through suspend (CLOCK_BOOTTIME).
struct Stamp {
    Timestamp wall;
    Duration steady;
};

// Safe from any thread.
class Clock {
   public:
    virtual ~Clock() = default;
    virtual Stamp now() = 0;
    // 64 unpredictable bits; in the simulator, seeded ones.
    virtual std::uint64_t entropy() = 0;
};

}  // namespace candor
