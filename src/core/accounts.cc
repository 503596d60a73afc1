#include "core/accounts.h"

#include <algorithm>

namespace candor::core {
namespace {

const Accounts& accounts_of(const Draft& draft) {
    return *draft.state().accounts;
}

Result<UserState> known_user(const Draft& draft, const UserId& id) {
    const auto found = accounts_of(draft).users.find(id);
    if (found == accounts_of(draft).users.end()) {
        return fail(ErrorCode::kNotFound, "there is no user `" + id.value + "`");
    }
    return found->second;
}

bool administers(const UserState& user) {
    return user.enabled && user.role == Role::kAdmin;
}

// Somebody besides this one can still let people in.
Result<void> check_not_last_admin(const Draft& draft, const UserId& id) {
    const bool other = std::ranges::any_of(accounts_of(draft).users, [&](const auto& one) {
        return one.first != id && administers(one.second);
    });
    if (other) return {};
    return fail(ErrorCode::kConflict,
                "this is the last admin who can sign in; make another one first");
}

void retire(Accounts& accounts, const SealedText& record) {
    if (record.empty()) return;
    accounts.retired.push_back(record);
    if (accounts.retired.size() > kRetiredRecordsMax) {
        accounts.retired.erase(accounts.retired.begin());
    }
}

Result<void> check_version(const UserState& user, const std::optional<std::int64_t>& expected) {
    if (!expected || *expected == user.version) return {};
    return fail(ErrorCode::kChanged,
                "the account was changed since it was read; read it again, then decide");
}

}  // namespace

Result<void> decide_account(Draft& draft, const input::UserCreateRequested& in) {
    if (accounts_of(draft).users.size() >= kUsersMax) {
        return fail(ErrorCode::kTooLarge, "there are 1000 users, which is the most; remove some");
    }
    if (in.only_as_first && !accounts_of(draft).users.empty()) {
        return fail(ErrorCode::kConflict, "somebody has an account already; sign in instead");
    }
    draft.emit(entry::UserSet{.user = UserId{draft.new_public_id()},
                              .role = in.role,
                              .enabled = true,
                              .second_factor = false,
                              .record = in.record,
                              .generation = 1,
                              .actor = in.actor});
    return {};
}

Result<void> decide_account(Draft& draft, const input::UserChangeRequested& in) {
    const UserState user = TRY(known_user(draft, in.user));
    TRY(check_version(user, in.expected_version));
    entry::UserSet next{.user = in.user,
                        .role = in.role.value_or(user.role),
                        .enabled = in.enabled.value_or(user.enabled),
                        .second_factor = in.second_factor.value_or(user.second_factor),
                        .record = in.record.value_or(user.record),
                        .generation = user.generation,
                        .actor = in.actor};
    const bool stays_admin = next.enabled && next.role == Role::kAdmin;
    if (administers(user) && !stays_admin) TRY(check_not_last_admin(draft, in.user));
    const bool other_rights = next.role != user.role || next.enabled != user.enabled ||
                              next.second_factor != user.second_factor;
    if (other_rights || in.new_secret) ++next.generation;
    draft.emit(std::move(next));
    return {};
}

Result<void> decide_account(Draft& draft, const input::UserRemoveRequested& in) {
    const UserState user = TRY(known_user(draft, in.user));
    TRY(check_version(user, in.expected_version));
    if (administers(user)) TRY(check_not_last_admin(draft, in.user));
    std::vector<TokenId> theirs;
    for (const auto& [id, token] : accounts_of(draft).tokens) {
        if (token.owner == in.user) theirs.push_back(id);
    }
    for (const TokenId& id : theirs) draft.emit(entry::TokenRevoked{id, in.actor});
    draft.emit(entry::UserRemoved{in.user, in.actor});
    return {};
}

Result<void> decide_account(Draft& draft, const input::TokenCreateRequested& in) {
    if (accounts_of(draft).tokens.size() >= kTokensMax) {
        return fail(ErrorCode::kTooLarge, "there are 1000 tokens, which is the most; revoke some");
    }
    if (in.scopes.empty()) return fail(ErrorCode::kInvalid, "name at least one scope");
    if (in.expires.ms != 0 && in.expires <= draft.at()) {
        return fail(ErrorCode::kInvalid, "the token would have expired already");
    }
    if (!in.owner.empty()) TRY(known_user(draft, in.owner));
    draft.emit(entry::TokenSet{.token = TokenId{draft.new_public_id()},
                               .owner = in.owner,
                               .scopes = in.scopes,
                               .expires = in.expires,
                               .record = in.record,
                               .actor = in.actor});
    return {};
}

Result<void> decide_account(Draft& draft, const input::TokenRevokeRequested& in) {
    if (!accounts_of(draft).tokens.contains(in.token)) {
        return fail(ErrorCode::kNotFound, "there is no token `" + in.token.value + "`");
    }
    draft.emit(entry::TokenRevoked{in.token, in.actor});
    return {};
}

Result<void> decide_account(Draft& draft, const input::SignInRequested& in) {
    const auto found = accounts_of(draft).users.find(in.user);
    const bool good = found != accounts_of(draft).users.end() && found->second.enabled &&
                      found->second.generation == in.generation &&
                      (!found->second.second_factor || in.totp_step > found->second.totp_step);
    if (!good) return fail(ErrorCode::kUnauthorized, "the account has changed; sign in again");
    draft.emit(entry::SignedIn{in.user, in.totp_step});
    return {};
}

Result<void> decide_account(Draft& draft, const input::SignOutRequested& in) {
    TRY(known_user(draft, in.user));
    draft.emit(entry::SignedOut{in.user});
    return {};
}

void apply_account(Accounts& accounts, Timestamp at, const entry::UserSet& e) {
    const auto [found, fresh] = accounts.users.try_emplace(e.user);
    UserState& user = found->second;
    if (fresh) user.created = at;
    if (user.record != e.record) retire(accounts, user.record);
    user.role = e.role;
    user.enabled = e.enabled;
    user.second_factor = e.second_factor;
    user.record = e.record;
    user.generation = e.generation;
    user.changed = at;
    ++user.version;
}

void apply_account(Accounts& accounts, Timestamp, const entry::UserRemoved& e) {
    const auto found = accounts.users.find(e.user);
    if (found == accounts.users.end()) return;
    retire(accounts, found->second.record);
    accounts.users.erase(found);
}

void apply_account(Accounts& accounts, Timestamp at, const entry::TokenSet& e) {
    accounts.tokens[e.token] = {e.owner, e.scopes, at, e.expires, e.record};
}

void apply_account(Accounts& accounts, Timestamp, const entry::TokenRevoked& e) {
    const auto found = accounts.tokens.find(e.token);
    if (found == accounts.tokens.end()) return;
    retire(accounts, found->second.record);
    accounts.tokens.erase(found);
}

void apply_account(Accounts& accounts, Timestamp at, const entry::SignedIn& e) {
    const auto found = accounts.users.find(e.user);
    if (found == accounts.users.end()) return;
    found->second.signed_in = at;
    if (e.totp_step > found->second.totp_step) found->second.totp_step = e.totp_step;
}

}  // namespace candor::core
