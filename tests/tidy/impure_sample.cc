// What a pure folder may never do; linked into nothing, scanned by control_test.

#include <chrono>
#include <cmath>
#include <cstdlib>

// The clock, the environment and libm: three findings.
double impure_sample(double x) {
    const auto now = std::chrono::system_clock::now().time_since_epoch().count();
    return std::exp(x) + static_cast<double>(now) + (std::getenv("HOME") == nullptr ? 0 : 1);
}
