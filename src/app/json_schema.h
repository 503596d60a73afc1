// The JSON Schema (draft 2020-12) of candor.yaml, made from the field tables.
//
// It is stricter than nothing and looser than Candor: it knows fields, types and patterns, so
// that editors complete and mark them; references and relations only `candor check` judges.
// Values holding ${…} are accepted everywhere a scalar is.
#pragma once

#include <string>

namespace candor::app {

// Indented by two spaces, with a newline at the end; the same bytes each time.
std::string configuration_json_schema();

}  // namespace candor::app
