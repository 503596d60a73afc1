// Finds a member that a JSON object names twice. Programs differ in which of the two they take, so
// a body with one says two things at once and is refused.
//
// Not a validator: only for text that was parsed before. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace candor::web {

// The JSON pointer (RFC 6901) of the first member whose name its object has had already, "/a/0/b";
// names are compared after their escapes are resolved.
std::optional<std::string> repeated_member(std::string_view valid_json);

}  // namespace candor::web
