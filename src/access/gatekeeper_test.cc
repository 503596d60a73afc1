#include "access/gatekeeper.h"

#include <gtest/gtest.h>

#include "access/secret.h"

namespace candor::access {
namespace {

// Stands still until it is told to move; random bits are a count, which is enough to differ.
class StoppedClock final : public Clock {
   public:
    Stamp now() override { return now_; }
    std::uint64_t entropy() override { return ++drawn_; }
    void advance_to(Duration steady) { now_ = {now_.wall + (steady - now_.steady), steady}; }

   private:
    Stamp now_{Timestamp{1'775'350'800'000}, {}};
    std::uint64_t drawn_ = 0;
};

class GatekeeperTest : public ::testing::Test {
   protected:
    Person kim(std::int64_t generation = 1, Role role = Role::kResponder) {
        Person p;
        p.id = UserId{"kim"};
        p.role = role;
        p.generation = generation;
        p.record.mail = "kim@acme.example";
        return p;
    }
    void know(std::vector<Person> people, std::vector<ApiToken> tokens = {}) {
        gatekeeper_.set_directory(
            std::make_shared<const Directory>(std::move(people), std::move(tokens)));
    }
    ApiToken token_for(const std::string& secret, Timestamp expires = {}) {
        ApiToken t;
        t.id = TokenId{"t1"};
        t.scopes = ScopeSet{}.with(AccessScope::kRead);
        t.expires = expires;
        t.record.digest = to_hex(digest_of(secret));
        return t;
    }

    StoppedClock clock_;
    Gatekeeper gatekeeper_{clock_, "operator's token"};
};

TEST_F(GatekeeperTest, the_operators_token_may_everything) {
    const auto caller = gatekeeper_.by_bearer("operator's token");
    ASSERT_TRUE(caller);
    EXPECT_EQ(caller->kind, CallerKind::kOperator);
    EXPECT_EQ(caller->actor.value, "operator");
    EXPECT_EQ(caller->scopes, kAllScopes);
    EXPECT_FALSE(gatekeeper_.by_bearer("operator's tokem"));
    EXPECT_FALSE(gatekeeper_.by_bearer(""));
    Gatekeeper without(clock_, "");
    EXPECT_FALSE(without.by_bearer("")) << "no token opens nothing";
}

TEST_F(GatekeeperTest, a_token_is_known_until_it_expires_or_is_revoked) {
    const std::string secret = new_token(clock_);
    EXPECT_TRUE(secret.starts_with("candor_"));
    EXPECT_EQ(secret.size(), kTokenPrefix.size() + kSecretDigits);
    know({}, {token_for(secret, clock_.now().wall + minutes(1))});
    const auto caller = gatekeeper_.by_bearer(secret);
    ASSERT_TRUE(caller);
    EXPECT_EQ(caller->actor.value, "token:t1");
    EXPECT_TRUE(gatekeeper_.is_still_let_in(*caller));
    clock_.advance_to(minutes(1));
    EXPECT_FALSE(gatekeeper_.by_bearer(secret));
    EXPECT_FALSE(gatekeeper_.is_still_let_in(*caller));
    know({}, {token_for(secret)});
    EXPECT_TRUE(gatekeeper_.by_bearer(secret));
    know({});
    EXPECT_FALSE(gatekeeper_.by_bearer(secret));
}

TEST_F(GatekeeperTest, an_overlong_secret_is_nobodys) {
    const std::string longest(kPresentedBytesMax, 'x');
    know({}, {token_for(longest)});
    EXPECT_TRUE(gatekeeper_.by_bearer(longest));
    know({}, {token_for(longest + "x")});
    EXPECT_FALSE(gatekeeper_.by_bearer(longest + "x"));
}

TEST_F(GatekeeperTest, every_sign_in_has_a_new_id_and_ends_the_old_one) {
    know({kim()});
    const std::string first = gatekeeper_.sign_in(kim(), "");
    const std::string second = gatekeeper_.sign_in(kim(), first);
    EXPECT_NE(first, second);
    EXPECT_FALSE(gatekeeper_.by_session(first));
    const auto caller = gatekeeper_.by_session(second);
    ASSERT_TRUE(caller);
    EXPECT_EQ(caller->actor.value, "user:kim");
    EXPECT_EQ(describe(caller->scopes), "read respond");
}

// An id that the browser brought along, from whoever put it there, becomes nobody's session.
TEST_F(GatekeeperTest, a_foreign_id_is_never_adopted) {
    know({kim()});
    const std::string planted(kSecretDigits, 'a');
    EXPECT_NE(gatekeeper_.sign_in(kim(), planted), planted);
    EXPECT_FALSE(gatekeeper_.by_session(planted));
}

TEST_F(GatekeeperTest, a_raised_generation_ends_all_sessions) {
    know({kim(1)});
    const std::string id = gatekeeper_.sign_in(kim(1), "");
    const auto caller = gatekeeper_.by_session(id);
    ASSERT_TRUE(caller);
    know({kim(2)});
    EXPECT_FALSE(gatekeeper_.is_still_let_in(*caller));
    EXPECT_FALSE(gatekeeper_.by_session(id));
    know({kim(1)});
    EXPECT_FALSE(gatekeeper_.by_session(id)) << "gone for good";
}

TEST_F(GatekeeperTest, the_disabled_and_the_removed_are_out) {
    know({kim()});
    const std::string id = gatekeeper_.sign_in(kim(), "");
    Person disabled = kim();
    disabled.enabled = false;
    know({disabled});
    EXPECT_FALSE(gatekeeper_.by_session(id));
    know({kim()});
    const std::string other = gatekeeper_.sign_in(kim(), "");
    know({});
    EXPECT_FALSE(gatekeeper_.by_session(other));
}

TEST_F(GatekeeperTest, whoever_listens_hears_of_every_loss) {
    int heard = 0;
    gatekeeper_.on_change([&] { ++heard; });
    know({kim()});
    const std::string id = gatekeeper_.sign_in(kim(), "");
    gatekeeper_.sign_out(*gatekeeper_.by_session(id));
    EXPECT_EQ(heard, 3);
    EXPECT_FALSE(gatekeeper_.by_session(id));
}

TEST_F(GatekeeperTest, the_setup_key_works_once_within_half_an_hour) {
    const std::string key = gatekeeper_.new_setup_key();
    ASSERT_EQ(key.size(), kSecretDigits);
    EXPECT_FALSE(gatekeeper_.take_setup_key(std::string(kSecretDigits, '0')));
    EXPECT_FALSE(gatekeeper_.take_setup_key(""));
    EXPECT_TRUE(gatekeeper_.take_setup_key(key));
    EXPECT_FALSE(gatekeeper_.take_setup_key(key)) << "a second time";
    const std::string late = gatekeeper_.new_setup_key();
    clock_.advance_to(kSetupKeyAgeMax);
    EXPECT_FALSE(gatekeeper_.take_setup_key(late));
}

TEST_F(GatekeeperTest, no_setup_once_somebody_exists) {
    const std::string key = gatekeeper_.new_setup_key();
    know({kim()});
    EXPECT_FALSE(gatekeeper_.take_setup_key(key));
    EXPECT_EQ(gatekeeper_.new_setup_key(), "");
}

}  // namespace
}  // namespace candor::access
