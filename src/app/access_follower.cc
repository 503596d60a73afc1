#include "app/access_follower.h"

#include <set>

namespace candor::app {

AccessFollower::AccessFollower(access::Gatekeeper& keeper, std::unique_ptr<JournalReader> texts,
                               std::function<void(const std::string&)> log)
    : keeper_(keeper), texts_(std::move(texts)), log_(std::move(log)) {}

// A record that cannot be read stands for nobody: an empty one opens nothing.
template <class Record, class Unpack>
const Record& AccessFollower::record(Cache<Record>& cache, const SealedText& sealed,
                                     Unpack&& unpack) {
    const auto found = cache.find(sealed);
    if (found != cache.end()) return found->second;
    const auto text = texts_->sealed_text(sealed.value);
    if (!text) {
        static const Record kNobody;
        log_("the record of an account cannot be read: " + text.error().message);
        return kNobody;  // not kept: the next change of accounts tries again
    }
    auto made = unpack(*text);
    if (!made) log_("the record of an account is of no use: " + made.error().message);
    return cache[sealed] = std::move(made).value_or(Record{});
}

void AccessFollower::forget_unused(const core::Accounts& accounts) {
    std::set<SealedText> used;
    for (const auto& [id, user] : accounts.users) used.insert(user.record);
    for (const auto& [id, token] : accounts.tokens) used.insert(token.record);
    std::erase_if(people_, [&](const auto& one) { return !used.contains(one.first); });
    std::erase_if(tokens_, [&](const auto& one) { return !used.contains(one.first); });
}

void AccessFollower::follow(const core::State& state) {
    if (!first_ && &*state.accounts == &*seen_) return;
    first_ = false;
    seen_ = state.accounts;
    std::vector<access::Person> people;
    for (const auto& [id, user] : seen_->users) {
        people.push_back({.id = id,
                          .role = user.role,
                          .enabled = user.enabled,
                          .generation = user.generation,
                          .version = user.version,
                          .last_totp_step = user.totp_step,
                          .created = user.created,
                          .last_signed_in = user.signed_in,
                          .record = record(people_, user.record, access::unpack_person)});
    }
    std::vector<access::ApiToken> tokens;
    for (const auto& [id, token] : seen_->tokens) {
        tokens.push_back({.id = id,
                          .owner = token.owner,
                          .scopes = token.scopes,
                          .created = token.created,
                          .expires = token.expires,
                          .record = record(tokens_, token.record, access::unpack_token)});
    }
    forget_unused(*seen_);
    keeper_.set_directory(
        std::make_shared<const access::Directory>(std::move(people), std::move(tokens)));
}

}  // namespace candor::app
