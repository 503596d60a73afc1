// Checks of outcomes as probes: what is asked is our own counting, everything else goes on to the
// real prober.
//
// Stateless but for the configuration. Thread rule: as ports/prober.h; results come from the
// thread that counts outcomes.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "app/outcome_thread.h"
#include "base/time.h"
#include "ports/clock.h"
#include "ports/prober.h"

namespace candor::app {

class OutcomeProber final : public Prober {
   public:
    // `outcomes` and `clock` must outlive it, and `sink` whatever results are still to come.
    OutcomeProber(std::unique_ptr<Prober> others, OutcomeThread& outcomes, Clock& clock,
                  ProbeSink sink);

    void configure(std::vector<CheckSpec> checks) override;
    void start(const CheckId& check, std::uint64_t run) override;

   private:
    std::unique_ptr<Prober> others_;
    OutcomeThread& outcomes_;
    Clock& clock_;
    ProbeSink sink_;
    std::map<CheckId, CheckSpec> checks_;
};

}  // namespace candor::app
