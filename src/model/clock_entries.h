// The journal's facts about explanation clocks and about what people do with an incident's record:
// own it, call it a drill, set its start, merge it, split it.
//
// Tags 20-29; tags and fields are frozen once released.
#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"
#include "model/clocks.h"
#include "model/ids.h"

namespace candor::entry {

// The rules of the clocks, where the configuration has other ones than its single values.
struct ClockRulesSet {
    static constexpr std::uint8_t kTag = 20;
    ClockRules rules;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("rules", self.rules);
    }
};

// What readers of the incident wait for, and until when. A due of zero stops the clock. While an
// explanation is due the incident counts as not explained.
struct ClockSet {
    static constexpr std::uint8_t kTag = 21;
    IncidentId incident;
    ClockKind kind = ClockKind::kNone;
    Timestamp due;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("kind", self.kind);
        visit("due", self.due);
    }
};

// A promise was missed; `since` is its true time, however late this was noticed. Zero: a person's
// word ended it, or the end of an incident that was explained.
struct OverdueSet {
    static constexpr std::uint8_t kTag = 22;
    IncidentId incident;
    ClockKind kind = ClockKind::kNone;
    Timestamp since;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("kind", self.kind);
        visit("since", self.since);
    }
};

// The next person is to be called: step 1, 2, … since the last word of a person.
struct EscalationRaised {
    static constexpr std::uint8_t kTag = 23;
    IncidentId incident;
    std::int64_t step = 0;
    ClockKind kind = ClockKind::kNone;
    Timestamp missed;  // the deadline that nobody met

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("step", self.step);
        visit("kind", self.kind);
        visit("missed", self.missed);
    }
};

// That machine post only says that there is nothing new.
struct HoldingNoteMarked {
    static constexpr std::uint8_t kTag = 24;
    IncidentId incident;
    UpdateId update;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("update", self.update);
    }
};

// A person has taken the incident on. Says nothing to readers by itself: it stops no clock.
struct IncidentOwned {
    static constexpr std::uint8_t kTag = 25;
    IncidentId incident;
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("actor", self.actor);
    }
};

// The incident is a rehearsal: labelled, and out of history and uptime.
struct IncidentDrillSet {
    static constexpr std::uint8_t kTag = 26;
    IncidentId incident;
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("actor", self.actor);
    }
};

// A person set the start by hand, earlier than it was known before.
struct IncidentStartedSet {
    static constexpr std::uint8_t kTag = 27;
    IncidentId incident;
    Timestamp started;
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("started", self.started);
        visit("actor", self.actor);
    }
};

// The incident goes on in another one; both keep what they said.
struct IncidentMerged {
    static constexpr std::uint8_t kTag = 28;
    IncidentId incident;
    IncidentId into;
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("into", self.into);
        visit("actor", self.actor);
    }
};

// The component left the incident; `into` speaks of it from now on.
struct IncidentSplit {
    static constexpr std::uint8_t kTag = 29;
    IncidentId incident;
    ComponentId component;
    IncidentId into;
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("component", self.component);
        visit("into", self.into);
        visit("actor", self.actor);
    }
};

}  // namespace candor::entry
