// At which revision the thing stands that a command would change.
//
// Asked on the engine's thread just before it decides, so that nothing can come between. Pure.
#pragma once

#include <string>

#include "core/state.h"
#include "ports/operator.h"

namespace candor::engine {

// "" for commands that make something new, or that are about nothing with a revision; so is what
// does not exist, of which the core says so itself.
std::string target_revision(const core::State& state, const Command& command);

}  // namespace candor::engine
