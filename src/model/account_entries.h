// The journal's facts about people and tokens: who exists, what they may do, who came and went.
//
// Tags and fields are frozen once released. What is private (names, addresses, hashes, secrets) is
// bytes behind `record`, a sealed text of the batch (access/records.h), so that it can be erased.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "model/access.h"
#include "model/ids.h"
#include "model/sealed_text.h"

namespace candor::entry {

// The whole account as it is from here on; the first one makes it.
struct UserSet {
    static constexpr std::uint8_t kTag = 40;
    UserId user;
    Role role = Role::kViewer;
    bool enabled = true;
    bool second_factor = false;
    SealedText record;
    std::int64_t generation = 0;  // sessions of an older one are over
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("user", self.user);
        visit("role", self.role);
        visit("enabled", self.enabled);
        visit("second_factor", self.second_factor);
        visit("record", self.record);
        visit("generation", self.generation);
        visit("actor", self.actor);
    }
};

struct UserRemoved {
    static constexpr std::uint8_t kTag = 41;
    UserId user;
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("user", self.user);
        visit("actor", self.actor);
    }
};

struct TokenSet {
    static constexpr std::uint8_t kTag = 42;
    TokenId token;
    UserId owner;  // empty: made with the operator's token
    ScopeSet scopes;
    Timestamp expires;  // zero: never
    SealedText record;
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("token", self.token);
        visit("owner", self.owner);
        visit("scopes", self.scopes);
        visit("expires", self.expires);
        visit("record", self.record);
        visit("actor", self.actor);
    }
};

struct TokenRevoked {
    static constexpr std::uint8_t kTag = 43;
    TokenId token;
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("token", self.token);
        visit("actor", self.actor);
    }
};

// `totp_step` is the step whose code was used, zero without a second factor: no code works twice.
struct SignedIn {
    static constexpr std::uint8_t kTag = 44;
    UserId user;
    std::int64_t totp_step = 0;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("user", self.user);
        visit("totp_step", self.totp_step);
    }
};

struct SignedOut {
    static constexpr std::uint8_t kTag = 45;
    UserId user;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("user", self.user);
    }
};

}  // namespace candor::entry
