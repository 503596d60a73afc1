// The journal's facts about incidents: opening, posts, phases, declarations, the end.
//
// Tags and fields are frozen once released. Human texts
// are sealed (model/sealed_text.h); machine texts are plain.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/incident.h"
#include "model/sealed_text.h"
#include "model/status.h"

namespace candor::entry {

struct IncidentOpened {
    static constexpr std::uint8_t kTag = 8;
    IncidentId incident;
    Origin origin = Origin::kMachine;
    Visibility visibility = Visibility::kPublic;
    CustomerId customer;      // of a private incident
    std::string title;        // machine; empty when sealed_title is set
    SealedText sealed_title;  // human
    Timestamp started;        // by the evidence
    IncidentImpact impact = IncidentImpact::kNone;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("origin", self.origin);
        visit("visibility", self.visibility);
        visit("customer", self.customer);
        visit("title", self.title);
        visit("sealed_title", self.sealed_title);
        visit("started", self.started);
        visit("impact", self.impact);
    }
};

// The component belongs to the incident, now with this status there.
struct IncidentComponentSet {
    static constexpr std::uint8_t kTag = 9;
    IncidentId incident;
    ComponentId component;
    std::string name;  // kept, because the component may leave the configuration
    ComponentStatus status = ComponentStatus::kOperational;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("component", self.component);
        visit("name", self.name);
        visit("status", self.status);
    }
};

// What a person declares of a component through this incident; operational withdraws it.
struct DeclarationSet {
    static constexpr std::uint8_t kTag = 10;
    IncidentId incident;
    ComponentId component;
    ComponentStatus status = ComponentStatus::kOperational;
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("component", self.component);
        visit("status", self.status);
        visit("actor", self.actor);
    }
};

struct IncidentPhaseSet {
    static constexpr std::uint8_t kTag = 11;
    IncidentId incident;
    IncidentPhase phase = IncidentPhase::kInvestigating;
    // By the evidence. With kMonitoring: since when its signals are good; zero: a person says so
    // while they are not.
    Timestamp effective;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("phase", self.phase);
        visit("effective", self.effective);
    }
};

struct IncidentPosted {
    static constexpr std::uint8_t kTag = 12;
    IncidentId incident;
    UpdateId update;
    Origin origin = Origin::kMachine;
    IncidentPhase phase = IncidentPhase::kInvestigating;
    std::string text;        // machine; empty when sealed_text is set
    SealedText sealed_text;  // human
    std::vector<AffectedComponent> affected;
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("update", self.update);
        visit("origin", self.origin);
        visit("phase", self.phase);
        visit("text", self.text);
        visit("sealed_text", self.sealed_text);
        visit("affected", self.affected);
        visit("actor", self.actor);
    }
};

struct IncidentImpactSet {
    static constexpr std::uint8_t kTag = 13;
    IncidentId incident;
    IncidentImpact impact = IncidentImpact::kNone;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("impact", self.impact);
    }
};

// Private trouble became public: the second customer was hit.
struct IncidentPromoted {
    static constexpr std::uint8_t kTag = 14;
    IncidentId incident;
    std::string title;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("title", self.title);
    }
};

// When the incident resolves by itself if its signals stay good; zero: not scheduled.
struct IncidentResolveDueSet {
    static constexpr std::uint8_t kTag = 15;
    IncidentId incident;
    Timestamp due;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("due", self.due);
    }
};

struct IncidentReopened {
    static constexpr std::uint8_t kTag = 16;
    IncidentId incident;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
    }
};

// A false alarm, visibly; [from, to) of `component` becomes unmeasured.
struct IncidentRetracted {
    static constexpr std::uint8_t kTag = 17;
    IncidentId incident;
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("actor", self.actor);
    }
};

}  // namespace candor::entry
