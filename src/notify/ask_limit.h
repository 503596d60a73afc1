// How often something may be asked under one name: so many times within a window.
//
// A fixed table of buckets, chosen by a keyed hash: whatever is asked, memory stays the same. Names
// that share a bucket share its places: a collision refuses more, never less. Time is steady time,
// handed in. Safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace candor::notify {

struct AskLimitOptions {
    std::size_t times;
    Duration within;
    std::size_t buckets = 4'096;
};

class AskLimit final {
   public:
    // `key` is any fresh randomness: it keeps who shares a bucket with whom unknown.
    AskLimit(AskLimitOptions options, std::string key);

    // Zero: counted, go on; otherwise how long until the next one. What is refused is not counted.
    Duration admit(std::string_view name, Duration now);

   private:
    const AskLimitOptions options_;
    const std::string key_;
    std::mutex mutex_;
    std::vector<std::int64_t> times_;  // `times` slots for each bucket; 0 is free
};

}  // namespace candor::notify
