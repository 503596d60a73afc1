// The bodies of the maintenance calls: JSON in, Command out. docs/http.md shows them.
//
// Times are RFC 3339; whether a window can be so is the core's to say. Pure.
#pragma once

#include <string_view>

#include "base/result.h"
#include "ports/operator.h"
#include "web/json_object.h"
#include "web/routes.h"

namespace candor::web {

// `handler` is one of the four maintenance handlers. Errors: kInvalid, kTooLarge.
Result<Command> parse_maintenance(Handler handler, std::string_view id, const json::object& object);

}  // namespace candor::web
