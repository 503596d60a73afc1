#include "engine/spread.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace candor::engine {
namespace {

TEST(Spread, a_check_keeps_its_phase_in_every_version) {
    // A phase that moved would shift every check of everybody after an upgrade.
    EXPECT_EQ(phase_of(CheckId{"shop/1"}, seconds(10)).ms, 7'758);
    EXPECT_EQ(phase_of(CheckId{"shop/2"}, seconds(10)).ms, 8'444);
    EXPECT_EQ(phase_of(CheckId{"directory/http"}, minutes(1)).ms, 20'703);
    EXPECT_EQ(phase_of(CheckId{""}, hours(1)).ms, 3'314'342);
}

TEST(Spread, a_phase_lies_inside_its_interval) {
    for (const Duration every : {milliseconds(1), milliseconds(7), seconds(10), days(365)}) {
        for (int i = 0; i < 1'000; ++i) {
            const Duration phase = phase_of(CheckId{"check-" + std::to_string(i)}, every);
            EXPECT_GE(phase.ms, 0);
            EXPECT_LT(phase, every);
        }
    }
}

// Pearson's statistic over ten slots; with nine degrees of freedom 27.9 is exceeded by chance once
// in a thousand.
double chi_squared(const std::string& prefix, Duration every, int checks) {
    std::array<int, 10> slots{};
    for (int i = 0; i < checks; ++i) {
        const Duration phase = phase_of(CheckId{prefix + std::to_string(i)}, every);
        ++slots[static_cast<std::size_t>(phase.ms * 10 / every.ms)];
    }
    const double expected = checks / 10.0;
    double sum = 0;
    for (const int n : slots) sum += (n - expected) * (n - expected) / expected;
    return sum;
}

TEST(Spread, neighbouring_ids_spread_evenly) {
    EXPECT_LT(chi_squared("shop/", seconds(10), 1'000), 27.9);
    EXPECT_LT(chi_squared("a-long-name-of-a-service/http-", minutes(5), 1'000), 27.9);
    EXPECT_LT(chi_squared("", seconds(30), 2'000), 27.9);
}

}  // namespace
}  // namespace candor::engine
