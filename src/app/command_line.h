// Reads the command line and runs one command (DESIGN §7).
//
// Knows the words and the options, not what commands do. Options hold paths and flags only:
// secrets never stand in argv, where every user of the machine can read them.
#pragma once

namespace candor::app {

// Returns the process's exit code: 0 good, 1 the thing checked is bad, 2 usage.
int run_command_line(int argc, char** argv);

}  // namespace candor::app
