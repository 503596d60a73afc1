// The journal's facts about what is measured and what the light shows.
//
// Tags and fields are frozen once released.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/evidence.h"
#include "model/ids.h"
#include "model/status.h"
#include "model/status_cause.h"
#include "model/topology.h"
#include "model/verdict_change.h"

namespace candor {

enum class GapReason : std::uint8_t { kStopped, kSuspended };

std::string_view name_of(GapReason);  // "stopped", "suspended"
constexpr GapReason max_of(GapReason) {
    return GapReason::kSuspended;
}

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
}  // namespace candor
