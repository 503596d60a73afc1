#include "tests/world/world.h"

#include "replay/runner.h"

namespace candor::world {
namespace {

// Until an anchor answers no, an unreachable network looks like this.
replay::Behaviour unreachable() {
    return {ObservationResult::kFail, {FailureKind::kUnreachable, 0, 0}, milliseconds(30), false};
}

}  // namespace

World::World(engine::Setup setup, std::uint64_t seed)
    : setup_(std::move(setup)),
      clock_(kBegin, seed),
      prober_(clock_),
      journal_disk_(std::make_shared<store::MemoryJournalStorage>()),
      series_disk_(std::make_shared<store::MemorySeriesStorage>()) {
    prober_.set_world([this](const CheckSpec& spec) { return behave(spec); });
}

replay::Behaviour World::behave(const CheckSpec& spec) const {
    if (!uplink_ && crosses_network(spec.rule.kind)) return unreachable();
    const auto found = targets_.find(spec.rule.id);
    return found == targets_.end() ? replay::Behaviour{} : found->second;
}

Result<void> World::boot() {
    auto inner = TRY(store::open_memory_journal(journal_disk_));
    if (fittings_.journal) inner = fittings_.journal(std::move(inner));
    journal_ = std::make_unique<RecordingJournal>(std::move(inner), witness_.batch);
    series_ = TRY(store::open_memory_series(series_disk_));
    if (fittings_.series) series_ = fittings_.series(std::move(series_));
    engine::EngineOptions options;
    options.version = "test";
    options.publish = [this](const engine::Published& p) {
        published_ = p;
        if (witness_.published) witness_.published(p);
    };
    options.prepare = witness_.prepared;
    options.log = witness_.log;
    options.snapshot_every = fittings_.snapshot_every;
    engine_ = std::make_unique<engine::Engine>(
        engine::EnginePorts{*journal_, *series_, prober_, clock_}, std::move(options));
    return died(engine_->start(setup_));
}

void World::crash() {
    engine_.reset();
    series_.reset();
    journal_.reset();
    prober_.forget();
}

Result<void> World::stop() {
    const auto closed = engine_->close();
    crash();
    return closed;
}

Result<void> World::died(Result<void> outcome) {
    if (!outcome) crash();
    return outcome;
}

Result<void> World::run(Duration duration) {
    if (!running()) {
        stand_still(duration);
        return {};
    }
    return died(replay::run_for(*engine_, clock_, prober_, duration));
}

Result<void> World::reload(engine::Setup setup) {
    setup_ = std::move(setup);
    if (!running()) return {};
    TRY(engine_->configure(setup_));
    return died(replay::run_now(*engine_, prober_));
}

Result<CommandAnswer> World::command(CommandRequest request) {
    Result<CommandAnswer> answer = fail(ErrorCode::kBusy, "no answer came");
    engine_->on_command(std::move(request),
                        [&](Result<CommandAnswer> a) { answer = std::move(a); });
    TRY(died(replay::run_now(*engine_, prober_)));
    return answer;
}

Result<void> World::ping(HeartbeatPing ping) {
    Result<void> answer = fail(ErrorCode::kBusy, "no answer came");
    engine_->on_ping(std::move(ping), [&](Result<void> a) { answer = std::move(a); });
    TRY(died(replay::run_now(*engine_, prober_)));
    return answer;
}

Result<std::unique_ptr<JournalReader>> World::reader() {
    if (running()) return journal_->open_reader();
    return TRY(store::open_memory_journal(journal_disk_));
}

}  // namespace candor::world
