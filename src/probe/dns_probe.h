// The dns check: one question, and the answer's records against the exact set that is expected.
//
// Order and repetition do not matter; one record too many is as wrong as one too few.
// One thread: the loop's (probe_context.h).
#pragma once

#include "probe/probe_context.h"
#include "probe/resolver.h"

namespace candor::probe {

class DnsProbe final {
   public:
    DnsProbe(ProbeContext& context, const DnsTarget& target, ProbeRun run);
    void start();
    void on_deadline();

   private:
    void on_answer(const RecordAnswer& answer, int type);
    void fail_with(Trouble why);
    Timing timing() const;

    ProbeContext& context_;
    const DnsTarget& target_;
    ProbeRun run_;
    Question question_;
};

}  // namespace candor::probe
