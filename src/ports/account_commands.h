// What may be asked of the running engine about people and tokens; part of ports/operator.h.
//
// `record` is the private part as bytes (access/records.h). The engine seals it beside the journal
// and erases the one that it replaces; it does not look inside.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"
#include "model/access.h"
#include "model/ids.h"

namespace candor::command {

struct CreateUser {
    Role role = Role::kViewer;
    std::string record;
    bool only_as_first = false;  // kConflict once anybody exists
};

// Absent: as it is.
struct ChangeUser {
    UserId user;
    std::optional<Role> role = {};
    std::optional<bool> enabled = {};
    std::optional<bool> second_factor = {};
    std::optional<std::string> record = {};
    bool new_secret = false;                            // every session of theirs ends
    std::optional<std::int64_t> expected_version = {};  // kConflict when it is another
};

struct RemoveUser {
    UserId user;
    std::optional<std::int64_t> expected_version = {};
};

struct CreateToken {
    UserId owner;  // may be empty
    ScopeSet scopes;
    Timestamp expires;  // zero: never
    std::string record;
};

struct RevokeToken {
    TokenId token;
};

// kUnauthorized when the account changed since it was looked at, or the code was used before.
struct SignIn {
    UserId user;
    std::int64_t generation = 0;
    std::int64_t totp_step = 0;
};

struct SignOut {
    UserId user;
};

}  // namespace candor::command
