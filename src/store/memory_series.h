// The series in memory, for the simulator and tests: exact in everything but the disk.
//
// The storage object plays the disk: dropping a Series and opening another on the same storage is
// a crash and a restart. Thread rule: as ports/series.h; the storage has its own lock.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "ports/series.h"
#include "store/memory_journal.h"

namespace candor::store {

class MemorySeriesStorage final {
   public:
    // The next append meets this fault, once. After kFailBefore or kFailAfter the open series
    // refuses every write until it is reopened.
    void fail_next_append(AppendFault fault);
    void set_disk_full(bool full);

   private:
    friend class MemorySeriesAccess;

    mutable std::mutex mutex_;
    std::map<CheckId, std::map<std::uint64_t, Observation>> raw_;
    std::map<std::pair<CheckId, Resolution>, std::map<Timestamp, Rollup>> rollups_;
    std::uint64_t last_number_ = 0;
    Timestamp last_at_;
    AppendFault next_fault_ = AppendFault::kNone;
    bool disk_full_ = false;
};

Result<std::unique_ptr<Series>> open_memory_series(std::shared_ptr<MemorySeriesStorage> storage);

}  // namespace candor::store
