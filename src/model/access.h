// Who may do what: the roles of people, and the scopes of tokens and routes.
//
// Plain values; no secret and no name of a person. A role is a fixed set of scopes; `intake`
// belongs to programs alone. A scope that a route needs is a column of the route table
// (web/routes.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/ids.h"

namespace candor {

using UserId = Id<struct UserTag>;    // 12 characters [a-z0-9]
using TokenId = Id<struct TokenTag>;  // likewise; not the token itself

// Rising: each may do what the ones before it may.
enum class Role : std::uint8_t { kViewer, kResponder, kAdmin };
inline Role max_of(Role) {
    return Role::kAdmin;
}
std::string_view name_of(Role role);  // "viewer", "responder", "admin"
std::optional<Role> role_from(std::string_view name);

enum class AccessScope : std::uint8_t { kRead, kIntake, kRespond, kAdmin };

// A set of scopes, as bits, so that entries carry one integer.
struct ScopeSet {
    std::int64_t bits = 0;

    constexpr bool holds(AccessScope scope) const {
        return (bits & (std::int64_t{1} << static_cast<int>(scope))) != 0;
    }
    constexpr ScopeSet with(AccessScope scope) const {
        return {bits | (std::int64_t{1} << static_cast<int>(scope))};
    }
    constexpr bool empty() const { return bits == 0; }
    friend constexpr ScopeSet operator&(ScopeSet a, ScopeSet b) { return {a.bits & b.bits}; }
    friend constexpr bool operator==(ScopeSet, ScopeSet) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("bits", self.bits);
    }
};

// What a person of this role may do. Admin holds respond, and respond holds read.
ScopeSet scopes_of(Role role);
// The largest set that any token can hold.
inline constexpr ScopeSet kAllScopes{0b1111};

// With everything that the named ones include: {admin} becomes {read, respond, admin}.
ScopeSet completed(ScopeSet scopes);

std::string_view name_of(AccessScope scope);  // "read", "intake", "respond", "admin"
// kInvalid names the word that is no scope.
Result<AccessScope> scope_from(std::string_view name);
// "read respond": in the order of AccessScope.
std::string describe(ScopeSet scopes);

}  // namespace candor
