// Stage's second half: people and programs that send commands and pings, and what they were told.
#include "tests/sim/stage.h"

namespace candor::sim {

void Stage::command(const CommandRequest& request, const std::string& text) {
    std::size_t place = 0;
    while (place < asked_.size() &&
           asked_[place].request.idempotency_key != request.idempotency_key) {
        ++place;
    }
    if (place == asked_.size()) asked_.push_back({request, text, false});
    auto answer = std::make_shared<std::optional<Result<CommandAnswer>>>();
    pending_commands_.push_back({place, answer});
    if (plan_.sabotage == Sabotage::kForgetCommands && dice_.chance(20)) {
        *answer = CommandAnswer{state().position + 1, {}};
        return;
    }
    world_->engine().on_command(request, [answer](Result<CommandAnswer> a) { *answer = a; });
}

void Stage::ping(const HeartbeatPing& ping) {
    auto answer = std::make_shared<std::optional<Result<void>>>();
    pending_pings_.push_back({ping.check, answer});
    if (plan_.sabotage == Sabotage::kForgetPings && dice_.chance(20)) {
        *answer = Result<void>{};
        return;
    }
    world_->engine().on_ping(ping, [answer](Result<void> a) { *answer = a; });
}

void Stage::settle_commands() {
    for (const PendingCommand& one : pending_commands_) {
        Asked& asked = asked_[one.asked];
        const std::string& key = asked.request.idempotency_key;
        const auto& answer = *one.answer;
        if (!answer) {
            count("command without an answer");
            continue;
        }
        if (*answer) {
            count(asked.certain ? "command answered again" : "command answered");
            asked.certain = true;
            complain(promises_.commanded(asked.request, **answer, asked.text));
            continue;
        }
        trace("  " + key + " refused: " + (*answer).error().message);
        count("command refused: " + std::string(error_code_name((*answer).error().code)));
        const bool twin = (*answer).error().message.find("is being answered") != std::string::npos;
        if (asked.certain && !twin)
            complain("command " + key + " was refused after it had been answered");
    }
    pending_commands_.clear();
}

void Stage::settle_pings() {
    for (const PendingPing& one : pending_pings_) {
        const auto& answer = *one.answer;
        if (answer && *answer) {
            count("ping answered");
            promises_.pinged(one.check);
        } else {
            count("ping in vain");
            promises_.pinged_in_vain(one.check);
        }
    }
    pending_pings_.clear();
    if (series_ != nullptr) complain(promises_.look_for_pings(*series_));
}

void Stage::settle() {
    run(Duration{});
    settle_commands();
    settle_pings();
}

}  // namespace candor::sim
