#include "notify/backoff.h"

#include <algorithm>

namespace candor::notify {

Duration backoff(std::int64_t attempts, Duration retry_after, std::uint64_t random) {
    Duration nominal = kBackoffFirst;
    for (std::int64_t i = 1; i < attempts && nominal < kBackoffMax; ++i) nominal = nominal * 3;
    nominal = std::min(nominal, kBackoffMax);
    const std::int64_t spread = nominal.ms / 2;
    const auto jitter = static_cast<std::int64_t>(random % static_cast<std::uint64_t>(spread + 1));
    const Duration wait{nominal.ms - nominal.ms / 4 + jitter};
    return std::max(wait, std::min(retry_after, kRetryAfterMax));
}

}  // namespace candor::notify
