// Flap detection over a check's last 21 results.
//
// Icinga 2's formula (lib/icinga/checkable-flapping.cpp): 20 transitions, weight 0.8 + 0.02 i from
// the oldest (i = 0) to the newest, value = 100 * sum / 20. Starts above 30, ends below 20. Counted
// in integer hundredths so that no rounding depends on the machine.
#pragma once

#include <cstdint>

namespace candor::detect {

class FlapMeter {
   public:
    void add(bool passed);
    bool flapping() const { return flapping_; }
    // Percent times 100: 0..10,000 or slightly less.
    std::int64_t value() const;

   private:
    static constexpr int kResults = 21;

    std::uint32_t results_ = 0;  // bit 0 is the newest; 1 = passed
    int known_ = 0;
    bool flapping_ = false;
};

}  // namespace candor::detect
