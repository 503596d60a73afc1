#include "replay/virtual_clock.h"

namespace candor::replay {

// splitmix64 (Steele, Lea and Flood, 2014): the same seed gives the same run on every machine.
std::uint64_t VirtualClock::entropy() {
    random_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = random_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

}  // namespace candor::replay
