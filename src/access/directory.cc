#include "access/directory.h"

#include <algorithm>

namespace candor::access {
namespace {

template <class Item, class Id>
const Item* find_by_id(const std::vector<Item>& items, const Id& id) {
    const auto found = std::ranges::find(items, id, &Item::id);
    return found == items.end() ? nullptr : &*found;
}

}  // namespace

Directory::Directory(std::vector<Person> people, std::vector<ApiToken> tokens)
    : people_(std::move(people)), tokens_(std::move(tokens)) {
    std::ranges::sort(people_, {}, &Person::id);
    std::ranges::sort(tokens_, {}, &ApiToken::id);
    for (std::size_t i = 0; i < people_.size(); ++i) {
        const std::string& mail = people_[i].record.mail;
        if (mail.empty()) continue;
        const auto [held, fresh] = by_mail_.emplace(mail, i);
        // Two people with one address: whoever was there first keeps it.
        if (!fresh && people_[i].created < people_[held->second].created) held->second = i;
    }
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
        if (!tokens_[i].record.digest.empty()) by_digest_.emplace(tokens_[i].record.digest, i);
    }
}

const Person* Directory::person(const UserId& id) const {
    return find_by_id(people_, id);
}

const Person* Directory::person_by_mail(std::string_view tidy_mail) const {
    const auto found = by_mail_.find(tidy_mail);
    return found == by_mail_.end() ? nullptr : &people_[found->second];
}

const ApiToken* Directory::token(const TokenId& id) const {
    return find_by_id(tokens_, id);
}

const ApiToken* Directory::token_by_digest(const Digest& digest) const {
    const auto found = by_digest_.find(to_hex(digest));
    return found == by_digest_.end() ? nullptr : &tokens_[found->second];
}

ScopeSet Directory::effective_scopes(const ApiToken& token, Timestamp now) const {
    if (token.expires.ms != 0 && now >= token.expires) return {};
    const ScopeSet scopes = completed(token.scopes);
    if (token.owner.empty()) return scopes;
    const Person* owner = person(token.owner);
    if (owner == nullptr || !owner->enabled) return {};
    // What programs alone can do asks for an owner who may do everything.
    ScopeSet most = scopes_of(owner->role);
    if (owner->role == Role::kAdmin) most = most.with(AccessScope::kIntake);
    return scopes & most;
}

}  // namespace candor::access
