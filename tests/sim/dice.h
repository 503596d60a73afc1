// Randomness that repeats: every choice of a simulated world comes from one seed.
//
// splitmix64 (Steele, Lea and Flood, 2014). Plain value; the sequence is the same on every machine
// and never depends on a library's distributions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/time.h"

namespace candor::sim {

class Dice {
   public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    // In [low, high].
    std::int64_t between(std::int64_t low, std::int64_t high) {
        const auto width = static_cast<std::uint64_t>(high - low) + 1;
        return low + static_cast<std::int64_t>(next() % width);
    }
    bool chance(std::int64_t percent) { return between(1, 100) <= percent; }
    Duration between(Duration low, Duration high) { return {between(low.ms, high.ms)}; }

    template <class T>
    const T& pick(const std::vector<T>& items) {
        return items[static_cast<std::size_t>(next() % items.size())];
    }

   private:
    std::uint64_t state_;
};

}  // namespace candor::sim
