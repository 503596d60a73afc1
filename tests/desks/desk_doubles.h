// What a desk of app works with, standing still: a clock, an operator that remembers, and a
// notifier that tells nobody, all in memory.
//
// For the desks' unit tests. Requests are written on whichever thread submits them and are read
// after an answer.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/notifier.h"
#include "ports/clock.h"
#include "ports/operator.h"
#include "ports/sender.h"
#include "store/memory_deliveries.h"
#include "store/memory_journal.h"

namespace candor::test {

inline constexpr Timestamp kDeskTime{1'775'336'400'000};  // 2026-04-04T21:00:00Z

class StoppedClock final : public Clock {
   public:
    Stamp now() override { return {kDeskTime, hours(1)}; }
    std::uint64_t entropy() override { return 7; }
};

// Answers with `refusal`, or that it is done, at `position`.
class RememberingOperator final : public Operator {
   public:
    explicit RememberingOperator(Position position = 0) : position_(position) {}

    void submit(CommandRequest request, CommandDone done) override {
        requests.push_back(std::move(request));
        if (refusal) return done(fail(*refusal, "no"));
        CommandAnswer answer;
        answer.position = position_;
        done(answer);
    }
    void ping(HeartbeatPing, PingDone) override {}

    std::vector<CommandRequest> requests;
    std::optional<ErrorCode> refusal;

   private:
    Position position_;
};

// Takes everything and delivers nothing.
class SilentSender final : public Sender {
   public:
    void send(Outgoing, std::function<void(SendResult)>) override {}
};

// A notifier with a journal of its own, which is empty.
class IdleNotifier final {
   public:
    IdleNotifier(Clock& clock, notify::Routes routes,
                 std::shared_ptr<store::MemoryDeliveriesStorage> storage =
                     std::make_shared<store::MemoryDeliveriesStorage>())
        : journal_(
              store::open_memory_journal(std::make_shared<store::MemoryJournalStorage>()).value()),
          notifier_(app::NotifierOptions{.version = "1",
                                         .page_id = "kctbh9vrtdwd",
                                         .open_deliveries =
                                             [storage = std::move(storage)] {
                                                 return store::open_memory_deliveries(storage);
                                             },
                                         .open_reader = [this] { return journal_->open_reader(); },
                                         .durable = 0,
                                         .clock = clock,
                                         .log = [](const std::string&) {}},
                    std::move(routes), std::make_unique<SilentSender>()) {}

    app::Notifier& operator*() { return notifier_; }
    app::Notifier* operator->() { return &notifier_; }

   private:
    std::unique_ptr<Journal> journal_;
    app::Notifier notifier_;
};

}  // namespace candor::test
