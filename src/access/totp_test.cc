#include "access/totp.h"

#include <gtest/gtest.h>

namespace candor::access {
namespace {

constexpr std::string_view kSecret = "12345678901234567890";

Timestamp at_second(std::int64_t s) {
    return {s * 1000};
}

// RFC 6238 Appendix B, the last six of its eight digits.
TEST(Totp, the_vectors_of_the_rfc) {
    const std::pair<std::int64_t, const char*> kVectors[] = {
        {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
        {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
    for (const auto& [second, code] : kVectors) {
        EXPECT_EQ(totp_code(kSecret, totp_step(at_second(second))), code) << second;
    }
}

TEST(Totp, one_step_around_is_taken_and_no_more) {
    const Timestamp now = at_second(1'000'000'000);
    const std::int64_t step = totp_step(now);
    for (std::int64_t away = -3; away <= 3; ++away) {
        const auto matched = totp_match(kSecret, totp_code(kSecret, step + away), now, 0);
        EXPECT_EQ(matched.has_value(), away >= -1 && away <= 1) << away;
        if (matched) {
            EXPECT_EQ(*matched, step + away);
        }
    }
}

TEST(Totp, a_code_works_once) {
    const Timestamp now = at_second(1'000'000'000);
    const std::int64_t step = totp_step(now);
    const std::string code = totp_code(kSecret, step);
    EXPECT_TRUE(totp_match(kSecret, code, now, step - 1));
    EXPECT_FALSE(totp_match(kSecret, code, now, step));
    EXPECT_FALSE(totp_match(kSecret, totp_code(kSecret, step - 1), now, step)) << "nor older ones";
    EXPECT_TRUE(totp_match(kSecret, totp_code(kSecret, step + 1), now, step));
}

TEST(Totp, only_six_digits_are_a_code) {
    const Timestamp now = at_second(1'000'000'000);
    const std::string code = totp_code(kSecret, totp_step(now));
    EXPECT_FALSE(totp_match(kSecret, "", now, 0));
    EXPECT_FALSE(totp_match(kSecret, code.substr(1), now, 0));
    EXPECT_FALSE(totp_match(kSecret, code + "0", now, 0));
    EXPECT_FALSE(totp_match("another secret 45678", code, now, 0));
}

// RFC 4648 §10, without padding.
TEST(Totp, base32_of_the_rfc) {
    EXPECT_EQ(base32(""), "");
    EXPECT_EQ(base32("f"), "MY");
    EXPECT_EQ(base32("fo"), "MZXQ");
    EXPECT_EQ(base32("foo"), "MZXW6");
    EXPECT_EQ(base32("foob"), "MZXW6YQ");
    EXPECT_EQ(base32("fooba"), "MZXW6YTB");
    EXPECT_EQ(base32("foobar"), "MZXW6YTBOI");
}

TEST(Totp, base32_comes_back) {
    for (const char* bytes : {"", "f", "fo", "foo", "foob", "fooba", "foobar"}) {
        EXPECT_EQ(base32_decoded(base32(bytes)), bytes);
    }
    EXPECT_EQ(base32_decoded("mzxw6ytboi"), "foobar");
    EXPECT_FALSE(base32_decoded("MZXW 6YTB"));
    EXPECT_FALSE(base32_decoded("MZXW1"));
}

TEST(Totp, the_uri_names_page_and_person) {
    EXPECT_EQ(totp_uri("foobar", "Acme & Co", "kim@acme.example"),
              "otpauth://totp/Acme%20%26%20Co:kim%40acme.example?secret=MZXW6YTBOI&"
              "issuer=Acme%20%26%20Co");
}

}  // namespace
}  // namespace candor::access
