// The deliveries in memory, for the simulator and tests: exact in everything but the disk.
//
// The storage object plays the disk: dropping a Deliveries and opening another on the same storage
// is a crash and a restart. A fault is injected into the storage. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "ports/deliveries.h"

namespace candor::store {

struct MemoryDeliveriesStorage final {
    std::optional<Position> position;
    std::uint64_t last_number = 0;
    std::map<std::uint64_t, Announcement> announcements;
    std::map<std::string, Delivery> deliveries;
    std::map<std::string, LaneTrouble> troubles;  // by lane
    std::map<SubscriberId, Subscriber> subscribers;
    // The n-th change from now is done or not as `fault_after` says, and answers kIo; 0: none.
    std::uint64_t fault_in = 0;
    bool fault_after = false;
    bool failed = false;
};

Result<std::unique_ptr<Deliveries>> open_memory_deliveries(
    std::shared_ptr<MemoryDeliveriesStorage> storage);

}  // namespace candor::store
