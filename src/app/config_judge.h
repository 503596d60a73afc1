// Judges one scalar against its field: type, bounds, choices, format.
//
// Pure. Complaints name the field; they repeat the value only when it stands in the file itself
// and looks like nothing secret.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "app/config_problem.h"
#include "app/config_schema.h"

namespace candor::app {

// `from_outside`: the text came from the environment or another file; it is never repeated.
std::expected<Value, Complaint> judge_scalar(const Field& field, const std::string& text,
                                             bool from_outside);

// The same for one item of a list of texts, or for a text field.
std::expected<Value, Complaint> judge_text(const Field& field, const std::string& text,
                                           bool from_outside);

// "`name`", and "a, b, c", for messages.
std::string quoted(std::string_view name);
std::string joined(const std::vector<std::string_view>& names);

}  // namespace candor::app
