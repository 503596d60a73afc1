// What people and programs may ask of the running engine, and what they get back.
//
// The answer comes after the resulting batch is durable: acknowledged means durable (rule 11).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/component_change.h"
#include "model/heartbeat.h"
#include "model/ids.h"
#include "model/status.h"
#include "ports/account_commands.h"
#include "ports/revisions.h"
#include "ports/subscriber_commands.h"

namespace candor {

namespace command {

// Declares an incident by hand: the light becomes at least this bad.
struct Declare {
    std::string title;  // 1..120 characters
    std::string text;   // 1..kSealedTextBytesMax bytes
    std::vector<ComponentChange> components;
    bool drill = false;  // a rehearsal: labelled, and out of history and uptime
};

// Posts to an incident; may change its phase and what it declares of components.
struct Post {
    IncidentId incident;
    std::optional<IncidentPhase> phase;
    std::string text;
    std::vector<ComponentChange> components;
};

// Marks the incident as a false alarm; refused with kConflict while any of its checks fails.
struct Retract {
    IncidentId incident;
    std::string text;
};

struct AcceptMonitoring {
    ComponentId component;
};

// The actor takes the incident on, also from somebody else.
struct Acknowledge {
    IncidentId incident;
};

// Calls it a drill afterwards; refused with kConflict while any of its checks fails.
struct MarkDrill {
    IncidentId incident;
};

// Moves its start back, visibly; never forward.
struct MoveStart {
    IncidentId incident;
    Timestamp started;
};

// It goes on as part of `into`.
struct Merge {
    IncidentId incident;
    IncidentId into;
};

// The component gets an incident of its own.
struct Split {
    IncidentId incident;
    ComponentId component;
    std::string title;
    std::string text;
};

// Calls wait for so long from now, at most kMuteMax; zero: they come again.
struct MutePaging {
    Duration length;
};

// The channel gets messages again. The caller knows that it is configured and switched off.
struct SwitchChannelOn {
    std::string channel;
};

// Somebody else is on call in a rotation; both are known to exist (app/on_call_overrides.h).
struct OverrideShift {
    std::string rotation;
    std::string person;              // as entry::ShiftOverridden
    std::optional<Timestamp> start;  // absent: now
    Timestamp end;
};

struct RemoveShiftOverride {
    ShiftOverrideId id;
};

struct ScheduleMaintenance {
    std::string name;  // 1..120 characters
    std::string text;  // 1..kSealedTextBytesMax bytes
    std::vector<ComponentId> components;
    std::vector<std::string> expects;  // ids or kinds of checks
    std::optional<Timestamp> start;    // absent: now
    Timestamp end;
};

// Says something, moves the window, or both.
struct UpdateMaintenance {
    MaintenanceId maintenance;
    std::string text;  // may be empty
    std::optional<Timestamp> start;
    std::optional<Timestamp> end;
};

struct FinishMaintenance {
    MaintenanceId maintenance;
    std::string text;  // may be empty
};

struct CancelMaintenance {
    MaintenanceId maintenance;
    std::string text;  // may be empty
};

}  // namespace command

using Command =
    std::variant<command::Declare, command::Post, command::Retract, command::AcceptMonitoring,
                 command::Acknowledge, command::MarkDrill, command::MoveStart, command::Merge,
                 command::Split, command::CreateUser, command::ChangeUser, command::RemoveUser,
                 command::CreateToken, command::RevokeToken, command::SignIn, command::SignOut,
                 command::ScheduleMaintenance, command::UpdateMaintenance,
                 command::FinishMaintenance, command::CancelMaintenance, command::SetSubscriber,
                 command::RemoveSubscriber, command::MutePaging, command::OverrideShift,
                 command::RemoveShiftOverride, command::SwitchChannelOn>;

struct CommandRequest {
    Command what;
    ActorId actor;
    // May be empty. The same key again returns the first answer, or kConflict when the digest
    // tells that another thing is asked under it.
    std::string idempotency_key;
    std::string digest = {};  // hexadecimal, of all that was asked; may be empty
    // kChanged unless what it would change is at one of them.
    Revisions revisions = {};
};

struct CommandAnswer {
    Position position = 0;           // the batch that it caused
    IncidentId incident;             // the incident it speaks of, where there is one
    std::string account = {};        // the user, token or stand-in that it made, if it made one
    MaintenanceId maintenance = {};  // the maintenance it speaks of, where there is one
};

using CommandDone = std::function<void(Result<CommandAnswer>)>;
using PingDone = std::function<void(Result<void>)>;

// Safe from any thread; returns at once. `done` runs on the engine's thread and must not block.
// kBusy when the queue is full.
class Operator {
   public:
    virtual ~Operator() = default;
    virtual void submit(CommandRequest request, CommandDone done) = 0;
    // A heartbeat's ping; done after it is on stable storage.
    virtual void ping(HeartbeatPing ping, PingDone done) = 0;
};

}  // namespace candor
