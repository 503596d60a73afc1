#include "replay/runner.h"

#include <algorithm>

namespace candor::replay {

Result<void> run_now(engine::Engine& engine, VirtualProber& prober) {
    while (auto result = prober.take_due()) engine.on_probe(std::move(*result));
    engine.on_time();
    return engine.commit();
}

Result<void> run_for(engine::Engine& engine, VirtualClock& clock, VirtualProber& prober,
                     Duration duration) {
    const Duration end = clock.now().steady + duration;
    while (true) {
        TRY(run_now(engine, prober));
        // At least a millisecond passes, so that a deadline that stays due cannot stop time.
        Duration next = std::max(engine.next_wakeup(), clock.now().steady + milliseconds(1));
        if (const auto probe = prober.next())
            next = std::min(next, std::max(*probe, clock.now().steady));
        if (next >= end) break;
        clock.advance_to(next);
    }
    clock.advance_to(end);
    return run_now(engine, prober);
}

}  // namespace candor::replay
