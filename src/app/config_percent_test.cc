#include "app/config_percent.h"

#include <gtest/gtest.h>

namespace candor::app {
namespace {

TEST(ConfigPercent, is_exact_to_a_part_of_a_million) {
    EXPECT_EQ(parse_percent_ppm("99.9%"), 999'000);
    EXPECT_EQ(parse_percent_ppm("99.99%"), 999'900);
    EXPECT_EQ(parse_percent_ppm("99.9999%"), 999'999);
    EXPECT_EQ(parse_percent_ppm("0%"), 0);
    EXPECT_EQ(parse_percent_ppm("100%"), 1'000'000);
    EXPECT_EQ(parse_percent_ppm("5%"), 50'000);
}

TEST(ConfigPercent, anything_else_is_none) {
    for (const char* text : {"", "%", "99.9", "99,9%", "-1%", "100.1%", "1000%", ".5%", "9.%",
                             "99.99999%", "99.9 %", "1e2%", "ninety%"}) {
        EXPECT_FALSE(parse_percent_ppm(text)) << text;
    }
}

TEST(ConfigPercent, an_objective_leaves_room_for_a_failure) {
    EXPECT_FALSE(check_objective("99.9%"));
    EXPECT_FALSE(check_objective("50%"));
    EXPECT_FALSE(check_objective("99.999%"));
    EXPECT_TRUE(check_objective("49.9%"));
    EXPECT_TRUE(check_objective("99.9999%"));
    EXPECT_NE(check_objective("100%")->message.find("no failure at all"), std::string::npos);
}

}  // namespace
}  // namespace candor::app
