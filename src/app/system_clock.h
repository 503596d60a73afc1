// The real clock port: CLOCK_REALTIME, CLOCK_BOOTTIME and the kernel's randomness.
//
// The only place where time and chance enter the product. Safe from any thread.
#pragma once

#include "ports/clock.h"

namespace candor::app {

class SystemClock final : public Clock {
   public:
    Stamp now() override;
    // Stops the process when the kernel has no randomness to give: ids would repeat.
    std::uint64_t entropy() override;
};

}  // namespace candor::app
