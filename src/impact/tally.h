// How often something was tried, and how often that failed.
//
// Mergeable by addition, in any order. Not a rate: whoever asks divides. Plain value.
#pragma once

#include <cstdint>

namespace candor::impact {

struct Tally {
    std::uint64_t attempts = 0;
    std::uint64_t failures = 0;  // at most `attempts`

    friend bool operator==(const Tally&, const Tally&) = default;
    Tally& operator+=(const Tally& other) {
        attempts += other.attempts;
        failures += other.failures;
        return *this;
    }
    void count(bool ok) {
        ++attempts;
        failures += ok ? 0 : 1;
    }
};

}  // namespace candor::impact
