#include "detect/flap.h"

#include <gtest/gtest.h>

#include <deque>
#include <random>
#include <string_view>

namespace candor::detect {
namespace {

FlapMeter fed(std::string_view results) {
    FlapMeter meter;
    for (const char c : results) meter.add(c == 'p');
    return meter;
}

// Icinga 2's formula in floating point, over a plain list.
double icinga(const std::deque<bool>& results) {
    double sum = 0;
    const int count = static_cast<int>(results.size());
    for (int j = 1; j < count; ++j) {
        const int i = j - 1 + (21 - count);
        if (results[static_cast<std::size_t>(j)] != results[static_cast<std::size_t>(j - 1)]) {
            sum += 0.8 + 0.02 * i;
        }
    }
    return 100 * sum / 20;
}

TEST(Flap, agrees_with_the_formula) {
    std::mt19937 random(3);
    FlapMeter meter;
    std::deque<bool> results;
    for (int i = 0; i < 5'000; ++i) {
        const bool passed = random() % 4 != 0;
        meter.add(passed);
        results.push_back(passed);
        if (results.size() > 21) results.pop_front();
        ASSERT_NEAR(static_cast<double>(meter.value()) / 100, icinga(results), 0.011) << i;
    }
}

TEST(Flap, calm_is_zero_and_alternating_is_nearly_everything) {
    EXPECT_EQ(fed("ppppppppppppppppppppppp").value(), 0);
    EXPECT_EQ(fed("fffffffffffffffffffffff").value(), 0);
    EXPECT_EQ(fed("pfpfpfpfpfpfpfpfpfpfp").value(), 99'00);
}

TEST(Flap, begins_above_thirty_and_ends_below_twenty) {
    FlapMeter meter = fed("pppppppppppppppppppp");
    int changes = 0;
    for (bool pass = false; !meter.flapping(); pass = !pass, ++changes) {
        EXPECT_LE(meter.value(), 30'00);
        meter.add(pass);
    }
    EXPECT_GT(meter.value(), 30'00);
    EXPECT_EQ(changes, 6);
    while (meter.flapping()) {
        EXPECT_GE(meter.value(), 20'00);
        meter.add(true);
    }
    EXPECT_LT(meter.value(), 20'00);
}

TEST(Flap, one_outage_is_no_flapping) {
    EXPECT_FALSE(fed("ppppppppppppffffffffpppppp").flapping());
}

}  // namespace
}  // namespace candor::detect
