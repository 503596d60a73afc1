// People and tokens as the journal adds them up: opaque ids, roles, versions; nothing private.
//
// Part of core::State. Changed by core::apply only; decided in core/accounts.h.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "base/time.h"
#include "model/access.h"
#include "model/ids.h"
#include "model/sealed_text.h"

namespace candor::core {

// Beyond these a new one is refused with kTooLarge.
inline constexpr std::size_t kUsersMax = 1'000;
inline constexpr std::size_t kTokensMax = 1'000;

// Records that were replaced or whose owner went: to be erased, and erased again after a crash in
// between. The oldest fall out.
inline constexpr std::size_t kRetiredRecordsMax = 64;

struct UserState {
    Role role = Role::kViewer;
    bool enabled = true;
    bool second_factor = false;
    SealedText record;
    std::int64_t generation = 0;
    std::int64_t version = 0;  // one more with every UserSet
    Timestamp created;
    Timestamp changed;
    Timestamp signed_in;         // zero: never
    std::int64_t totp_step = 0;  // of the newest code that was used

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("role", self.role);
        visit("enabled", self.enabled);
        visit("second_factor", self.second_factor);
        visit("record", self.record);
        visit("generation", self.generation);
        visit("version", self.version);
        visit("created", self.created);
        visit("changed", self.changed);
        visit("signed_in", self.signed_in);
        visit("totp_step", self.totp_step);
    }
};

struct TokenState {
    UserId owner;
    ScopeSet scopes;
    Timestamp created;
    Timestamp expires;  // zero: never
    SealedText record;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("owner", self.owner);
        visit("scopes", self.scopes);
        visit("created", self.created);
        visit("expires", self.expires);
        visit("record", self.record);
    }
};

struct Accounts {
    std::map<UserId, UserState> users;
    std::map<TokenId, TokenState> tokens;
    std::vector<SealedText> retired;  // oldest first

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("users", self.users);
        visit("tokens", self.tokens);
        visit("retired", self.retired);
    }
};

}  // namespace candor::core
