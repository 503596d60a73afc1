// Worlds: random tables of customers in which somebody is affected, by a known cause or by none.
//
// The same seed makes the same world everywhere: only mt19937_64's own output is used, no
// distribution of the standard library. For tests and benchmarks. Thread rule: pure functions of
// the seed.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "impact/attribute_table.h"
#include "impact/pattern.h"

namespace candor::impact::worlds {

class Dice final {
   public:
    explicit Dice(std::uint64_t seed) : random_(seed) {}
    std::size_t below(std::size_t n) { return random_() % n; }
    std::size_t between(std::size_t low, std::size_t high) { return low + below(high - low + 1); }
    bool chance(double p) { return static_cast<double>(random_() >> 11) * 0x1.0p-53 < p; }

   private:
    std::mt19937_64 random_;
};

struct World {
    AttributeTable table;                 // of customers
    std::vector<std::uint32_t> affected;  // rows
    Pattern cause;                        // empty: none
};

struct Size {
    std::size_t rows = 0;
    std::size_t columns = 0;
};

// Attributes of 2 to 20 values, some of them far more frequent than others, and one column of
// dates. A cause of one to three terms and at least 100 customers affects 90 % of them; 0.3 % of
// all others are affected as well.
World planted(std::uint64_t seed, Size size);
// Only the customers and their attributes.
AttributeTable customers(std::uint64_t seed, Size size);
// The same attributes; each customer is affected by chance alone.
World noise(std::uint64_t seed, Size size);

// A small table of counted rows: with or without history, with or without something to find,
// sometimes with a column of numbers.
AttributeTable counted(std::uint64_t seed);

// "version=4.2.1 region=eu", for messages.
std::string text(const AttributeTable& table, const Pattern& pattern);

}  // namespace candor::impact::worlds
