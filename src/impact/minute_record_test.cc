#include "impact/minute_record.h"

#include <gtest/gtest.h>

namespace candor::impact {
namespace {

MinuteRecord sample() {
    return {.total = {10, 3},
            .customers = {{0, {4, 0}}, {7, {5, 3}}, {4'000'000'000U, {1, 0}}},
            .values = {{0, 1, {6, 2}}, {0, 2, {4, 1}}, {1, 0, {10, 3}}},
            .amended = 2};
}

TEST(MinuteRecord, is_the_same_after_it_was_stored) {
    EXPECT_EQ(decode_minute(encode_minute(sample())), sample());
    EXPECT_EQ(decode_minute(encode_minute({})), MinuteRecord{});
}

TEST(MinuteRecord, no_cut_or_lengthened_record_decodes) {
    const std::string bytes = encode_minute(sample());
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
        EXPECT_FALSE(decode_minute(bytes.substr(0, cut))) << cut;
    }
    EXPECT_FALSE(decode_minute(bytes + '\0'));
    // A count of customers that the bytes cannot hold allocates nothing.
    EXPECT_FALSE(
        decode_minute(std::string("\x01\x0a\x03\x02\xff\xff\xff\xff\xff\xff\xff\x7f", 12)));
}

TEST(MinuteRecord, merging_adds_and_keeps_order) {
    const MinuteRecord other{.total = {3, 1},
                             .customers = {{5, {1, 0}}, {7, {2, 1}}},
                             .values = {{0, 2, {2, 1}}, {2, 1, {1, 0}}},
                             .amended = 0};
    const MinuteRecord both{
        .total = {13, 4},
        .customers = {{0, {4, 0}}, {5, {1, 0}}, {7, {7, 4}}, {4'000'000'000U, {1, 0}}},
        .values = {{0, 1, {6, 2}}, {0, 2, {6, 2}}, {1, 0, {10, 3}}, {2, 1, {1, 0}}},
        .amended = 2};
    EXPECT_EQ(merged(sample(), other), both);
    EXPECT_EQ(merged(other, sample()), both);
    EXPECT_EQ(merged(sample(), {}), sample());
}

TEST(MinuteRecord, who_failed_is_who_had_a_failure) {
    EXPECT_EQ(failing_customers(sample()), std::vector<Number>{7});
}

}  // namespace
}  // namespace candor::impact
