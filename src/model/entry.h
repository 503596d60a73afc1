// The journal's facts: decisions, never inputs, so that an upgrade never rewrites what readers saw.
//
// The list is closed. A struct's tag and field order are frozen once released: a new field means a
// new struct with a new tag. Human texts are sealed (model/input.h); machine texts are plain, since
// they are made from public names and numbers only. core::apply gives each its meaning.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"
#include "model/evidence.h"
#include "model/ids.h"
#include "model/input.h"
#include "model/status.h"
#include "model/topology.h"

namespace candor {

// Why a component has the status it has; the page words it.
enum class StatusCause : std::uint8_t {
    kSignals,            // its checks say so
    kNotMeasuredYet,     // no check has a confirmed result yet, or it has no check
    kSilent,             // a target that should report has stopped
    kBlind,              // the observer cannot see
    kMonitoringChanged,  // a failing check was removed or changed
    kHeld,               // its checks pass, but min_red has not passed yet
    kDeclared,           // a person said so
    kStoreFailed,        // we cannot write down what we see
};

enum class Visibility : std::uint8_t { kPublic, kPrivate };

enum class GapReason : std::uint8_t { kStopped, kSuspended };

// One component's change inside a post, in Statuspage's sense.
struct AffectedComponent {
    ComponentId component;
    ComponentStatus before = ComponentStatus::kOperational;
    ComponentStatus after = ComponentStatus::kOperational;

    friend bool operator==(const AffectedComponent&, const AffectedComponent&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("component", self.component);
        visit("before", self.before);
        visit("after", self.after);
    }
};

namespace entry {

struct Started {
    static constexpr std::uint8_t kTag = 1;
    std::string version;
    Timestamp last_alive;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("version", self.version);
        visit("last_alive", self.last_alive);
    }
};

struct ConfigurationSet {
    static constexpr std::uint8_t kTag = 2;
    Topology topology;
    std::string digest;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("topology", self.topology);
        visit("digest", self.digest);
    }
};

struct VerdictSet {
    static constexpr std::uint8_t kTag = 3;
    VerdictChange change;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("change", self.change);
    }
};

// What readers see from this batch on; `effective` is when it became true by the evidence, and is
// what uptime counts (rule 12). effective <= the batch's time.
struct ComponentStatusSet {
    static constexpr std::uint8_t kTag = 4;
    ComponentId component;
    ComponentStatus status = ComponentStatus::kUnknown;
    // What uptime counts from `effective` on; differs from `status` only while it is held.
    ComponentStatus counted = ComponentStatus::kUnknown;
    StatusCause cause = StatusCause::kNotMeasuredYet;
    Timestamp effective;
    CheckId check;      // the check that decides, where one does
    Evidence evidence;  // its evidence

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("component", self.component);
        visit("status", self.status);
        visit("counted", self.counted);
        visit("cause", self.cause);
        visit("effective", self.effective);
        visit("check", self.check);
        visit("evidence", self.evidence);
    }
};

// The component keeps its colour until `until` although its checks pass (min_red). Zero ends it.
struct ComponentHoldSet {
    static constexpr std::uint8_t kTag = 5;
    ComponentId component;
    Timestamp until;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("component", self.component);
        visit("until", self.until);
    }
};

// A failing check was removed or changed: the component is not green until a person accepts it.
struct MonitoringChangedSet {
    static constexpr std::uint8_t kTag = 6;
    ComponentId component;
    bool changed = false;
    ActorId actor;  // who accepted; empty when set by a new configuration
    // The failing checks that went or changed; one that fails again as it is now leaves the list.
    std::vector<CheckId> checks;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("component", self.component);
        visit("changed", self.changed);
        visit("actor", self.actor);
        visit("checks", self.checks);
    }
};

// Nobody measured anything in [from, to).
struct MeasurementGap {
    static constexpr std::uint8_t kTag = 7;
    Timestamp from;
    Timestamp to;
    GapReason reason = GapReason::kStopped;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("from", self.from);
        visit("to", self.to);
        visit("reason", self.reason);
    }
};

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

struct ComponentTimeExcluded {
    static constexpr std::uint8_t kTag = 18;
    ComponentId component;
    Timestamp from;
    Timestamp to;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("component", self.component);
        visit("from", self.from);
        visit("to", self.to);
    }
};

struct WallClockStepped {
    static constexpr std::uint8_t kTag = 19;
    Duration by;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("by", self.by);
    }
};

}  // namespace entry

using Entry =
    std::variant<entry::Started, entry::ConfigurationSet, entry::VerdictSet,
                 entry::ComponentStatusSet, entry::ComponentHoldSet, entry::MonitoringChangedSet,
                 entry::MeasurementGap, entry::IncidentOpened, entry::IncidentComponentSet,
                 entry::DeclarationSet, entry::IncidentPhaseSet, entry::IncidentPosted,
                 entry::IncidentImpactSet, entry::IncidentPromoted, entry::IncidentResolveDueSet,
                 entry::IncidentReopened, entry::IncidentRetracted, entry::ComponentTimeExcluded,
                 entry::WallClockStepped>;

std::string_view entry_name(const Entry& entry);  // "component_status_set", …

std::string_view name_of(StatusCause);
std::string_view name_of(Visibility);
std::string_view name_of(GapReason);
constexpr StatusCause max_of(StatusCause) {
    return StatusCause::kStoreFailed;
}
constexpr Visibility max_of(Visibility) {
    return Visibility::kPrivate;
}
constexpr GapReason max_of(GapReason) {
    return GapReason::kSuspended;
}

}  // namespace candor
