#include "app/engine_thread.h"

#include <algorithm>
#include <chrono>

namespace candor::app {
namespace {

Error busy() {
    return {ErrorCode::kBusy, "Candor is starting, stopping or overloaded; retry in a moment"};
}

}  // namespace

Duration turn_for(Duration due) {
    return {(due.ms + kTurnEvery.ms - 1) / kTurnEvery.ms * kTurnEvery.ms};
}

bool sleeps_past_turn(Duration now, Duration wakes_at) {
    return wakes_at > turn_for(now);
}

EngineThread::EngineThread(Clock& clock, std::function<void(const Error&)> fatal)
    : clock_(clock), fatal_(std::move(fatal)) {}

EngineThread::~EngineThread() {
    stop();
}

void EngineThread::run(engine::Engine& engine) {
    engine_ = &engine;
    {
        const std::lock_guard lock(mutex_);
        running_ = true;
    }
    thread_ = std::thread([this] { loop(); });
}

void EngineThread::stop() {
    {
        const std::lock_guard lock(mutex_);
        running_ = false;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

bool EngineThread::enqueue(Event event, bool bounded, Haste haste) {
    {
        const std::lock_guard lock(mutex_);
        if (!running_ || (bounded && queue_.size() >= kQueueMax)) return false;
        queue_.push_back(std::move(event));
        if (haste == Haste::kUnlessAwaited && !awaited_ &&
            !sleeps_past_turn(clock_.now().steady, wakes_at_)) {
            return true;
        }
        hurry_ = true;
    }
    wake_.notify_one();
    return true;
}

void EngineThread::post(ProbeResult result) {
    const bool passed = result.observation.result == ObservationResult::kPass;
    enqueue(std::move(result), false, passed ? Haste::kUnlessAwaited : Haste::kAtOnce);
}

void EngineThread::reload(engine::Setup setup, std::function<void(Result<void>)> done) {
    if (!enqueue(ReloadEvent{std::move(setup), done}, false)) done(std::unexpected(busy()));
}

void EngineThread::submit(CommandRequest request, CommandDone done) {
    if (!enqueue(CommandEvent{std::move(request), done}, true)) done(std::unexpected(busy()));
}

void EngineThread::ping(HeartbeatPing ping, PingDone done) {
    if (!enqueue(PingEvent{std::move(ping), done}, true)) done(std::unexpected(busy()));
}

std::vector<EngineThread::Event> EngineThread::wait_for_events() {
    const Duration due = turn_for(engine_->next_wakeup());
    const Duration now = clock_.now().steady;
    std::unique_lock lock(mutex_);
    awaited_ = engine_->cross_checks();
    if (awaited_ && !queue_.empty()) hurry_ = true;
    // What came in without haste while we worked.
    wakes_at_ = queue_.empty() ? due : std::min(due, turn_for(now));
    wake_.wait_for(lock, std::chrono::milliseconds(std::max<std::int64_t>((wakes_at_ - now).ms, 0)),
                   [&] { return hurry_ || !running_; });
    hurry_ = false;
    wakes_at_ = {};
    return std::exchange(queue_, {});
}

bool EngineThread::commit() {
    const auto committed = engine_->commit();
    if (!committed) fatal_(committed.error());
    return committed.has_value();
}

void EngineThread::loop() {
    bool running = true;
    while (running) {
        std::size_t handled = 0;
        for (Event& event : wait_for_events()) {
            handle(std::move(event));
            if (++handled % kEventsPerCommit == 0 && !commit()) return;
        }
        engine_->on_time();
        if (!commit()) return;
        const std::lock_guard lock(mutex_);
        running = running_ || !queue_.empty();
    }
    if (const auto closed = engine_->close(); !closed) fatal_(closed.error());
}

void EngineThread::handle(Event event) {
    if (auto* probe = std::get_if<ProbeResult>(&event)) {
        engine_->on_probe(std::move(*probe));
    } else if (auto* command = std::get_if<CommandEvent>(&event)) {
        engine_->on_command(std::move(command->request), std::move(command->done));
    } else if (auto* ping = std::get_if<PingEvent>(&event)) {
        engine_->on_ping(std::move(ping->ping), std::move(ping->done));
    } else if (auto* reload = std::get_if<ReloadEvent>(&event)) {
        reload->done(engine_->configure(reload->setup));
    }
}

}  // namespace candor::app
