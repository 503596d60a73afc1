// One seed's world from its first boot to the day when everything has healed: random topology,
// targets, people, clocks and disks, crashes between any two writes, and oracles after every step.
//
// Drives the production engine (tests/world). A failure says which step broke which promise. The
// same seed gives the same journal, byte for byte. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "base/sha256.h"
#include "tests/sim/sabotage.h"

namespace candor::sim {

struct Plan {
    std::uint64_t seed = 1;
    Sabotage sabotage = Sabotage::kNone;
    std::function<void(const std::string&)> trace;  // absent: silent
};

struct Report {
    std::string failure;  // empty: every invariant held
    Digest chain{};       // of the whole journal
    std::uint64_t batches = 0;
    std::uint64_t observations = 0;
    std::map<std::string, int> seen;  // how often each event and fault came by
};

Report simulate(const Plan& plan);

}  // namespace candor::sim
