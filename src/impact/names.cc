#include "impact/names.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"

namespace candor::impact {
namespace {

constexpr std::size_t kSlotsFirst = 64;
// Blocks double from the first to the largest size: a dictionary of three values stays small.
constexpr std::size_t kBlockBytesFirst = 1024;
constexpr std::size_t kBlockBytesMax = 256 * 1024;
constexpr unsigned kHalfBits = 32;

// The product of two words folded to one: each input bit reaches every output bit (the mixing step
// of wyhash, https://github.com/wangyi-fudan/wyhash).
std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

constexpr std::uint64_t kOdd1 = 0xa0761d6478bd642fULL;
constexpr std::uint64_t kOdd2 = 0xe7037ed1a0b428dbULL;

std::uint64_t load(const char* bytes, std::size_t count) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, count);
    return word;
}

}  // namespace

Names::Names(std::uint64_t seed, std::size_t names_max)
    : seed_(seed), names_max_(names_max), slots_(kSlotsFirst) {}

std::uint64_t Names::hash(std::string_view name) const {
    std::uint64_t state = seed_ ^ fold(name.size() ^ kOdd1, kOdd2);
    const char* at = name.data();
    std::size_t left = name.size();
    for (; left > 8; at += 8, left -= 8) state = fold(state ^ load(at, 8), kOdd1);
    return fold(state ^ load(at, left), kOdd2);
}

Names::Place Names::place_of(std::string_view name, std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
        const Slot slot = slots_[i];
        if (slot == 0) return {i, false};
        if ((slot ^ hash) >> kHalfBits != 0) continue;
        if (names_[static_cast<Number>(slot) - 1] == name) return {i, true};
    }
}

std::optional<Number> Names::find(std::string_view name) const {
    const Place place = place_of(name, hash(name));
    if (!place.found) return std::nullopt;
    return static_cast<Number>(slots_[place.slot]) - 1;
}

std::optional<Number> Names::add(std::string_view name) {
    const std::uint64_t hashed = hash(name);
    Place place = place_of(name, hashed);
    if (place.found) return static_cast<Number>(slots_[place.slot]) - 1;
    if (names_.size() >= names_max_) return std::nullopt;
    if ((names_.size() + 1) * 4 > slots_.size() * 3) {
        grow();
        place = place_of(name, hashed);
    }
    names_.push_back(keep(name));
    slots_[place.slot] = (hashed >> kHalfBits << kHalfBits) | names_.size();
    return static_cast<Number>(names_.size() - 1);
}

void Names::grow() {
    const std::size_t mask = slots_.size() * 2 - 1;
    std::vector<Slot> wider(mask + 1);
    for (const Slot slot : slots_) {
        if (slot == 0) continue;
        const std::uint64_t hashed = hash(names_[static_cast<Number>(slot) - 1]);
        std::size_t i = hashed & mask;
        while (wider[i] != 0) i = (i + 1) & mask;
        wider[i] = slot;
    }
    slots_ = std::move(wider);
}

std::string_view Names::keep(std::string_view name) {
    if (name.empty()) return {};
    CHECK(name.size() <= kBlockBytesFirst);
    if (name.size() > block_left_) {
        block_bytes_ =
            std::min(blocks_.empty() ? kBlockBytesFirst : block_bytes_ * 2, kBlockBytesMax);
        blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_bytes_));
        block_left_ = block_bytes_;
    }
    char* to = blocks_.back().get() + (block_bytes_ - block_left_);
    std::memcpy(to, name.data(), name.size());
    block_left_ -= name.size();
    return {to, name.size()};
}

}  // namespace candor::impact
