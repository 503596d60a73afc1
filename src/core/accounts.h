// Decides about people and tokens: who may be made, changed, removed, let in.
//
// Private to core; decide.cc calls these. Names, addresses and secrets never come here: whether an
// address is taken or a password right is checked at the edge (web/account_calls.cc).
#pragma once

#include <variant>

#include "base/result.h"
#include "core/account_state.h"
#include "core/draft.h"
#include "model/input.h"

namespace candor::core {

// kNotFound for an unknown id; kConflict where nobody could administer any more, where the account
// changed since it was read, or where it contradicts itself; kTooLarge at a bound.
Result<void> decide_account(Draft& draft, const input::UserCreateRequested& in);
Result<void> decide_account(Draft& draft, const input::UserChangeRequested& in);
Result<void> decide_account(Draft& draft, const input::UserRemoveRequested& in);
Result<void> decide_account(Draft& draft, const input::TokenCreateRequested& in);
Result<void> decide_account(Draft& draft, const input::TokenRevokeRequested& in);
// kUnauthorized: disabled meanwhile, another generation, or a code that was used before.
Result<void> decide_account(Draft& draft, const input::SignInRequested& in);
Result<void> decide_account(Draft& draft, const input::SignOutRequested& in);

void apply_account(Accounts& accounts, Timestamp at, const entry::UserSet& e);
void apply_account(Accounts& accounts, Timestamp at, const entry::UserRemoved& e);
void apply_account(Accounts& accounts, Timestamp at, const entry::TokenSet& e);
void apply_account(Accounts& accounts, Timestamp at, const entry::TokenRevoked& e);
void apply_account(Accounts& accounts, Timestamp at, const entry::SignedIn& e);

}  // namespace candor::core
