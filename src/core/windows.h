// What the maintenance windows that are on mean for one component's light (rules 8 and 12).
//
// A view into one State, valid as long as that; decides nothing about the windows themselves.
#pragma once

#include <vector>

#include "base/time.h"
#include "core/state.h"
#include "model/check.h"
#include "model/ids.h"

namespace candor::core {

// Whether a window may name this kind and so expect all checks of it; those of outcomes are covered
// by their ids alone (rule 8).
bool may_be_expected(CheckKind kind);

// True when the list names the check by its id, or by its kind where kinds are allowed.
bool expects_check(const std::vector<std::string>& expects, const CheckRule& rule);

bool names_component(const MaintenanceState& window, const ComponentId& component);

// The windows that are on and name the component.
class Windows {
   public:
    Windows(const State& state, const ComponentId& component);

    bool any() const { return !on_.empty(); }
    // One of them expects this check to fail, and covers the component.
    bool expect(const CheckRule& rule) const;
    // One of them was announced early enough: its time leaves the uptime.
    bool uncounted(Timestamp at) const;
    // When the first of them began; requires any().
    Timestamp since() const;

   private:
    const ComponentId& component_;
    std::vector<const MaintenanceState*> on_;
};

// Uncounted time of windows over the component that ended after `since` and by `at` reaches up to
// here; what is counted again begins no earlier. With `rule`, only windows that expected it.
Timestamp uncounted_until(const State& state, const ComponentId& component, const CheckRule* rule,
                          Timestamp since, Timestamp at);

}  // namespace candor::core
