#include "base/result.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/check.h"

namespace candor {
namespace {

Result<int> half(int n) {
    if (n % 2 != 0) return fail(ErrorCode::kInvalid, std::to_string(n) + " is odd");
    return n / 2;
}

Result<int> quarter(int n) {
    const int once = TRY(half(n));
    return half(once);
}

Result<std::unique_ptr<int>> owned(int n) {
    return std::make_unique<int>(TRY(quarter(n)));
}

Result<void> nothing(int n) {
    TRY(quarter(n));
    return {};
}

TEST(Result, try_yields_the_value_or_returns_the_error) {
    EXPECT_EQ(quarter(12).value(), 3);
    EXPECT_EQ(quarter(6).error().message, "3 is odd");
    EXPECT_EQ(quarter(5).error().message, "5 is odd");
    EXPECT_EQ(quarter(5).error().code, ErrorCode::kInvalid);
    EXPECT_EQ(**owned(8), 2);
    EXPECT_TRUE(nothing(4).has_value());
    EXPECT_FALSE(nothing(2).has_value());
}

TEST(Result, context_stands_in_front) {
    const Result<int> r = fail_in("journal position 7", {ErrorCode::kCorrupt, "damaged"});
    EXPECT_EQ(r.error().message, "journal position 7: damaged");
    EXPECT_EQ(r.error().code, ErrorCode::kCorrupt);
}

TEST(Result, every_code_has_a_name_of_its_own) {
    std::vector<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(ErrorCode::kInternal); ++i) {
        names.push_back(error_code_name(static_cast<ErrorCode>(i)));
    }
    std::ranges::sort(names);
    EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

TEST(CheckDeathTest, a_bug_stops_the_process_and_says_where) {
    EXPECT_DEATH(CHECK(1 == 2), "result_test.cc:.*1 == 2");
}

}  // namespace
}  // namespace candor
