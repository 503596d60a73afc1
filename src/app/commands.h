// The commands of `candor` (DESIGN §7) and their exit codes; one file per command.
//
// Commands print to standard output what was asked for, and to standard error what went wrong.
#pragma once

#include <string>
#include <string_view>

namespace candor::app {

inline constexpr int kExitGood = 0;
inline constexpr int kExitBad = 1;    // the thing checked is bad
inline constexpr int kExitUsage = 2;  // the command line is wrong

struct CheckOptions {
    std::string config = "candor.yaml";
    bool json = false;
};
int run_check(const CheckOptions& options);

struct DoctorOptions {
    std::string config = "candor.yaml";
    bool json = false;
};
int run_doctor(const DoctorOptions& options);

int run_schema();

}  // namespace candor::app
