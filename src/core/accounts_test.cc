#include "core/accounts.h"

#include <gmock/gmock.h>

#include "core/apply.h"
#include "core/decide.h"

namespace candor::core {
namespace {

using testing::HasSubstr;

// A state that people are put into by decisions alone.
class AccountsTest : public ::testing::Test {
   protected:
    Result<std::vector<Entry>> ask(InputKind what) {
        now_ = now_ + seconds(1);
        const auto entries = decide(state_, Input{now_, ++entropy_, "", std::move(what)});
        if (entries) {
            Batch batch;
            batch.at = now_;
            batch.entries = *entries;
            apply(state_, state_.position + 1, batch);
        }
        return entries;
    }
    UserId make(Role role, const std::string& record = "r") {
        const auto entries =
            ask(input::UserCreateRequested{role, SealedText{record}, false, kBoss});
        return std::get<entry::UserSet>(entries->front()).user;
    }
    const UserState& user(const UserId& id) { return state_.accounts->users.at(id); }
    ErrorCode refusal(InputKind what) {
        const auto entries = ask(std::move(what));
        EXPECT_FALSE(entries);
        return entries ? ErrorCode::kInternal : entries.error().code;
    }

    const ActorId kBoss{"operator"};
    State state_;
    Timestamp now_{1'775'350'800'000};
    std::uint64_t entropy_ = 0;
};

TEST_F(AccountsTest, a_user_is_made_changed_and_removed) {
    const UserId boss = make(Role::kAdmin);
    const UserId kim = make(Role::kViewer, "first record");
    EXPECT_EQ(user(kim).generation, 1);
    EXPECT_EQ(user(kim).version, 1);
    ASSERT_TRUE(ask(input::UserChangeRequested{.user = kim,
                                               .role = Role::kResponder,
                                               .record = SealedText{"second record"},
                                               .expected_version = 1,
                                               .actor = kBoss}));
    EXPECT_EQ(user(kim).role, Role::kResponder);
    EXPECT_EQ(user(kim).record.value, "second record");
    EXPECT_EQ(user(kim).version, 2);
    EXPECT_EQ(state_.accounts->retired, std::vector<SealedText>{SealedText{"first record"}});
    ASSERT_TRUE(ask(input::UserRemoveRequested{kim, {}, kBoss}));
    EXPECT_FALSE(state_.accounts->users.contains(kim));
    EXPECT_EQ(state_.accounts->retired.back().value, "second record");
    EXPECT_TRUE(state_.accounts->users.contains(boss));
}

TEST_F(AccountsTest, rights_and_secrets_raise_the_generation_and_words_do_not) {
    make(Role::kAdmin);
    const UserId kim = make(Role::kViewer);
    const auto generation_after = [&](input::UserChangeRequested change) {
        change.user = kim;
        change.actor = kBoss;
        EXPECT_TRUE(ask(change));
        return user(kim).generation;
    };
    EXPECT_EQ(generation_after({.record = SealedText{"another name"}}), 1);
    EXPECT_EQ(generation_after({.role = Role::kResponder}), 2);
    EXPECT_EQ(generation_after({.role = Role::kResponder}), 2) << "nothing changed";
    EXPECT_EQ(generation_after({.record = SealedText{"another hash"}, .new_secret = true}), 3);
    EXPECT_EQ(generation_after({.second_factor = true}), 4);
    EXPECT_EQ(generation_after({.enabled = false}), 5);
}

TEST_F(AccountsTest, somebody_can_always_administer) {
    const UserId boss = make(Role::kAdmin);
    EXPECT_EQ(refusal(input::UserRemoveRequested{boss, {}, kBoss}), ErrorCode::kConflict);
    EXPECT_EQ(refusal(input::UserChangeRequested{.user = boss, .role = Role::kViewer}),
              ErrorCode::kConflict);
    EXPECT_EQ(refusal(input::UserChangeRequested{.user = boss, .enabled = false}),
              ErrorCode::kConflict);
    const UserId other = make(Role::kAdmin);
    EXPECT_TRUE(ask(input::UserChangeRequested{.user = boss, .enabled = false}));
    EXPECT_EQ(refusal(input::UserRemoveRequested{other, {}, kBoss}), ErrorCode::kConflict)
        << "a disabled admin lets nobody in";
    EXPECT_TRUE(ask(input::UserRemoveRequested{boss, {}, kBoss}));
}

TEST_F(AccountsTest, a_change_of_something_read_earlier_is_refused) {
    make(Role::kAdmin);
    const UserId kim = make(Role::kViewer);
    EXPECT_EQ(refusal(input::UserChangeRequested{.user = kim, .expected_version = 7}),
              ErrorCode::kChanged);
    EXPECT_EQ(refusal(input::UserRemoveRequested{kim, 7, kBoss}), ErrorCode::kChanged);
    EXPECT_EQ(refusal(input::UserChangeRequested{.user = UserId{"nobody"}}), ErrorCode::kNotFound);
}

TEST_F(AccountsTest, the_setup_link_makes_the_first_user_only) {
    const input::UserCreateRequested first{Role::kAdmin, SealedText{"r"}, true, ActorId{"setup"}};
    EXPECT_TRUE(ask(first));
    EXPECT_EQ(refusal(first), ErrorCode::kConflict);
}

TEST_F(AccountsTest, tokens_go_with_their_owner) {
    make(Role::kAdmin);
    const UserId kim = make(Role::kResponder);
    const ScopeSet read = ScopeSet{}.with(AccessScope::kRead);
    ASSERT_TRUE(ask(input::TokenCreateRequested{kim, read, {}, SealedText{"t1"}, kBoss}));
    ASSERT_TRUE(ask(input::TokenCreateRequested{{}, read, {}, SealedText{"t2"}, kBoss}));
    EXPECT_EQ(state_.accounts->tokens.size(), 2U);
    ASSERT_TRUE(ask(input::UserRemoveRequested{kim, {}, kBoss}));
    ASSERT_EQ(state_.accounts->tokens.size(), 1U);
    const TokenId left = state_.accounts->tokens.begin()->first;
    ASSERT_TRUE(ask(input::TokenRevokeRequested{left, kBoss}));
    EXPECT_TRUE(state_.accounts->tokens.empty());
    EXPECT_EQ(refusal(input::TokenRevokeRequested{left, kBoss}), ErrorCode::kNotFound);
}

TEST_F(AccountsTest, a_token_needs_scopes_an_owner_and_a_future) {
    const ScopeSet read = ScopeSet{}.with(AccessScope::kRead);
    EXPECT_EQ(refusal(input::TokenCreateRequested{{}, {}, {}, SealedText{"t"}, kBoss}),
              ErrorCode::kInvalid);
    EXPECT_EQ(refusal(input::TokenCreateRequested{{}, read, now_, SealedText{"t"}, kBoss}),
              ErrorCode::kInvalid);
    EXPECT_EQ(
        refusal(input::TokenCreateRequested{UserId{"nobody"}, read, {}, SealedText{"t"}, kBoss}),
        ErrorCode::kNotFound);
}

TEST_F(AccountsTest, nobody_signs_in_twice_with_one_code) {
    make(Role::kAdmin);
    const UserId kim = make(Role::kViewer);
    EXPECT_TRUE(ask(input::SignInRequested{kim, 1, 0})) << "no second factor, no code";
    ASSERT_TRUE(ask(input::UserChangeRequested{.user = kim, .second_factor = true}));
    EXPECT_EQ(refusal(input::SignInRequested{kim, 1, 500}), ErrorCode::kUnauthorized)
        << "an older generation";
    EXPECT_TRUE(ask(input::SignInRequested{kim, 2, 500}));
    EXPECT_EQ(refusal(input::SignInRequested{kim, 2, 500}), ErrorCode::kUnauthorized);
    EXPECT_EQ(refusal(input::SignInRequested{kim, 2, 499}), ErrorCode::kUnauthorized);
    EXPECT_TRUE(ask(input::SignInRequested{kim, 2, 501}));
    EXPECT_EQ(user(kim).signed_in, now_);
    EXPECT_TRUE(ask(input::SignOutRequested{kim}));
    ASSERT_TRUE(ask(input::UserChangeRequested{.user = kim, .enabled = false}));
    EXPECT_EQ(refusal(input::SignInRequested{kim, 3, 502}), ErrorCode::kUnauthorized);
}

TEST_F(AccountsTest, users_tokens_and_retired_records_are_bounded) {
    for (std::size_t i = 0; i < kUsersMax; ++i) make(Role::kAdmin, std::to_string(i));
    EXPECT_EQ(refusal(input::UserCreateRequested{Role::kViewer, SealedText{"r"}, false, kBoss}),
              ErrorCode::kTooLarge);
    const ScopeSet read = ScopeSet{}.with(AccessScope::kRead);
    for (std::size_t i = 0; i < kTokensMax; ++i) {
        ASSERT_TRUE(ask(input::TokenCreateRequested{{}, read, {}, SealedText{"t"}, kBoss}));
    }
    EXPECT_EQ(refusal(input::TokenCreateRequested{{}, read, {}, SealedText{"t"}, kBoss}),
              ErrorCode::kTooLarge);
    while (state_.accounts->users.size() > 1) {
        const UserId id = state_.accounts->users.begin()->first;
        ASSERT_TRUE(ask(input::UserRemoveRequested{id, {}, kBoss}));
    }
    EXPECT_EQ(state_.accounts->retired.size(), kRetiredRecordsMax);
}

}  // namespace
}  // namespace candor::core
