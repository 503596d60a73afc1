// How long to wait before a delivery is tried again: five seconds, three times as long each time,
// six hours at most, about a day in all.
//
// Pure; randomness enters as data, so that many recipients of one server do not come back at once.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace candor::notify {

inline constexpr std::int64_t kAttemptsMax = 12;
inline constexpr Duration kBackoffFirst = seconds(5);
inline constexpr Duration kBackoffMax = hours(6);
// A server that asks for more patience than this does not get it.
inline constexpr Duration kRetryAfterMax = hours(1);

// After the n-th failed attempt, counted from 1; within a quarter of the nominal time.
Duration backoff(std::int64_t attempts, Duration retry_after, std::uint64_t random);

}  // namespace candor::notify
