// Everything that the journal's entries add up to; what every reader is rendered from.
//
// Built only by core::apply. Plain values; a copy is a consistent snapshot of one position and is
// cheap: components and incidents are shared until one changes.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "core/account_state.h"
#include "core/incident_record.h"
#include "core/maintenance_state.h"
#include "core/timeline.h"
#include "model/ids.h"
#include "model/incident.h"
#include "model/sealed_text.h"
#include "model/status.h"
#include "model/status_cause.h"
#include "model/topology.h"
#include "model/verdict_change.h"

namespace candor::core {

// A shared immutable value; edit() replaces it by a changed copy, never in place, so that a reader
// holding an older State is never disturbed.
template <class T>
class Shared {
   public:
    Shared() : value_(std::make_shared<const T>()) {}
    const T& operator*() const { return *value_; }
    const T* operator->() const { return value_.get(); }

    template <class Change>
    void edit(Change&& change) {
        auto copy = std::make_shared<T>(*value_);
        change(*copy);
        value_ = std::move(copy);
    }

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        self.visit_value(visit);
    }

   private:
    template <class Visit>
    void visit_value(Visit& visit) {
        auto copy = std::make_shared<T>();
        T::fields(*copy, visit);
        value_ = std::move(copy);
    }
    template <class Visit>
    void visit_value(Visit& visit) const {
        T::fields(*value_, visit);
    }

    std::shared_ptr<const T> value_;
};

struct CheckState {
    ComponentId component;
    VerdictChange last;  // kNone until the first confirmed result
    Timestamp decided;   // batch time of `last`

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("component", self.component);
        visit("last", self.last);
        visit("decided", self.decided);
    }
};

struct ComponentState {
    ComponentStatus status = ComponentStatus::kUnknown;
    ComponentStatus counted = ComponentStatus::kUnknown;  // what uptime counts now
    StatusCause cause = StatusCause::kNotMeasuredYet;
    Timestamp changed;    // batch time of the current status
    Timestamp effective;  // since when by the evidence
    // What it was before it became unknown; a blind component keeps it in Statuspage's JSON.
    ComponentStatus last_known = ComponentStatus::kOperational;
    CheckId check;  // the deciding check, where one decides
    Evidence evidence;
    Timestamp held_until;  // min_red; zero: not held
    Timestamp red_since;   // batch time of the current unbroken trouble; zero: none
    bool monitoring_changed = false;
    std::vector<CheckId> changed_checks;  // which ones, while monitoring_changed
    Timestamp created;                    // batch time of its first configuration
    std::map<IncidentId, ComponentStatus> declared;
    Timeline timeline;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("status", self.status);
        visit("counted", self.counted);
        visit("cause", self.cause);
        visit("changed", self.changed);
        visit("effective", self.effective);
        visit("last_known", self.last_known);
        visit("check", self.check);
        visit("evidence", self.evidence);
        visit("held_until", self.held_until);
        visit("red_since", self.red_since);
        visit("monitoring_changed", self.monitoring_changed);
        visit("changed_checks", self.changed_checks);
        visit("created", self.created);
        visit("declared", self.declared);
        visit("timeline", self.timeline);
    }
};

struct UpdateState {
    UpdateId id;
    Timestamp at;
    Origin origin = Origin::kMachine;
    IncidentPhase phase = IncidentPhase::kInvestigating;
    std::string text;
    SealedText sealed_text;
    std::vector<AffectedComponent> affected;
    bool holding = false;  // the machine says that there is nothing new

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("at", self.at);
        visit("origin", self.origin);
        visit("phase", self.phase);
        visit("text", self.text);
        visit("sealed_text", self.sealed_text);
        visit("affected", self.affected);
        visit("holding", self.holding);
    }
};

struct IncidentComponent {
    ComponentId component;
    std::string name;
    ComponentStatus now = ComponentStatus::kOperational;
    ComponentStatus worst = ComponentStatus::kOperational;
    Timestamp joined;  // batch time

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("component", self.component);
        visit("name", self.name);
        visit("now", self.now);
        visit("worst", self.worst);
        visit("joined", self.joined);
    }
};

struct IncidentState {
    IncidentId id;
    Origin origin = Origin::kMachine;
    Visibility visibility = Visibility::kPublic;
    CustomerId customer;
    std::string title;
    SealedText sealed_title;
    IncidentPhase phase = IncidentPhase::kInvestigating;
    IncidentImpact impact = IncidentImpact::kNone;
    Timestamp opened;         // batch time
    Timestamp started;        // by the evidence
    Timestamp changed;        // batch time of the newest change
    Timestamp monitoring_at;  // zero: never
    Timestamp recovered_at;  // since when its signals are good, by the evidence; zero: they are not
    Timestamp resolved_at;   // batch time; zero: open
    Timestamp resolve_due;   // zero: not scheduled
    bool retracted = false;
    bool explained = false;  // a person has posted
    Timestamp last_human;    // zero: never
    Timestamp last_machine;
    std::int64_t machine_posts_since_human = 0;
    std::vector<IncidentComponent> components;  // in the order they joined
    std::vector<UpdateState> updates;           // oldest first
    IncidentClock clock;
    IncidentRecord record;

    bool is_open() const { return resolved_at.ms == 0; }

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("origin", self.origin);
        visit("visibility", self.visibility);
        visit("customer", self.customer);
        visit("title", self.title);
        visit("sealed_title", self.sealed_title);
        visit("phase", self.phase);
        visit("impact", self.impact);
        visit("opened", self.opened);
        visit("started", self.started);
        visit("changed", self.changed);
        visit("monitoring_at", self.monitoring_at);
        visit("recovered_at", self.recovered_at);
        visit("resolved_at", self.resolved_at);
        visit("resolve_due", self.resolve_due);
        visit("retracted", self.retracted);
        visit("explained", self.explained);
        visit("last_human", self.last_human);
        visit("last_machine", self.last_machine);
        visit("machine_posts_since_human", self.machine_posts_since_human);
        visit("components", self.components);
        visit("updates", self.updates);
        visit("clock", self.clock);
        visit("record", self.record);
    }
};

// Most stand-ins that are remembered: an incident's end is told to whoever was on call meanwhile.
inline constexpr std::size_t kShiftOverridesKept = 500;

// Somebody is on call in a rotation instead of whose turn it is.
struct ShiftOverrideState {
    ShiftOverrideId id;
    std::string rotation;
    std::string person;  // as entry::ShiftOverridden
    Timestamp start;
    Timestamp end;
    ActorId actor;
    Timestamp since;  // batch time

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("rotation", self.rotation);
        visit("person", self.person);
        visit("start", self.start);
        visit("end", self.end);
        visit("actor", self.actor);
        visit("since", self.since);
    }
};

// Whether people are called, and by whom they let themselves be stood in for; who they are is
// configuration.
struct PagingState {
    Timestamp muted_until;                           // zero, or past: it is not muted
    Timestamp changed;                               // batch time of the newest change
    ActorId actor;                                   // of it
    std::vector<ShiftOverrideState> overrides = {};  // oldest first, at most kShiftOverridesKept

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("muted_until", self.muted_until);
        visit("changed", self.changed);
        visit("actor", self.actor);
        visit("overrides", self.overrides);
    }
};

struct State {
    Position position = 0;
    Timestamp at;  // time of the newest batch
    Shared<Topology> topology;
    std::string configuration;  // its digest; "" before the first
    Timestamp configured_at;
    std::map<CheckId, CheckState> checks;
    std::map<ComponentId, Shared<ComponentState>> components;
    std::map<IncidentId, Shared<IncidentState>> incidents;
    // Every id of `incidents` in the order they were opened.
    std::vector<IncidentId> incident_order;
    // Those of them that are open, in the same order; and components with a pending min_red hold.
    std::vector<IncidentId> open_incidents;
    std::vector<ComponentId> held;
    Shared<Accounts> accounts;
    // Incidents whose clock runs; and closed ones whose explanation is still owed (rule 4). In no
    // order that means anything.
    std::vector<IncidentId> clocked;
    std::vector<IncidentId> owed;
    std::optional<ClockRules> clock_rules;  // absent: the topology's single values
    // Every window that is readable, and its id in one of three lists: waiting, by their start; on,
    // by when they began; over or called off, by when that was (at most kMaintenancesClosedMax).
    std::map<MaintenanceId, Shared<MaintenanceState>> maintenances;
    std::vector<MaintenanceId> scheduled_maintenances;
    std::vector<MaintenanceId> active_maintenances;
    std::vector<MaintenanceId> closed_maintenances;
    PagingState paging;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("position", self.position);
        visit("at", self.at);
        visit("topology", self.topology);
        visit("configuration", self.configuration);
        visit("configured_at", self.configured_at);
        visit("checks", self.checks);
        visit("components", self.components);
        visit("incidents", self.incidents);
        visit("incident_order", self.incident_order);
        visit("open_incidents", self.open_incidents);
        visit("held", self.held);
        visit("accounts", self.accounts);
        visit("clocked", self.clocked);
        visit("owed", self.owed);
        visit("clock_rules", self.clock_rules);
        visit("maintenances", self.maintenances);
        visit("scheduled_maintenances", self.scheduled_maintenances);
        visit("active_maintenances", self.active_maintenances);
        visit("closed_maintenances", self.closed_maintenances);
        visit("paging", self.paging);
    }
};

// The definition of a component in force; null when the configuration no longer has it.
const Component* find_definition(const State& state, const ComponentId& id);

// A person owes words about this closed incident: its record stays unfinished until they come.
bool owes_explanation(const IncidentState& incident);

// Hexadecimal SHA-256 over the encoded state: equal exactly for equal states.
std::string state_hash(const State& state);

}  // namespace candor::core
