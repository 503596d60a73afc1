// Findings of `candor doctor`: will this configuration work on this machine, from here, now?
//
// Looks only: binds and lets go, writes and removes a file, asks names, tries each anchor once.
// Works beside a running Candor as well as before the first start. Blocking, at most about ten
// seconds: the names and then the anchors have kAnswerWithin, everything else is at once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/config.h"
#include "base/time.h"

namespace candor::app {

inline constexpr Duration kAnswerWithin = seconds(4);

enum class Grade : std::uint8_t {
    kOk,
    kWarn,  // works, but will disappoint one day
    kFail,  // cannot work
};
std::string_view name_of(Grade grade);  // "ok", "warn", "fail"

struct Finding {
    Grade grade = Grade::kOk;
    std::string about;    // "listen.public", "storage", "names", …: stable, for machines
    std::string message;  // what was found
    std::string remedy;   // what to do about it; empty with kOk
};
using Findings = std::vector<Finding>;

// The rounds of doctor_machine.cc: what this machine gives us.
Findings examine_listeners(const Config& config);
Findings examine_storage(const Config& config);
Findings examine_commands(const Config& config);
Findings examine_pings(const Config& config);
Findings examine_descriptors();
Findings examine_clock(const Config& config);

// The round of doctor_certificates.cc, as of `now`.
Findings examine_certificates(const Config& config, Timestamp now);

// The rounds of doctor_network.cc: what can be reached from here.
Findings examine_names(const Config& config);
Findings examine_anchors(const Config& config);
Findings examine_sight(const Config& config);

// All of them, in the order of a reader's interest.
Findings examine(const Config& config);

// True when a Candor holds the storage folder just now.
bool is_running(const Config& config);

}  // namespace candor::app
