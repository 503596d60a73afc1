// What detection hands to the core: a check's new verdict and what it rests on.
//
// Part of the journal's format (entry::VerdictSet).
#pragma once

#include <cstdint>

#include "base/time.h"
#include "model/evidence.h"
#include "model/ids.h"
#include "model/scope.h"
#include "model/status.h"

namespace candor {

// What a check now believes, and the observation it rests on.
struct VerdictChange {
    CheckId check;
    Verdict verdict = Verdict::kNone;  // never kSuspect
    // kFail: first failing observation of the confirmed run. kPass: first passing observation of
    // the confirmed recovery. kNoData, kBlind: the last good observation before the silence.
    Timestamp since;
    std::uint64_t observation = 0;
    Evidence evidence;
    Scope scope;

    friend bool operator==(const VerdictChange&, const VerdictChange&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("check", self.check);
        visit("verdict", self.verdict);
        visit("since", self.since);
        visit("observation", self.observation);
        visit("evidence", self.evidence);
        visit("scope", self.scope);
    }
};

}  // namespace candor
