// What every probe is given: the loop and the shared engines of the one prober thread.
//
// A probe is an object with start() and on_deadline(). It calls `done` exactly once, possibly
// inside start(), and must call it inside on_deadline() if it has not before. It is destroyed after
// the handlers of that turn, so it may go on using its members until it returns to the loop.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/reach.h"
#include "model/check.h"
#include "model/observation.h"
#include "probe/event_loop.h"

namespace candor::probe {

class ChildReaper;
class HttpEngine;
class Resolver;
class TlsVerifier;

struct ProbeContext {
    EventLoop& loop;
    Resolver& resolver;
    HttpEngine& http;
    TlsVerifier& tls;
    ChildReaper& reaper;
    ReachRules reach;
    std::vector<std::string> command_environment;  // "NAME=value", without the check's own
};

using Done = std::function<void(Observation)>;

// One start() of one check. The spec outlives a reconfiguration.
struct ProbeRun {
    std::shared_ptr<const CheckSpec> spec;
    SteadyMicros started_us = 0;
    SteadyMicros deadline_us = 0;
    Done done;
};

}  // namespace candor::probe
