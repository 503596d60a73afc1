// What operators see beyond the public page: each check, what it believes, and why.
//
// Holds ids, targets' errors and actors, so nothing here may reach a public type (rule 13): only
// the console's answers are rendered from it. Plain values; the builders are pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "core/state.h"
#include "model/check.h"
#include "model/entry.h"
#include "model/ids.h"
#include "model/observation.h"
#include "model/status.h"

namespace candor::view {

struct ConsoleCheck {
    CheckRule rule;
    ComponentId component;
    std::string component_name;
    VerdictChange last;  // kNone until the first confirmed result
    Timestamp decided;   // when Candor decided so; zero: never
    std::string why;     // "Fails since 21:00:04 UTC: answers with HTTP 500 instead of 200."
};

// A check and the newest thing that it saw, where anything is known.
struct CheckWithResult {
    ConsoleCheck check;
    std::optional<Observation> newest;
};

// In the order of the configuration.
std::vector<ConsoleCheck> build_checks(const core::State& state, Timestamp as_of);
std::optional<ConsoleCheck> build_check(const core::State& state, const CheckId& id,
                                        Timestamp as_of);

enum class TimelineKind : std::uint8_t {
    kSignal,         // a check changed its mind
    kLight,          // a component changed its colour
    kPost,           // words were posted
    kAct,            // a person did something else
    kConfiguration,  // monitoring changed, or Candor itself started or stopped
};
std::string_view name_of(TimelineKind);  // "signal", "light", …

// One thing that happened around an incident, in words for operators.
struct TimelineItem {
    Timestamp at;         // when it was decided
    Timestamp effective;  // when it became true by the evidence; zero: at once
    TimelineKind kind = TimelineKind::kSignal;
    Origin origin = Origin::kMachine;
    ActorId actor;  // empty: the machine
    std::string words;
    SealedText sealed_text;                                  // of a post by a person
    ComponentStatus status = ComponentStatus::kOperational;  // of kLight
    Position position = 0;
    // The kind of fact it was: its name for programs, and its title (view/entry_title.h). Static.
    std::string_view entry = {};
    std::string_view title = {};
};

// Nothing when the entry has no bearing on the incident. `state` names components and checks.
std::optional<TimelineItem> timeline_item(const core::State& state,
                                          const core::IncidentState& incident, Position position,
                                          Timestamp at, const Entry& entry);

// A human act of any kind, for the audit trail; nothing for what the machine did by itself.
std::optional<TimelineItem> audit_item(Position position, Timestamp at, const Entry& entry);

}  // namespace candor::view
