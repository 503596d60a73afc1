#include "access/directory.h"

#include <gtest/gtest.h>

namespace candor::access {
namespace {

constexpr Timestamp kNow{1'775'350'800'000};

Person person(const std::string& id, Role role, Timestamp created = {1}) {
    Person p;
    p.id = UserId{id};
    p.role = role;
    p.created = created;
    p.record.mail = id + "@acme.example";
    return p;
}

ApiToken token(const std::string& id, const std::string& owner, ScopeSet scopes,
               Timestamp expires = {}) {
    ApiToken t;
    t.id = TokenId{id};
    t.owner = UserId{owner};
    t.scopes = scopes;
    t.expires = expires;
    t.record.digest = to_hex(sha256(id));
    return t;
}

TEST(Directory, finds_by_mail_id_and_digest) {
    const Directory directory({person("kim", Role::kAdmin)}, {token("t1", "kim", kAllScopes)});
    ASSERT_NE(directory.person_by_mail("kim@acme.example"), nullptr);
    EXPECT_EQ(directory.person_by_mail("sam@acme.example"), nullptr);
    EXPECT_EQ(directory.person_by_mail(""), nullptr);
    ASSERT_NE(directory.token_by_digest(sha256("t1")), nullptr);
    EXPECT_EQ(directory.token_by_digest(sha256("t2")), nullptr);
}

TEST(Directory, an_erased_record_opens_nothing) {
    Person erased = person("kim", Role::kAdmin);
    erased.record = {};
    ApiToken gone = token("t1", "", kAllScopes);
    gone.record = {};
    const Directory directory({erased}, {gone});
    EXPECT_EQ(directory.person_by_mail(""), nullptr);
    EXPECT_EQ(directory.token_by_digest(sha256("")), nullptr);
    EXPECT_NE(directory.person(UserId{"kim"}), nullptr);
}

TEST(Directory, of_two_with_one_address_the_earlier_signs_in) {
    Person first = person("zoe", Role::kViewer, {10});
    Person second = person("abe", Role::kAdmin, {20});
    second.record.mail = first.record.mail;
    const Directory directory({second, first}, {});
    EXPECT_EQ(directory.person_by_mail(first.record.mail)->id.value, "zoe");
}

TEST(Directory, a_token_is_never_more_than_its_owner) {
    const ScopeSet admin = ScopeSet{}.with(AccessScope::kAdmin);
    Person disabled = person("off", Role::kAdmin);
    disabled.enabled = false;
    const Directory directory({person("view", Role::kViewer), person("resp", Role::kResponder),
                               person("boss", Role::kAdmin), disabled},
                              {token("a", "view", kAllScopes), token("b", "resp", kAllScopes),
                               token("c", "boss", kAllScopes), token("d", "off", kAllScopes),
                               token("e", "gone", kAllScopes), token("f", "", admin)});
    const auto held = [&](const char* id) {
        return describe(directory.effective_scopes(*directory.token(TokenId{id}), kNow));
    };
    EXPECT_EQ(held("a"), "read");
    EXPECT_EQ(held("b"), "read respond");
    EXPECT_EQ(held("c"), "read intake respond admin");
    EXPECT_EQ(held("d"), "");
    EXPECT_EQ(held("e"), "");
    EXPECT_EQ(held("f"), "read respond admin") << "admin holds the lesser ones, intake apart";
}

TEST(Directory, a_token_ends_when_it_expires) {
    const Directory directory(
        {}, {token("a", "", kAllScopes, kNow), token("b", "", kAllScopes, kNow + milliseconds(1))});
    EXPECT_TRUE(directory.effective_scopes(*directory.token(TokenId{"a"}), kNow).empty());
    EXPECT_FALSE(directory.effective_scopes(*directory.token(TokenId{"b"}), kNow).empty());
}

}  // namespace
}  // namespace candor::access
