#include "detect/flap.h"

#include <algorithm>

namespace candor::detect {
namespace {

constexpr std::int64_t kStartAbove = 30'00;
constexpr std::int64_t kEndBelow = 20'00;

}  // namespace

std::int64_t FlapMeter::value() const {
    std::int64_t sum = 0;  // hundredths of a weight
    for (int newer = 0; newer + 1 < known_; ++newer) {
        const bool changed = ((results_ >> newer) & 1U) != ((results_ >> (newer + 1)) & 1U);
        const int i = kResults - 2 - newer;
        if (changed) sum += 80 + 2 * i;
    }
    return sum * 100 / (kResults - 1);
}

void FlapMeter::add(bool passed) {
    results_ = (results_ << 1) | (passed ? 1U : 0U);
    known_ = std::min(known_ + 1, kResults);
    const std::int64_t now = value();
    if (now > kStartAbove) flapping_ = true;
    if (now < kEndBelow) flapping_ = false;
}

}  // namespace candor::detect
