#include "impact/scalar.h"

#include <gtest/gtest.h>

namespace candor::impact {
namespace {

double number(std::string_view text) {
    const auto scalar = parse_scalar(text);
    EXPECT_TRUE(scalar && scalar->kind == ScalarKind::kNumber) << text;
    return scalar ? scalar->value : 0;
}

double time(std::string_view text) {
    const auto scalar = parse_scalar(text);
    EXPECT_TRUE(scalar && scalar->kind == ScalarKind::kTime) << text;
    return scalar ? scalar->value : 0;
}

TEST(Scalar, numbers_are_decimal) {
    EXPECT_EQ(number("0"), 0);
    EXPECT_EQ(number("-12.5"), -12.5);
    EXPECT_EQ(number("1e3"), 1000);
    EXPECT_EQ(number(".5"), 0.5);
}

TEST(Scalar, times_are_dates_or_rfc_3339) {
    EXPECT_EQ(time("1970-01-02"), 86'400'000);
    EXPECT_EQ(time("1970-01-01T00:00:01Z"), 1000);
    EXPECT_EQ(time("1970-01-01T01:00:00+01:00"), 0);
}

TEST(Scalar, everything_else_is_a_word) {
    for (const char* text : {"", "-", "4.2.1", "nan", "inf", "0x10", "1 000", "12px", "2026-13-01",
                             "2026-03-01 later", "2026-03", "+5", "1e999"}) {
        EXPECT_FALSE(parse_scalar(text)) << text;
    }
}

}  // namespace
}  // namespace candor::impact
