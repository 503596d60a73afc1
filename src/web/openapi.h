// The description of the API for programs: OpenAPI 3.1, made from the one route table.
//
// What the table does not say (what a call is for, what it takes and gives) stands in
// openapi.cc, keyed by the route's name; openapi_test.cc finds a row without. Pure.
#pragma once

#include <string>

#include "web/routes.h"

namespace candor::web {

// Serialized once; the same for the life of the process.
const std::string& openapi_document();

// False for a row of the API that openapi.cc does not know.
bool is_described(const Route& route);

// What success of a described call is answered with: the one place that says so.
int success_status(const Route& route);

}  // namespace candor::web
