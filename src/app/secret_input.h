// How a command gets a password: from a file, a person at the terminal, or a pipe; never from its
// arguments, which every user of the machine can read.
//
// Blocking; the main thread only.
#pragma once

#include <string>

#include "base/result.h"

namespace candor::app {

inline constexpr const char* kPasswordFileVariable = "CANDOR_PASSWORD_FILE";

// The first line of the file that CANDOR_PASSWORD_FILE names; else asked for twice without echo
// when standard input is a terminal; else the first line of standard input. kInvalid when the two
// differ or nothing came.
Result<std::string> read_new_password(const std::string& whose);

}  // namespace candor::app
