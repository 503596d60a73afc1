// Everybody who may come in, with what proves that it is they: an immutable snapshot.
//
// Built from the journal's state and the sealed texts whenever accounts change
// (app/access_follower) and swapped as a whole (access/gatekeeper.h). Holds secrets: never logged,
// never rendered. Safe from any thread, since nothing changes.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "access/records.h"
#include "base/sha256.h"
#include "base/time.h"
#include "model/access.h"

namespace candor::access {

struct Person {
    UserId id;
    Role role = Role::kViewer;
    bool enabled = true;
    std::int64_t generation = 0;  // sessions of an older one are over
    std::int64_t version = 0;     // rises with every change; the ETag
    std::int64_t last_totp_step = 0;
    Timestamp created;
    Timestamp last_signed_in;  // zero: never
    PersonRecord record;       // empty when its text was erased: cannot sign in
};

struct ApiToken {
    TokenId id;
    UserId owner;  // may be empty: made with the operator's token
    ScopeSet scopes;
    Timestamp created;
    Timestamp expires;  // zero: never
    TokenRecord record;
};

class Directory final {
   public:
    Directory() = default;
    Directory(std::vector<Person> people, std::vector<ApiToken> tokens);

    // In the order of their ids.
    const std::vector<Person>& people() const { return people_; }
    const std::vector<ApiToken>& tokens() const { return tokens_; }

    const Person* person(const UserId& id) const;
    const Person* person_by_mail(std::string_view tidy_mail) const;
    const ApiToken* token(const TokenId& id) const;
    const ApiToken* token_by_digest(const Digest& digest) const;

    // What this token may do now: never more than its owner, nothing once it expired.
    ScopeSet effective_scopes(const ApiToken& token, Timestamp now) const;

   private:
    std::vector<Person> people_;
    std::vector<ApiToken> tokens_;
    std::map<std::string, std::size_t, std::less<>> by_mail_;
    std::map<std::string, std::size_t, std::less<>> by_digest_;
};

using DirectoryPtr = std::shared_ptr<const Directory>;

}  // namespace candor::access
