// The tcp check: passes when a connection is accepted.
//
// Sends nothing and closes at once, so it says that something listens, not that it works.
// One thread: the loop's (probe_context.h).
#pragma once

#include "probe/dialer.h"
#include "probe/probe_context.h"

namespace candor::probe {

class TcpProbe final {
   public:
    TcpProbe(ProbeContext& context, const TcpTarget& target, ProbeRun run);
    void start();
    void on_deadline();

   private:
    void fail_with(Trouble why);
    Timing timing() const;

    ProbeRun run_;
    Dialer dialer_;
};

}  // namespace candor::probe
