// A rate with a burst: so many tokens per second, at most `burst` saved up.
//
// Time comes in as data (milliseconds of any steady clock). Safe from any thread. Never blocks a
// caller: an empty bucket says no.
#pragma once

#include <algorithm>
#include <cstdint>
#include <mutex>

namespace candor::web {

class TokenBucket final {
   public:
    // A full bucket. `per_second` and `burst` are at least 1.
    TokenBucket(std::int64_t per_second, std::int64_t burst)
        : per_second_(per_second), full_(burst * 1000), held_(full_) {}

    // False when the bucket is empty at `now_ms`; time that goes back adds nothing.
    bool take(std::int64_t now_ms) {
        const std::lock_guard lock(mutex_);
        if (now_ms > at_ms_) {
            // Whatever the gap, one that fills the bucket is long enough.
            const std::int64_t gap_ms = std::min(now_ms - at_ms_, full_);
            held_ = std::min(full_, held_ + gap_ms * per_second_);
            at_ms_ = now_ms;
        }
        if (held_ < 1000) return false;
        held_ -= 1000;
        return true;
    }

   private:
    const std::int64_t per_second_;
    const std::int64_t full_;  // thousandths of a token
    std::mutex mutex_;
    std::int64_t held_;
    std::int64_t at_ms_ = 0;
};

}  // namespace candor::web
