#include "model/evidence.h"

#include <gtest/gtest.h>

#include <set>

namespace candor {
namespace {

FailureKind kind(int i) {
    return static_cast<FailureKind>(i);
}

TEST(Evidence, every_predicate_reads_well_after_a_name) {
    const auto says = [](FailureKind kind, std::int64_t value, std::int64_t limit) {
        return "Shop " + public_predicate({kind, value, limit}) + ".";
    };
    EXPECT_EQ(says(FailureKind::kTimeout, 0, 5'000), "Shop does not answer within 5 s.");
    EXPECT_EQ(says(FailureKind::kTimeout, 0, 1'500), "Shop does not answer within 1500 ms.");
    EXPECT_EQ(says(FailureKind::kRefused, 0, 0), "Shop refuses connections.");
    EXPECT_EQ(says(FailureKind::kCertExpiring, 1, 14),
              "Shop has a certificate that expires in 1 day.");
    EXPECT_EQ(says(FailureKind::kCertExpired, 3, 0),
              "Shop has a certificate that expired 3 days ago.");
    EXPECT_EQ(says(FailureKind::kHttpStatus, 503, 200),
              "Shop answers with HTTP 503 instead of 200.");
    EXPECT_EQ(says(FailureKind::kTooSlow, 2'400, 1'000),
              "Shop answers too slowly (2400 ms; the limit is 1 s).");
    EXPECT_EQ(says(FailureKind::kTooSlow, 12'400, 1'000),
              "Shop answers too slowly (12 s; the limit is 1 s).");
    EXPECT_EQ(says(FailureKind::kRanTooLong, 0, 600'000),
              "Shop has been running longer than the 10 min it may take.");
}

TEST(Evidence, every_kind_has_a_name_and_words_of_its_own) {
    std::set<std::string_view> names;
    std::set<std::string> words;
    const int last = static_cast<int>(max_of(FailureKind{}));
    for (int i = 0; i <= last; ++i) {
        names.insert(name_of(kind(i)));
        const std::string said = public_predicate({kind(i), 7, 3'000});
        words.insert(said);
        EXPECT_FALSE(said.empty());
        EXPECT_NE(said.back(), '.') << said;
        EXPECT_EQ(said.find("inconvenience"), std::string::npos);
    }
    EXPECT_EQ(names.size(), static_cast<std::size_t>(last) + 1);
    EXPECT_EQ(words.size(), static_cast<std::size_t>(last) + 1);
}

}  // namespace
}  // namespace candor
