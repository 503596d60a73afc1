#include "engine/time_keeper.h"

#include <algorithm>

namespace candor::engine {

void TimeKeeper::start(Stamp now, Timestamp newest) {
    last_ = std::max(newest, now.wall);
    last_steady_ = now.steady;
    seen_ = now;
}

TimeKeeper::Observed TimeKeeper::tick(Stamp now) {
    Observed out;
    const Duration elapsed = now.steady - seen_.steady;
    const Duration step = (now.wall - seen_.wall) - elapsed;
    const bool stepped = step > kWallStepMin || step < Duration{-kWallStepMin.ms};
    const bool slept = elapsed > kTickPeriod * kTickGapPeriods;
    if (stepped) out.wall_step = step;
    if (slept || (stepped && step.ms > 0)) out.gap_from = std::max(seen_.wall, Timestamp{});
    seen_ = now;
    return out;
}

Timestamp TimeKeeper::move_to(Timestamp t, Stamp now) {
    if (t > last_) {
        last_ = t;
        last_steady_ = now.steady;
    }
    return last_;
}

Timestamp TimeKeeper::stamp(Stamp now) {
    return move_to(now.wall, now);
}

Timestamp TimeKeeper::stamp_moving(Stamp now) {
    const Duration gone = now.steady - last_steady_;
    return move_to(std::max(now.wall, last_ + milliseconds(gone.ms / kSlowdown)), now);
}

Timestamp TimeKeeper::stamp_deadline(Stamp now, Timestamp deadline) {
    return move_to(std::max(now.wall, deadline), now);
}

}  // namespace candor::engine
