#include "app/system_clock.h"

#include <sys/random.h>
#include <time.h>

#include "base/check.h"

namespace candor::app {
namespace {

std::int64_t read_ms(clockid_t clock) {
    timespec t{};
    CHECK(clock_gettime(clock, &t) == 0);
    return static_cast<std::int64_t>(t.tv_sec) * 1000 + t.tv_nsec / 1'000'000;
}

}  // namespace

Stamp SystemClock::now() {
    return {Timestamp{read_ms(CLOCK_REALTIME)}, Duration{read_ms(CLOCK_BOOTTIME)}};
}

std::uint64_t SystemClock::entropy() {
    std::uint64_t bits = 0;
    CHECK(getrandom(&bits, sizeof bits, 0) == static_cast<ssize_t>(sizeof bits));
    return bits;
}

}  // namespace candor::app
