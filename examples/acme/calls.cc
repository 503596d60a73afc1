#include "acme/calls.h"

#include <algorithm>

namespace acme {
namespace {

constexpr std::uint64_t kCallsPerSecond = 3;
constexpr std::chrono::seconds kLongest{240};
constexpr std::chrono::seconds kCatchUpMost{240};

}  // namespace

std::size_t Calls::active(Time now) {
    const std::lock_guard lock(mutex_);
    start_calls(now);
    while (!ends_.empty() && ends_.top() <= now) ends_.pop();
    return ends_.size();
}

void Calls::start_calls(Time now) {
    last_ = std::max(last_, now - kCatchUpMost);
    for (; last_ + std::chrono::seconds(1) <= now; last_ += std::chrono::seconds(1)) {
        for (std::uint64_t i = 0; i < kCallsPerSecond; ++i) {
            state_ = state_ * 6364136223846793005 + 1442695040888963407;  // Knuth, MMIX
            const auto seconds = 1 + (state_ >> 33) % static_cast<std::uint64_t>(kLongest.count());
            ends_.push(last_ + std::chrono::seconds(seconds));
        }
    }
}

}  // namespace acme
