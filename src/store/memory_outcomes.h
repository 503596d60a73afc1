// Outcomes in memory, for the simulator and tests: exact in everything but the disk.
//
// The storage object plays the disk: dropping an OutcomeStore and opening another on the same
// storage is a crash and a restart. Thread rule: one thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "ports/outcome_store.h"

namespace candor::store {

struct MemoryOutcomesStorage {
    std::uint64_t seed = 1;
    std::map<NameKey, std::string> names;
    std::map<std::pair<std::uint32_t, Timestamp>, std::string> minutes;
    bool disk_full = false;  // commits are refused while it is set
};

std::unique_ptr<OutcomeStore> open_memory_outcomes(std::shared_ptr<MemoryOutcomesStorage> storage);

}  // namespace candor::store
