// How often somebody may try to sign in: 5 times in 15 minutes per account, 20 per network.
//
// Two fixed tables of buckets, chosen by a keyed hash: whatever is tried, memory stays the same,
// and nothing is ever thrown out to make room for an attacker's next try. Two names in one bucket
// share its tries: a collision refuses more, never less. Time is steady time, handed in. Safe from
// any thread.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace candor::access {

inline constexpr Duration kLoginWindow = minutes(15);
inline constexpr std::size_t kLoginsPerAccount = 5;
inline constexpr std::size_t kLoginsPerNetwork = 20;
inline constexpr std::size_t kLoginAccountBuckets = 4'096;
inline constexpr std::size_t kLoginNetworkBuckets = 2'048;

class LoginThrottle final {
   public:
    // `key` is any fresh randomness: it keeps who shares a bucket with whom unknown.
    explicit LoginThrottle(std::string key);

    // Counts one try. Zero: go on; otherwise how long until the next one is allowed. A refused try
    // is not counted: waiting always helps.
    Duration admit(std::string_view account, std::string_view network, Duration now);

    // The right person came: their account's tries are forgotten, and this one of their network.
    void succeeded(std::string_view account, std::string_view network);

   private:
    // Times of the newest tries; a slot of value 0 is free.
    template <std::size_t N>
    using Bucket = std::array<std::int64_t, N>;

    std::size_t index(std::string_view what, std::string_view name, std::size_t buckets) const;

    const std::string key_;
    std::mutex mutex_;
    std::vector<Bucket<kLoginsPerAccount>> accounts_;  // guarded by mutex_
    std::vector<Bucket<kLoginsPerNetwork>> networks_;  // guarded by mutex_
};

}  // namespace candor::access
