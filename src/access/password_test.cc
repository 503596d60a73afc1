#include "access/password.h"

#include <gmock/gmock.h>
#include <sodium.h>

namespace candor::access {
namespace {

using testing::HasSubstr;

Salt salt_of(std::uint8_t byte) {
    Salt salt{};
    salt.fill(byte);
    return salt;
}

std::string refusal(std::string_view password) {
    const auto checked = check_new_password(password);
    return checked ? "" : checked.error().message;
}

TEST(Password, length_counts_characters_not_bytes) {
    EXPECT_THAT(refusal("seven77"), HasSubstr("fewer than 8"));
    EXPECT_EQ(refusal("eight88x"), "");
    EXPECT_THAT(refusal("äöüäöüß"), HasSubstr("fewer than 8")) << "14 bytes, 7 characters";
    EXPECT_EQ(refusal("äöüäöüßx"), "");
    std::string longest;
    for (std::size_t i = 0; i < kPasswordLengthMax; ++i) longest += "é";
    EXPECT_EQ(refusal(longest), "");
    EXPECT_THAT(refusal(longest + "é"), HasSubstr("longer than 256"));
    EXPECT_THAT(refusal(std::string(kPasswordBytesMax + 1, 'x')), HasSubstr("longer than 256"));
}

TEST(Password, nothing_is_asked_of_its_characters) {
    EXPECT_EQ(refusal("only lower case words"), "");
    EXPECT_EQ(refusal("        x"), "");
    EXPECT_EQ(refusal("日本語のパスワード"), "");
}

TEST(Password, what_everybody_tries_is_refused) {
    for (const char* known : {"password", "Password", "PASSWORD", "12345678", "qwertyuiop",
                              "trustno1", "iloveyou", "1qaz2wsx", "11111111", "zzzzzzzzzzzz"}) {
        EXPECT_THAT(refusal(known), HasSubstr("attackers")) << known;
    }
    EXPECT_EQ(refusal("status page of nights"), "");
}

TEST(Password, what_is_not_utf8_is_refused) {
    EXPECT_THAT(refusal("\xff\xfe\xfdxxxxxxxxx"), HasSubstr("UTF-8"));
    EXPECT_THAT(refusal("xxxxxxxxx\xc3"), HasSubstr("UTF-8"));
    EXPECT_THAT(refusal("xxxxxxxx\xc3\x28"), HasSubstr("UTF-8"));
}

TEST(Password, a_hash_opens_for_its_password_alone) {
    const auto hash = hash_password("correct horse", salt_of(7));
    ASSERT_TRUE(hash) << hash.error().message;
    EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=47104,t=1,p=1$")) << *hash;
    EXPECT_TRUE(verify_password("correct horse", *hash));
    EXPECT_FALSE(verify_password("correct horsf", *hash));
    EXPECT_FALSE(verify_password("", *hash));
    EXPECT_FALSE(verify_password(std::string(kPasswordBytesMax + 1, 'x'), *hash));
    EXPECT_NE(*hash, hash_password("correct horse", salt_of(8)).value()) << "salted";
}

TEST(Password, a_malformed_hash_opens_for_nobody) {
    EXPECT_FALSE(verify_password("x", ""));
    EXPECT_FALSE(verify_password("x", "$argon2id$"));
    EXPECT_FALSE(verify_password("x", "$argon2id$v=19$m=47104,t=1,p=1$AAAA$"));
}

// It must really be computed, or an unknown name would be told by how fast the answer is.
TEST(Password, nobodys_hash_costs_as_much_and_opens_for_nobody) {
    EXPECT_EQ(
        crypto_pwhash_str_needs_rehash(nobodys_hash().c_str(), kHashPasses, kHashKibibytes * 1024),
        0);
    EXPECT_FALSE(verify_password("", nobodys_hash()));
    EXPECT_FALSE(verify_password("password", nobodys_hash()));
}

}  // namespace
}  // namespace candor::access
