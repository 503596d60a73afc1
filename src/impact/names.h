// Names and their dense numbers 0, 1, 2, …: customers, streams, attributes and their values.
//
// A number is given once and never changes or is reused, so that sets of numbers stay meaningful
// for as long as they are stored. Not a cache: nothing is ever forgotten. Pure; one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace candor::impact {

using Number = std::uint32_t;

class Names final {
   public:
    // `seed`: random, kept from whoever sends names, so that they cannot be chosen to collide.
    Names(std::uint64_t seed, std::size_t names_max);

    std::optional<Number> find(std::string_view name) const;
    // The number of a known name, the next one for a new name; nullopt when names_max are known.
    std::optional<Number> add(std::string_view name);

    std::string_view name(Number number) const { return names_[number]; }
    std::size_t size() const { return names_.size(); }

    // Of a name, under this seed. Equal names have equal hashes; others all but never.
    std::uint64_t hash(std::string_view name) const;

   private:
    // Low half: number + 1, or 0 for an empty slot; high half: of the hash, so that a probe rarely
    // has to look at a name.
    using Slot = std::uint64_t;

    struct Place {
        std::size_t slot = 0;
        bool found = false;
    };

    Place place_of(std::string_view name, std::uint64_t hash) const;
    void grow();
    std::string_view keep(std::string_view name);

    std::uint64_t seed_;
    std::size_t names_max_;
    std::vector<Slot> slots_;  // a power of two, at most 3/4 full
    std::vector<std::string_view> names_;
    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t block_bytes_ = 0;  // of the newest block
    std::size_t block_left_ = 0;
};

}  // namespace candor::impact
