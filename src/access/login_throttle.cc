#include "access/login_throttle.h"

#include <algorithm>

#include "base/sha256.h"

namespace candor::access {
namespace {

// How long until this bucket takes another try; zero: now.
template <class Bucket>
Duration wait_for(const Bucket& bucket, Duration now) {
    const std::int64_t oldest = *std::ranges::min_element(bucket);
    if (oldest == 0) return {};
    return {std::max<std::int64_t>(0, oldest + kLoginWindow.ms - now.ms)};
}

// The oldest slot is free, or its try is over.
template <class Bucket>
void count_try(Bucket& bucket, std::int64_t at) {
    *std::ranges::min_element(bucket) = at;
}

}  // namespace

LoginThrottle::LoginThrottle(std::string key)
    : key_(std::move(key)), accounts_(kLoginAccountBuckets), networks_(kLoginNetworkBuckets) {}

std::size_t LoginThrottle::index(std::string_view what, std::string_view name,
                                 std::size_t buckets) const {
    const Digest digest = sha256(key_ + std::string(what) + std::string(name));
    std::size_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) bits = (bits << 8) | digest[i];
    return bits % buckets;
}

Duration LoginThrottle::admit(std::string_view account, std::string_view network, Duration now) {
    const std::lock_guard lock(mutex_);
    auto& by_account = accounts_[index("a", account, accounts_.size())];
    auto& by_network = networks_[index("n", network, networks_.size())];
    const Duration wait = std::max(wait_for(by_account, now), wait_for(by_network, now));
    if (wait.ms > 0) return wait;
    const std::int64_t at = std::max<std::int64_t>(now.ms, 1);
    count_try(by_account, at);
    count_try(by_network, at);
    return {};
}

void LoginThrottle::succeeded(std::string_view account, std::string_view network) {
    const std::lock_guard lock(mutex_);
    accounts_[index("a", account, accounts_.size())].fill(0);
    auto& by_network = networks_[index("n", network, networks_.size())];
    *std::ranges::max_element(by_network) = 0;
}

}  // namespace candor::access
