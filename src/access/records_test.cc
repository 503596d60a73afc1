#include "access/records.h"

#include <gtest/gtest.h>

namespace candor::access {
namespace {

TEST(Records, come_back_as_they_were) {
    PersonRecord person;
    person.name = "Kim";
    person.mail = "kim@acme.example";
    person.password_hash = "$argon2id$…";
    person.totp_secret = std::string("\0\x01\xff", 3);
    const auto back = unpack_person(pack(person));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->name, person.name);
    EXPECT_EQ(back->totp_secret, person.totp_secret);
    const auto token = unpack_token(pack(TokenRecord{.digest = "abc", .label = "deploys"}));
    ASSERT_TRUE(token);
    EXPECT_EQ(token->label, "deploys");
}

TEST(Records, damage_and_later_versions_are_told) {
    EXPECT_EQ(unpack_person("").error().code, ErrorCode::kCorrupt);
    EXPECT_EQ(unpack_person(pack(PersonRecord{}) + "x").error().code, ErrorCode::kCorrupt);
    PersonRecord later;
    later.format = kRecordFormat + 1;
    EXPECT_EQ(unpack_person(pack(later)).error().code, ErrorCode::kUnsupported);
}

TEST(Records, one_person_has_one_spelling) {
    EXPECT_EQ(tidy_mail(" Kim@Acme.Example \n").value(), "kim@acme.example");
    for (const char* bad : {"", "kim", "@acme", "kim@", "a@b@c", "k im@acme", "k\nim@acme"}) {
        EXPECT_FALSE(tidy_mail(bad)) << bad;
    }
    const std::string longest = std::string(kMailBytesMax - 2, 'k') + "@a";
    EXPECT_TRUE(tidy_mail(longest));
    EXPECT_FALSE(tidy_mail("k" + longest));
}

TEST(Records, words_are_one_short_line) {
    EXPECT_EQ(tidy_words("  Kim  ", "name", kNameBytesMax).value(), "Kim");
    EXPECT_FALSE(tidy_words("   ", "name", kNameBytesMax));
    EXPECT_FALSE(tidy_words("a\nb", "name", kNameBytesMax));
    EXPECT_TRUE(tidy_words(std::string(kNameBytesMax, 'x'), "name", kNameBytesMax));
    EXPECT_FALSE(tidy_words(std::string(kNameBytesMax + 1, 'x'), "name", kNameBytesMax));
}

}  // namespace
}  // namespace candor::access
