#include "access/gatekeeper.h"

#include "access/secret.h"

namespace candor::access {
namespace {

std::optional<Digest> digest_unless_empty(std::string_view secret) {
    if (secret.empty()) return std::nullopt;
    return digest_of(secret);
}

}  // namespace

ActorId actor_of(const UserId& user) {
    return ActorId{"user:" + user.value};
}

ActorId actor_of(const TokenId& token) {
    return ActorId{"token:" + token.value};
}

Gatekeeper::Gatekeeper(Clock& clock, std::string_view operator_token)
    : clock_(clock),
      operator_digest_(digest_unless_empty(operator_token)),
      throttle_(random_bytes32(clock)),
      directory_(std::make_shared<const Directory>()) {}

void Gatekeeper::set_directory(DirectoryPtr directory) {
    {
        const std::lock_guard lock(mutex_);
        directory_ = std::move(directory);
    }
    tell();
}

DirectoryPtr Gatekeeper::directory() const {
    const std::lock_guard lock(mutex_);
    return directory_;
}

void Gatekeeper::on_change(std::function<void()> listener) {
    const std::lock_guard lock(mutex_);
    listener_ = std::move(listener);
}

void Gatekeeper::tell() {
    const std::lock_guard lock(mutex_);
    if (listener_) listener_();
}

std::optional<Caller> Gatekeeper::by_bearer(std::string_view secret) const {
    if (secret.empty() || secret.size() > kPresentedBytesMax) return std::nullopt;
    const Digest digest = digest_of(secret);
    if (operator_digest_ && same_digest(digest, *operator_digest_)) {
        return Caller{
            .kind = CallerKind::kOperator,
            .scopes = completed(ScopeSet{}.with(AccessScope::kAdmin)).with(AccessScope::kIntake),
            .actor = ActorId{"operator"}};
    }
    const DirectoryPtr known = directory();
    const ApiToken* token = known->token_by_digest(digest);
    if (token == nullptr) return std::nullopt;
    const ScopeSet scopes = known->effective_scopes(*token, clock_.now().wall);
    if (scopes.empty()) return std::nullopt;
    return Caller{.kind = CallerKind::kToken,
                  .scopes = scopes,
                  .actor = actor_of(token->id),
                  .token = token->id};
}

std::optional<Caller> Gatekeeper::caller_of(const Digest& id, const Session& session) const {
    const DirectoryPtr known = directory();
    const Person* person = known->person(session.user);
    if (person == nullptr || !person->enabled || person->generation != session.generation) {
        return std::nullopt;
    }
    return Caller{.kind = CallerKind::kPerson,
                  .scopes = scopes_of(person->role),
                  .actor = actor_of(person->id),
                  .user = person->id,
                  .session = id,
                  .generation = session.generation};
}

std::optional<Caller> Gatekeeper::by_session(std::string_view id) {
    if (id.size() != kSecretDigits) return std::nullopt;
    const Digest digest = digest_of(id);
    const auto session = sessions_.use(digest, clock_.now().steady);
    if (!session) return std::nullopt;
    auto caller = caller_of(digest, *session);
    if (!caller) sessions_.close(digest);
    return caller;
}

bool Gatekeeper::is_still_let_in(const Caller& caller) const {
    switch (caller.kind) {
        case CallerKind::kNobody:
        case CallerKind::kOperator: return true;
        case CallerKind::kPerson: {
            const auto session = sessions_.peek(caller.session, clock_.now().steady);
            return session && caller_of(caller.session, *session).has_value();
        }
        case CallerKind::kToken: {
            const DirectoryPtr known = directory();
            const ApiToken* token = known->token(caller.token);
            return token != nullptr &&
                   known->effective_scopes(*token, clock_.now().wall) == caller.scopes;
        }
    }
    return false;
}

std::string Gatekeeper::sign_in(const Person& person, std::string_view before) {
    if (before.size() == kSecretDigits) sessions_.close(digest_of(before));
    std::string id = new_secret(clock_);
    sessions_.open(digest_of(id), person.id, person.generation, clock_.now().steady);
    tell();
    return id;
}

void Gatekeeper::sign_out(const Caller& caller) {
    sessions_.close(caller.session);
    tell();
}

std::string Gatekeeper::new_setup_key() {
    if (!directory()->people().empty()) return {};
    std::string key = new_secret(clock_);
    const std::lock_guard lock(mutex_);
    setup_digest_ = digest_of(key);
    setup_made_ = clock_.now().steady;
    return key;
}

bool Gatekeeper::take_setup_key(std::string_view key) {
    if (key.size() != kSecretDigits) return false;
    const Digest digest = digest_of(key);
    const Duration now = clock_.now().steady;
    const std::lock_guard lock(mutex_);
    if (!directory_->people().empty()) setup_digest_.reset();
    if (!setup_digest_ || now >= setup_made_ + kSetupKeyAgeMax) return false;
    if (!same_digest(digest, *setup_digest_)) return false;
    setup_digest_.reset();
    return true;
}

}  // namespace candor::access
