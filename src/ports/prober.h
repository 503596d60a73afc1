// The prober port: runs one check once, without blocking, and hands the result to a sink.
//
// Real: probe/prober.h (its own thread and event loop). Virtual: replay/virtual_prober.h.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "model/check.h"
#include "model/observation.h"

namespace candor {

// `observation` without number and time: the engine stamps both. `run` is what start() was given.
struct ProbeResult {
    std::uint64_t run = 0;
    Observation observation;
};

// Called from the prober's thread; must not block.
using ProbeSink = std::function<void(ProbeResult)>;

class Prober {
   public:
    virtual ~Prober() = default;

    // Replaces what is known of the checks; probes already running finish and report as usual.
    virtual void configure(std::vector<CheckSpec> checks) = 0;

    // Starts one probe; exactly one result follows, at the latest `timeout` (plus scheduling)
    // later. Ignored for heartbeats. A check id that is not configured yields no result.
    virtual void start(const CheckId& check, std::uint64_t run) = 0;
};

}  // namespace candor
