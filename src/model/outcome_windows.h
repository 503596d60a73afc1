// What the outcomes of one stream amount to now, over the windows that its check looks at.
//
// Numbers only, and the number of one customer at most: no name. Made by impact, judged by detect.
// Plain value.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace candor {

// A window ends with the minute that is under way, so that it is up to a minute shorter than its
// name.
struct OutcomeWindow {
    std::int64_t attempts = 0;
    std::int64_t failures = 0;
    std::int64_t failing_customers = 0;  // with at least one failure

    friend bool operator==(const OutcomeWindow&, const OutcomeWindow&) = default;
};

// A customer for whom most of what they tried within kDownWindow failed.
struct CustomersDown {
    std::int64_t count = 0;
    std::int64_t attempts = 0;  // theirs
    std::int64_t failures = 0;  // theirs
    std::uint32_t first = 0;    // the number of one of them

    friend bool operator==(const CustomersDown&, const CustomersDown&) = default;
};
inline constexpr Duration kDownWindow = minutes(10);
// Fewer attempts than this say nothing about one customer.
inline constexpr std::int64_t kDownAttemptsMin = 10;

struct OutcomeWindows {
    OutcomeWindow five_minutes = {};
    OutcomeWindow half_hour = {};
    OutcomeWindow hour = {};
    OutcomeWindow six_hours = {};
    std::int64_t active_customers = 0;  // seen within five minutes
    CustomersDown down = {};
    // Start of the newest minute with an outcome; zero: there was none for six hours.
    Timestamp newest = {};

    friend bool operator==(const OutcomeWindows&, const OutcomeWindows&) = default;
};

}  // namespace candor
