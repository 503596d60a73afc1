// Engine's fourth part: commands about people and tokens, and the erasing of what they replaced.
#include <algorithm>

#include "core/account_state.h"
#include "engine/engine.h"

namespace candor::engine {

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

// What the process before this one has erased needs no second time.
void Engine::note_erased() {
    for (const SealedText& record : durable_->accounts->retired) {
        const auto kept = ports_.journal.sealed_text(record.value);
        if (!kept && kept.error().code == ErrorCode::kNotFound) erased_.push_back(record);
    }
}

}  // namespace candor::engine
