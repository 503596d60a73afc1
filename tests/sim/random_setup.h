// Random things to watch: nested groups, dependencies, probes, heartbeats and anchors, and what a
// reload may do to them.
//
// Draws only from the dice it is given, so that one seed means one history of setups.
#pragma once

#include <string>
#include <vector>

#include "tests/sim/dice.h"
#include "tests/world/setup_builder.h"

namespace candor::sim {

// Stands in every target, and must stand nowhere else.
inline constexpr std::string_view kTargetMark = ".example";

world::SetupBuilder random_setup(Dice& dice);

// One change an operator might make: a rule, a check or a component, added, changed or removed.
// Returns what was changed, for the trace.
std::string change_setup(world::SetupBuilder& setup, Dice& dice);

std::vector<CheckId> probes_of(const engine::Setup& setup);
std::vector<CheckId> heartbeats_of(const engine::Setup& setup);

}  // namespace candor::sim
