// Everything that can make the core decide: one closed variant, stamped once at the edge.
//
// Inputs carry their time, randomness and texts' commitments; core::decide reads nothing else.
// Start here to see what can happen to a status page.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"
#include "model/account_input.h"
#include "model/clocks.h"
#include "model/component_change.h"
#include "model/ids.h"
#include "model/maintenance_input.h"
#include "model/sealed_text.h"
#include "model/status.h"
#include "model/subscriber_input.h"
#include "model/topology.h"
#include "model/verdict_change.h"

namespace candor {

namespace input {

// The process has started and recovered; `last_alive` is the newest durable sign of the previous
// one (zero at the very first start).
struct Started {
    std::string version;
    Timestamp last_alive;
};

struct ConfigurationLoaded {
    Topology topology;
    std::string digest;  // hexadecimal SHA-256 of the redacted copy
    // Where they differ by impact; absent: the topology's single values.
    std::optional<ClockRules> clocks = {};
};

// All verdicts that one step of detection changed: one cause, one batch.
struct VerdictsChanged {
    std::vector<VerdictChange> changes;
};

struct IncidentDeclared {
    SealedText title;
    SealedText text;
    std::vector<ComponentChange> components;  // at least one, each worse than operational
    ActorId actor;
    bool drill = false;  // a rehearsal
};

struct UpdatePosted {
    IncidentId incident;
    std::optional<IncidentPhase> phase;  // unchanged when absent
    SealedText text;
    std::vector<ComponentChange> components;  // changes to what this incident declares
    ActorId actor;
};

struct IncidentRetractRequested {
    IncidentId incident;
    SealedText text;
    ActorId actor;
};

// A person takes the incident on, also from somebody else.
struct IncidentAcknowledged {
    IncidentId incident;
    ActorId actor;
};

struct DrillMarked {
    IncidentId incident;
    ActorId actor;
};

// It began earlier than we know.
struct StartMoved {
    IncidentId incident;
    Timestamp started;
    ActorId actor;
};

struct IncidentsMerged {
    IncidentId incident;
    IncidentId into;
    ActorId actor;
};

struct ComponentSplitOff {
    IncidentId incident;
    ComponentId component;
    SealedText title;
    SealedText text;
    ActorId actor;
};

// A person confirms that the changed monitoring of a component is what they meant.
struct MonitoringAccepted {
    ComponentId component;
    ActorId actor;
};

// Our own ticks stopped (suspended machine, stopped process): nobody was watching in [from, to).
struct ObserverGap {
    Timestamp from;
    Timestamp to;
};

// The wall clock jumped against the steady clock by `by` (signed).
struct WallClockStepped {
    Duration by;
};

// Calls wait for so long from now; zero: they come again.
struct PagingMuteRequested {
    Duration length;
    ActorId actor;
};

// The channel is known and switched off, as far as the caller saw.
struct ChannelSwitchOnRequested {
    std::string channel;  // its id in the configuration
    ActorId actor;
};

// Somebody else is to be on call in a rotation; whoever submits knows that both exist.
struct ShiftOverrideRequested {
    std::string rotation;
    std::string person;              // as entry::ShiftOverridden
    std::optional<Timestamp> start;  // absent: now
    Timestamp end;
    ActorId actor;
};

struct ShiftOverrideRemoveRequested {
    ShiftOverrideId id;
    ActorId actor;
};

// A deadline of core::next_deadline has been reached.
struct TimerDue {};

}  // namespace input

using InputKind = std::variant<
    input::Started, input::ConfigurationLoaded, input::VerdictsChanged, input::IncidentDeclared,
    input::UpdatePosted, input::IncidentRetractRequested, input::MonitoringAccepted,
    input::ObserverGap, input::WallClockStepped, input::TimerDue, input::IncidentAcknowledged,
    input::DrillMarked, input::StartMoved, input::IncidentsMerged, input::ComponentSplitOff,
    input::UserCreateRequested, input::UserChangeRequested, input::UserRemoveRequested,
    input::TokenCreateRequested, input::TokenRevokeRequested, input::SignInRequested,
    input::SignOutRequested, input::MaintenancePlanned, input::MaintenanceScheduled,
    input::MaintenanceUpdated, input::MaintenanceFinished, input::MaintenanceCancelRequested,
    input::SubscriberConfirmed, input::SubscriberLeft, input::PagingMuteRequested,
    input::ShiftOverrideRequested, input::ShiftOverrideRemoveRequested,
    input::ChannelSwitchOnRequested>;

struct Input {
    Timestamp at;                 // never before the previous input's
    std::uint64_t entropy = 0;    // fresh random bits, the source of new public ids
    std::string idempotency_key;  // of the request that caused it; may be empty
    InputKind what;
};

std::string_view input_name(const InputKind& what);  // "verdicts_changed", …

}  // namespace candor
