// Stand-ins between the API's words and the state's: who they are by name, and from when to when.
//
// The journal holds an opaque key of the person, never the name: a name is found again only while
// the configuration has it. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/state.h"
#include "notify/hand_overrides.h"
#include "page/json_writer.h"
#include "ports/operator.h"

namespace candor::app {

std::vector<notify::HandOverride> hand_overrides(const core::PagingState& paging);

// The command that a body {"rotation":…,"who":…,"start":…,"end":…} asks for; without a start it
// begins now. kInvalid names the member, and whom or what there is instead.
Result<command::OverrideShift> parse_override(std::string_view body, const notify::OnCall& on_call);

// The array of those that are not over at `at`: first the configuration's, then those by hand.
void put_overrides(page::JsonWriter& w, const notify::OnCall& configured,
                   const core::PagingState& paging, Timestamp at);

}  // namespace candor::app
