// Reads the one JSON object that a request's body is, strictly: an unknown member is an error that
// names it, as is a wrong type. Bounded in depth; the route bounds its size.
//
// Pure. Costly to compile: included by the files that read bodies, never by a header
// that many see.
#pragma once

#include <boost/json.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "web/readable_text.h"

namespace candor::web {

namespace json = boost::json;

inline constexpr std::size_t kJsonDepthMax = 8;

// An empty body is an empty object. Errors of all of these: kInvalid, kTooLarge.
Result<json::object> parse_object(std::string_view body);

Result<void> only_members(const json::object& object,
                          std::initializer_list<std::string_view> names);

// "" when it is absent and not required; a required one is not empty either.
Result<std::string> text_member(const json::object& object, std::string_view name,
                                std::size_t bytes_max, bool required);

// What readers will see: required, and readable.
Result<std::string> words_member(const json::object& object, std::string_view name,
                                 std::size_t bytes_max, TextKind kind);

// An instant in RFC 3339. Nothing when it is absent and not required.
Result<std::optional<Timestamp>> time_member(const json::object& object, std::string_view name,
                                             std::size_t bytes_max, bool required);

Result<std::optional<bool>> truth_member(const json::object& object, std::string_view name);

// Required.
Result<std::vector<std::string>> texts_member(const json::object& object, std::string_view name,
                                              std::size_t items_max);

}  // namespace candor::web
