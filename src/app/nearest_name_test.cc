#include "app/nearest_name.h"

#include <gtest/gtest.h>

namespace candor::app {
namespace {

const std::vector<std::string_view> kKnown = {"every", "timeout", "retry_every", "severity", "id"};

TEST(NearestName, finds_slips) {
    EXPECT_EQ(nearest_name("evry", kKnown), "every");
    EXPECT_EQ(nearest_name("eveyr", kKnown), "every");
    EXPECT_EQ(nearest_name("time_out", kKnown), "timeout");
    EXPECT_EQ(nearest_name("retry-every", kKnown), "retry_every");
    EXPECT_EQ(nearest_name("ids", kKnown), "id");
}

TEST(NearestName, stays_silent_about_other_words) {
    EXPECT_EQ(nearest_name("webhook", kKnown), std::nullopt);
    EXPECT_EQ(nearest_name("", kKnown), std::nullopt);
    EXPECT_EQ(nearest_name("xy", kKnown), std::nullopt);
    EXPECT_EQ(nearest_name(std::string(1'000'000, 'e'), kKnown), std::nullopt);
}

}  // namespace
}  // namespace candor::app
