// What people and programs may ask about accounts: the inputs of core/accounts.h.
//
// Part of the closed variant of model/input.h. Everything private stands behind `record`, the
// commitment of bytes that the engine has sealed.
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.h"
#include "model/access.h"
#include "model/ids.h"
#include "model/sealed_text.h"

namespace candor::input {

struct UserCreateRequested {
    Role role = Role::kViewer;
    SealedText record;
    bool only_as_first = false;  // by the setup link: refused once anybody exists
    ActorId actor;
};

// Absent: as it is.
struct UserChangeRequested {
    UserId user = {};
    std::optional<Role> role = {};
    std::optional<bool> enabled = {};
    std::optional<bool> second_factor = {};
    std::optional<SealedText> record = {};
    bool new_secret = false;  // password or second factor: every session ends
    std::optional<std::int64_t> expected_version = {};
    ActorId actor = {};
};

struct UserRemoveRequested {
    UserId user;
    std::optional<std::int64_t> expected_version;
    ActorId actor;
};

struct TokenCreateRequested {
    UserId owner;  // may be empty
    ScopeSet scopes;
    Timestamp expires;  // zero: never
    SealedText record;
    ActorId actor;
};

struct TokenRevokeRequested {
    TokenId token;
    ActorId actor;
};

// A person whose password, and code where they have a second factor, were right.
struct SignInRequested {
    UserId user;
    std::int64_t generation = 0;
    std::int64_t totp_step = 0;
};

struct SignOutRequested {
    UserId user;
};

}  // namespace candor::input
