#include "impact/repeats.h"

#include <utility>

namespace candor::impact {
namespace {

constexpr std::size_t kSlotsFirst = 1'024;

// Where the hash stands, or the empty slot where it would.
std::size_t place_of(const std::vector<std::uint64_t>& slots, std::uint64_t hash) {
    const std::size_t mask = slots.size() - 1;
    std::size_t i = hash & mask;
    while (slots[i] != 0 && slots[i] != hash) i = (i + 1) & mask;
    return i;
}

}  // namespace

bool Repeats::holds(const Generation& generation, std::uint64_t hash) {
    return generation.count > 0 && generation.slots[place_of(generation.slots, hash)] == hash;
}

void Repeats::add(Generation& generation, std::uint64_t hash) {
    if ((generation.count + 1) * 4 > generation.slots.size() * 3) {
        std::vector<std::uint64_t> wider(generation.slots.empty() ? kSlotsFirst
                                                                  : generation.slots.size() * 2);
        for (const std::uint64_t one : generation.slots) {
            if (one != 0) wider[place_of(wider, one)] = one;
        }
        generation.slots = std::move(wider);
    }
    generation.slots[place_of(generation.slots, hash)] = hash;
    ++generation.count;
}

bool Repeats::seen(std::uint64_t hash, Timestamp now) {
    if (hash == 0) hash = 1;
    if (holds(newer_, hash) || holds(older_, hash)) return true;
    if (newer_.count == 0) newer_.since = now;
    if (newer_.count == kIdsMax || now - newer_.since >= kRememberedFor) {
        older_ = std::exchange(newer_, {});
        newer_.since = now;
    }
    add(newer_, hash);
    return false;
}

}  // namespace candor::impact
