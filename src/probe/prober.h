// The real prober: every kind of check on one thread with one event loop.
//
// It judges single answers, never health: confirmation is detect's. A slow target delays no other,
// since nothing on the thread blocks; each probe ends at its own deadline. Implements
// ports/prober.h; start() and configure() are safe from any thread and cost one queue entry.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/reach.h"
#include "base/result.h"
#include "ports/prober.h"

namespace candor::probe {

struct ProberOptions {
    // PEM bundle of authorities to trust instead of the system's; empty: the system's.
    std::string ca_file = "";
    // Where connections may lead; asked of each address that a name resolved to, at every redirect.
    ReachRules reach = reach_of_operators();
    // Probes running at once. One more is answered at once with could_not_run, so that a network
    // that swallows everything cannot use up the descriptors of the page's server.
    std::size_t running_max = 4096;
    // Calls waiting for the thread. When it is full, start() waits for the thread to catch up.
    std::size_t queued_max = 65'536;
};

// Starts the thread. The destructor stops it: probes that still run yield no result, commands are
// killed with their group. `sink` is called from the thread and must not block or call back into
// the prober's destructor.
Result<std::unique_ptr<Prober>> make_prober(ProberOptions options, ProbeSink sink);

}  // namespace candor::probe
