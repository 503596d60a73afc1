// What holds after every durable batch and on every page, whatever a scenario does.
//
// A scenario need not repeat it: rules 1, 2, 3, 5, 10 and 13 in the form of properties of one state
// and one page. Returns the first broken rule in words, or nothing. Pure.
#pragma once

#include <string>

#include "core/state.h"
#include "view/public_view.h"

namespace candor::scenarios {

std::string broken_in(const core::State& state);
std::string broken_on(const view::PublicView& page);

}  // namespace candor::scenarios
