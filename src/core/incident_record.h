// What an incident's state says of its clocks and of its record, beside its phase and posts.
//
// Plain values inside core::IncidentState; only core/apply_clocks.cc changes them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/clocks.h"
#include "model/ids.h"
#include "model/status.h"

namespace candor::core {

// A promise that was missed: from its deadline to the word of a person that came after all.
struct Lapse {
    Timestamp since;
    Timestamp until;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("since", self.since);
        visit("until", self.until);
    }
};

struct IncidentClock {
    ClockKind kind = ClockKind::kNone;
    Timestamp due;                                  // zero: it does not run
    IncidentImpact impact = IncidentImpact::kNone;  // what `due` was computed for
    Timestamp answered;                             // the newest word of a person when it was set
    ClockKind overdue = ClockKind::kNone;
    Timestamp overdue_since;    // zero: nothing is overdue
    std::int64_t step = 0;      // escalations since the last word of a person
    std::int64_t holding = 0;   // holding notes since the last escalation
    std::vector<Lapse> lapses;  // oldest first

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("kind", self.kind);
        visit("due", self.due);
        visit("impact", self.impact);
        visit("answered", self.answered);
        visit("overdue", self.overdue);
        visit("overdue_since", self.overdue_since);
        visit("step", self.step);
        visit("holding", self.holding);
        visit("lapses", self.lapses);
    }
};

// A component that left for an incident of its own.
struct SplitOff {
    ComponentId component;
    std::string name;
    IncidentId into;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("component", self.component);
        visit("name", self.name);
        visit("into", self.into);
    }
};

struct IncidentRecord {
    ActorId owner;       // empty: nobody has taken it on
    Timestamp owned_at;  // by the present owner
    bool drill = false;
    Timestamp evidence_started;  // before a person set the start by hand; zero: nobody did
    IncidentId merged_into;      // empty: it stands for itself
    std::vector<IncidentId> merged_from;
    IncidentId split_from;  // empty: it was not split off
    std::vector<SplitOff> split_off;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("owner", self.owner);
        visit("owned_at", self.owned_at);
        visit("drill", self.drill);
        visit("evidence_started", self.evidence_started);
        visit("merged_into", self.merged_into);
        visit("merged_from", self.merged_from);
        visit("split_from", self.split_from);
        visit("split_off", self.split_off);
    }
};

}  // namespace candor::core
