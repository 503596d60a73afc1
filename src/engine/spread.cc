#include "engine/spread.h"

#include <cstdint>

#include "base/check.h"

namespace candor::engine {

Duration phase_of(const CheckId& id, Duration every) {
    CHECK(every.ms > 0);
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : id.value) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3;
    }
    // The finaliser of MurmurHash3: every input bit reaches every output bit.
    hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
    hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
    hash ^= hash >> 33;
    return {static_cast<std::int64_t>(hash % static_cast<std::uint64_t>(every.ms))};
}

}  // namespace candor::engine
