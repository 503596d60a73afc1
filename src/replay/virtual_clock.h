// Time that moves only when told to, and randomness that repeats: the simulator's clock port.
//
// One thread. Wall and steady time move together unless the wall clock is set on purpose.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "ports/clock.h"

namespace candor::replay {

class VirtualClock final : public Clock {
   public:
    VirtualClock(Timestamp wall, std::uint64_t seed) : now_{wall, {}}, random_(seed) {}

    Stamp now() override { return now_; }
    std::uint64_t entropy() override;

    void advance_to(Duration steady) {
        now_.wall = now_.wall + (steady - now_.steady);
        now_.steady = steady;
    }
    // Sets the wall clock by `by` without time passing.
    void step_wall(Duration by) { now_.wall = now_.wall + by; }

   private:
    Stamp now_;
    std::uint64_t random_;
};

}  // namespace candor::replay
