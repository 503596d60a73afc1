#include "model/access.h"

#include <array>

namespace candor {
namespace {

constexpr std::array<std::string_view, 3> kRoles = {"viewer", "responder", "admin"};
constexpr std::array<std::string_view, 4> kScopes = {"read", "intake", "respond", "admin"};

}  // namespace

std::string_view name_of(Role role) {
    return kRoles[static_cast<std::size_t>(role)];
}

std::optional<Role> role_from(std::string_view name) {
    for (std::size_t i = 0; i < kRoles.size(); ++i) {
        if (kRoles[i] == name) return static_cast<Role>(i);
    }
    return std::nullopt;
}

ScopeSet scopes_of(Role role) {
    ScopeSet scopes = ScopeSet{}.with(AccessScope::kRead);
    if (role >= Role::kResponder) scopes = scopes.with(AccessScope::kRespond);
    if (role >= Role::kAdmin) scopes = scopes.with(AccessScope::kAdmin);
    return scopes;
}

ScopeSet completed(ScopeSet scopes) {
    if (scopes.holds(AccessScope::kAdmin)) scopes = scopes.with(AccessScope::kRespond);
    if (scopes.holds(AccessScope::kRespond)) scopes = scopes.with(AccessScope::kRead);
    return scopes;
}

std::string_view name_of(AccessScope scope) {
    return kScopes[static_cast<std::size_t>(scope)];
}

Result<AccessScope> scope_from(std::string_view name) {
    for (std::size_t i = 0; i < kScopes.size(); ++i) {
        if (kScopes[i] == name) return static_cast<AccessScope>(i);
    }
    return fail(ErrorCode::kInvalid,
                "`" + std::string(name) + "` is no scope; use read, intake, respond or admin");
}

std::string describe(ScopeSet scopes) {
    std::string out;
    for (std::size_t i = 0; i < kScopes.size(); ++i) {
        if (!scopes.holds(static_cast<AccessScope>(i))) continue;
        if (!out.empty()) out += ' ';
        out += kScopes[i];
    }
    return out;
}

}  // namespace candor
