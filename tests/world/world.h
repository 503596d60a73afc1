// One whole Candor in virtual time: the real Engine on a virtual clock, a virtual prober and stores
// in memory, with a disk that outlives crashes and targets that behave as they are told.
//
// Scenarios and simulator both drive this class, so a scenario can replay what the simulator found.
// It holds no expectations. One thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "replay/virtual_clock.h"
#include "replay/virtual_prober.h"
#include "store/memory_journal.h"
#include "store/memory_series.h"
#include "tests/world/recording_journal.h"

namespace candor::world {

// 2026-04-04T21:00:00Z, when every world begins.
inline constexpr Timestamp kBegin{1'775'336'400'000};

class World {
   public:
    World(engine::Setup setup, std::uint64_t seed);

    // What is told as it happens.
    struct Witness {
        BatchSeen batch;
        std::function<void(const engine::Published&)> published;
        std::function<void(const std::string&)> log;
        std::function<void(const engine::Published&)> prepared = {};
    };
    void set_witness(Witness witness) { witness_ = std::move(witness); }

    // What stands between engine and disks from the next boot on; absent: nothing.
    struct Fittings {
        std::function<std::unique_ptr<Journal>(std::unique_ptr<Journal>)> journal;
        std::function<std::unique_ptr<Series>(std::unique_ptr<Series>)> series;
        Position snapshot_every = engine::kSnapshotEvery;
    };
    void set_fittings(Fittings fittings) { fittings_ = std::move(fittings); }

    // Opens the stores and starts the engine, as a process does.
    Result<void> boot();
    // The process dies on the spot: whatever was not durable is gone.
    void crash();
    // The process ends properly: everything handed in is committed.
    Result<void> stop();
    bool running() const { return engine_ != nullptr; }

    // Lives through `duration`; a journal that fails with kIo ends the process, as it must.
    Result<void> run(Duration duration);
    // Time passes while the process, or the whole machine, stands still.
    void stand_still(Duration duration) { clock_.advance_to(clock_.now().steady + duration); }

    // Takes the new setup now when running, else at the next boot.
    Result<void> reload(engine::Setup setup);
    // Commands and pings commit at once; the answer is what the caller would get.
    Result<CommandAnswer> command(CommandRequest request);
    Result<void> ping(HeartbeatPing ping);

    // The check's target behaves so from now on; checks that nobody set pass.
    void set_target(const CheckId& check, replay::Behaviour behaviour) {
        targets_[check] = std::move(behaviour);
    }
    // Without an uplink everything that crosses the network fails, anchors included.
    void set_uplink(bool up) { uplink_ = up; }

    engine::Engine& engine() { return *engine_; }
    const engine::Setup& setup() const { return setup_; }
    replay::VirtualClock& clock() { return clock_; }
    store::MemoryJournalStorage& journal_disk() { return *journal_disk_; }
    store::MemorySeriesStorage& series_disk() { return *series_disk_; }
    // An independent reader of the journal, for replays from scratch; kCorrupt when it is damaged.
    Result<std::unique_ptr<JournalReader>> reader();
    const std::optional<engine::Published>& published() const { return published_; }

   private:
    replay::Behaviour behave(const CheckSpec& spec) const;
    Result<void> died(Result<void> outcome);

    engine::Setup setup_;
    replay::VirtualClock clock_;
    replay::VirtualProber prober_;
    std::shared_ptr<store::MemoryJournalStorage> journal_disk_;
    std::shared_ptr<store::MemorySeriesStorage> series_disk_;
    std::unique_ptr<Journal> journal_;
    std::unique_ptr<Series> series_;
    std::unique_ptr<engine::Engine> engine_;
    std::map<CheckId, replay::Behaviour> targets_;
    bool uplink_ = true;
    Witness witness_;
    Fittings fittings_;
    std::optional<engine::Published> published_;
};

}  // namespace candor::world
