// Engine's fourth part: commands about people and tokens, and the erasing of what they replaced.
#include <algorithm>

#include "core/account_state.h"
#include "engine/engine.h"

namespace candor::engine {
namespace {

// Beyond these the oldest wait for the next start.
constexpr std::size_t kReplacedMax = 1'024;

// Of subscribers, whom the state does not hold: what a batch of theirs replaces.
SealedText replaced_by(const Entry& entry) {
    if (const auto* set = std::get_if<entry::SubscriberSet>(&entry)) return set->replaces;
    if (const auto* gone = std::get_if<entry::SubscriberRemoved>(&entry)) return gone->record;
    return {};
}

}  // namespace

InputKind Engine::account_input(const Command& command, const ActorId& actor) {
    InputKind what;
    if (const auto* create = std::get_if<command::CreateUser>(&command)) {
        what = input::UserCreateRequested{create->role, seal(create->record), create->only_as_first,
                                          actor};
    } else if (const auto* change = std::get_if<command::ChangeUser>(&command)) {
        std::optional<SealedText> record;
        if (change->record) record = seal(*change->record);
        what = input::UserChangeRequested{.user = change->user,
                                          .role = change->role,
                                          .enabled = change->enabled,
                                          .second_factor = change->second_factor,
                                          .record = std::move(record),
                                          .new_secret = change->new_secret,
                                          .expected_version = change->expected_version,
                                          .actor = actor};
    } else if (const auto* remove = std::get_if<command::RemoveUser>(&command)) {
        what = input::UserRemoveRequested{remove->user, remove->expected_version, actor};
    } else if (const auto* token = std::get_if<command::CreateToken>(&command)) {
        what = input::TokenCreateRequested{token->owner, token->scopes, token->expires,
                                           seal(token->record), actor};
    } else if (const auto* revoke = std::get_if<command::RevokeToken>(&command)) {
        what = input::TokenRevokeRequested{revoke->token, actor};
    } else if (const auto* in = std::get_if<command::SignIn>(&command)) {
        what = input::SignInRequested{in->user, in->generation, in->totp_step};
    } else if (const auto* out = std::get_if<command::SignOut>(&command)) {
        what = input::SignOutRequested{out->user};
    } else if (const auto* set = std::get_if<command::SetSubscriber>(&command)) {
        what = input::SubscriberConfirmed{set->subscriber, set->components, set->min_impact,
                                          seal(set->address), set->replaces};
    } else if (const auto* left = std::get_if<command::RemoveSubscriber>(&command)) {
        what = input::SubscriberLeft{left->subscriber, left->record, actor};
    }
    return what;
}

// Only after the batch that retired them is durable: before, a crash would leave an account without
// its record. What could not be erased is tried again with the next batch and at the next start.
void Engine::erase_retired() {
    const std::vector<SealedText>& retired = durable_->accounts->retired;
    std::erase_if(erased_, [&](const SealedText& one) {
        return std::ranges::find(retired, one) == retired.end();
    });
    for (const SealedText& record : retired) {
        if (std::ranges::find(erased_, record) != erased_.end()) continue;
        const auto done = ports_.journal.erase_sealed_text(record.value);
        if (done) {
            erased_.push_back(record);
        } else {
            log("an old account record was not erased yet: " + done.error().message);
        }
    }
}

void Engine::note_replaced(const std::vector<Entry>& entries, std::vector<SealedText>& out) {
    for (const Entry& entry : entries) {
        if (SealedText record = replaced_by(entry); !record.empty()) out.push_back(record);
    }
}

// What fails is tried again with the next batch, and at the next start.
void Engine::erase_replaced() {
    std::ranges::move(replaced_waiting_, std::back_inserter(replaced_));
    replaced_waiting_.clear();
    std::erase_if(replaced_, [this](const SealedText& record) {
        const auto done = ports_.journal.erase_sealed_text(record.value);
        if (!done) log("an address was not erased yet: " + done.error().message);
        return done.has_value();
    });
    if (replaced_.size() > kReplacedMax) {
        replaced_.erase(replaced_.begin(),
                        replaced_.end() - static_cast<std::ptrdiff_t>(kReplacedMax));
    }
}

// What the process before this one has erased needs no second time.
void Engine::note_erased() {
    for (const SealedText& record : durable_->accounts->retired) {
        const auto kept = ports_.journal.sealed_text(record.value);
        if (!kept && kept.error().code == ErrorCode::kNotFound) erased_.push_back(record);
    }
    std::erase_if(replaced_, [this](const SealedText& record) {
        const auto kept = ports_.journal.sealed_text(record.value);
        return !kept && kept.error().code == ErrorCode::kNotFound;
    });
}

}  // namespace candor::engine
