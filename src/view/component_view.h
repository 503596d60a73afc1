// One component's public face: status, words, bars; and the groups that roll components up.
//
// Pure. Order of display is the topology's; ungrouped components come first.
#pragma once

#include <vector>

#include "core/state.h"
#include "view/pages_on_demand.h"
#include "view/public_view.h"

namespace candor::view {

ComponentView build_component(const core::State& state, const Component& component,
                              const BarScale& scale, Timestamp as_of);

// Why the component looks as it does, in one sentence; empty when it is simply working.
Sentence status_sentence(const core::ComponentState& component);

// Reorders `components` for display and numbers positions; groups without components are left out.
std::vector<GroupView> build_groups(const Topology& topology,
                                    std::vector<ComponentView>& components);

}  // namespace candor::view
