// The light: component status = f(verdicts, declarations, holds, maintenance, monitoring changes)
// (rules 1, 5-8).
//
// Nothing else may set a component's status. A person can make it worse, never better.
#pragma once

#include <optional>
#include <vector>

#include "core/draft.h"
#include "core/state.h"
#include "model/light_entries.h"

namespace candor::core {

// What a component's status is now by rule; the entry is complete but for being emitted.
entry::ComponentStatusSet judge(const State& state, const Component& component, Timestamp at);

// Before and after of one component whose public status changed in this decision.
struct LightChange {
    ComponentId component;
    ComponentState before;
};

// Brings every named component's status up to date and starts or ends its min_red hold. Returns
// what it looked like before, for those whose status, cause or count changed.
std::vector<LightChange> settle_lights(Draft& draft, const std::vector<ComponentId>& components);

// True when only a drill makes it look as it does; what uptime counts is what it really is.
bool is_drilled(const ComponentState& component);
// Its status without drills.
ComponentStatus real_status(const ComponentState& component);

// True when readers must be told in words: measured trouble, or a target that went silent.
bool needs_words(const ComponentState& component);

}  // namespace candor::core
