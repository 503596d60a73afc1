// Drives a real Engine through virtual time: the one loop of simulator, scenarios and backtest.
//
// Does what the live thread does (app/engine_thread.cc), without waiting: the next instant at which
// anything is due is simply the present. One thread.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "engine/engine.h"
#include "replay/virtual_clock.h"
#include "replay/virtual_prober.h"

namespace candor::replay {

// Runs everything that is due until `duration` of steady time has passed. Errors are the engine's.
Result<void> run_for(engine::Engine& engine, VirtualClock& clock, VirtualProber& prober,
                     Duration duration);

// Handles what is due at this very instant and commits.
Result<void> run_now(engine::Engine& engine, VirtualProber& prober);

}  // namespace candor::replay
