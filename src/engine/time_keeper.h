// Input time from two clocks: never backwards, never stuck, and honest about jumps (DESIGN §4).
//
// Wall time stamps inputs; steady time (through suspend) runs deadlines and reveals that the wall
// clock was set or that our own ticks stopped. Pure: both clocks' readings are arguments.
#pragma once

#include <optional>

#include "base/time.h"
#include "ports/clock.h"

namespace candor::engine {

inline constexpr Duration kTickPeriod = seconds(2);
inline constexpr std::int64_t kTickGapPeriods = 3;
inline constexpr Duration kWallStepMin = seconds(2);
// How much slower than steady time stamp_moving() runs while the wall clock is behind.
inline constexpr std::int64_t kSlowdown = 2;

class TimeKeeper {
   public:
    // Continues after the newest stored time.
    void start(Stamp now, Timestamp newest);

    struct Observed {
        std::optional<Duration> wall_step;  // the wall clock jumped by this much
        // Our ticks stopped in [from, to), or the clock jumped over it: nobody measured there.
        std::optional<Timestamp> gap_from;
    };
    // To be called at least every kTickPeriod.
    Observed tick(Stamp now);

    // The stamp for an input that happens at `now`: max(last, wall).
    Timestamp stamp(Stamp now);
    // The same for one that starts a deadline of its own: it moves on even while the wall clock is
    // behind, or the deadline would be counted from long ago
    // (docs/decisions/014-clock-set-back.md).
    Timestamp stamp_moving(Stamp now);
    // For a deadline that steady time says is reached: not before the deadline itself.
    Timestamp stamp_deadline(Stamp now, Timestamp deadline);

    // When steady time reaches `deadline`, counted from when the newest stamp moved on.
    Duration steady_at(Timestamp deadline) const { return last_steady_ + (deadline - last_); }
    Timestamp last() const { return last_; }

   private:
    Timestamp move_to(Timestamp t, Stamp now);

    Timestamp last_;
    Duration last_steady_;  // when last_ moved; a wall clock set back does not postpone deadlines
    Stamp seen_;            // of the newest tick
};

}  // namespace candor::engine
