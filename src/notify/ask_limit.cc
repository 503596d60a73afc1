#include "notify/ask_limit.h"

#include <algorithm>
#include <span>

#include "base/sha256.h"

namespace candor::notify {

AskLimit::AskLimit(AskLimitOptions options, std::string key)
    : options_(options), key_(std::move(key)), times_(options.times * options.buckets) {}

Duration AskLimit::admit(std::string_view name, Duration now) {
    const Digest digest = sha256(key_ + std::string(name));
    std::size_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) bits = (bits << 8) | digest[i];
    const std::lock_guard lock(mutex_);
    const auto bucket =
        std::span(times_).subspan(bits % options_.buckets * options_.times, options_.times);
    std::int64_t& oldest = *std::ranges::min_element(bucket);
    if (oldest != 0 && now.ms < oldest + options_.within.ms) {
        return milliseconds(oldest + options_.within.ms - now.ms);
    }
    oldest = std::max<std::int64_t>(now.ms, 1);
    return {};
}

}  // namespace candor::notify
