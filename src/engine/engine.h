// The imperative shell around the pure core: stamp -> detect -> decide -> append -> apply ->
// publish.
//
// Owns the state. One thread calls it; it calls its ports and never blocks on anything but the
// journal's and the series' commits. It decides nothing itself. Work is gathered between commits:
// everything handed in since the last commit() becomes durable together, and only then is published
// and acknowledged. The simulator drives this very class with virtual ports.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/state.h"
#include "detect/detector.h"
#include "engine/agenda.h"
#include "engine/heartbeats.h"
#include "engine/setup.h"
#include "engine/time_keeper.h"
#include "model/entry.h"
#include "model/heartbeat.h"
#include "model/input.h"
#include "model/observation.h"
#include "model/sealed_text.h"
#include "model/verdict_change.h"
#include "ports/clock.h"
#include "ports/journal.h"
#include "ports/operator.h"
#include "ports/prober.h"
#include "ports/series.h"

namespace candor::engine {

inline constexpr Position kSnapshotEvery = 4096;
// Observations wait at most this long for their commit when nothing urgent asks for one sooner:
// each commit is an fsync, and a crash that loses a second of them can delay a flip, never cause
// one.
inline constexpr Duration kObservationsWaitMax = seconds(1);
inline constexpr std::size_t kObservationsWaitingMax = 2'000;
// The as-of time of an unchanged page moves at least this often.
inline constexpr Duration kRefreshEvery = seconds(10);
// Roll-ups advance in bounded steps, this far apart, or kMaintainMore while there is more to do.
inline constexpr Duration kMaintainEvery = seconds(15);
inline constexpr Duration kMaintainMore = milliseconds(500);
// While the disk is full, one small batch tries it this often, so that the page comes back by
// itself.
inline constexpr Duration kStoreRetryEvery = seconds(10);
// Stored observations replayed into a check's judge at start.
inline constexpr std::size_t kReplayMax = 64;

struct EngineStats {
    std::uint64_t observations = 0;
    std::uint64_t batches = 0;
    std::uint64_t suspects = 0;
    std::uint64_t lost_probes = 0;
    std::uint64_t series_failures = 0;
    std::uint64_t disk_full = 0;
    bool blind = false;
    bool store_failed = false;  // nothing can be written: the journal's disk is full
};

// One durable position, ready to be rendered.
struct Published {
    std::shared_ptr<const core::State> state;
    Timestamp as_of;
    EngineStats stats;
};

struct EnginePorts {
    Journal& journal;
    Series& series;
    Prober& prober;
    Clock& clock;
};

struct EngineOptions {
    std::string version;
    std::function<void(const Published&)> publish;
    // What publish() will be given if the append that begins now succeeds: work may start on it
    // while the disk syncs, but nobody may see it before. A refused append never confirms it.
    // Not called for batches with human texts, which nobody can read before they are durable.
    std::function<void(const Published&)> prepare = {};
    // For the operator's log: one line per noteworthy event, no secrets.
    std::function<void(const std::string&)> log;
    // Batches between two state snapshots; tests shorten it.
    Position snapshot_every = kSnapshotEvery;
};

class Engine {
   public:
    Engine(EnginePorts ports, EngineOptions options);

    // Rebuilds the state from the journal, then takes the configuration. kCorrupt and kUnsupported
    // stop the start; nothing was written.
    Result<void> start(const Setup& setup);

    // A reload: the whole new configuration from here on. Becomes durable with the next commit().
    Result<void> configure(const Setup& setup);

    void on_probe(ProbeResult result);
    void on_ping(HeartbeatPing ping, PingDone done);
    void on_command(CommandRequest request, CommandDone done);

    // Starts due probes, notices silence, fires deadlines. To be called at next_wakeup(), and
    // harmless at any other time.
    void on_time();

    // Makes everything since the last commit durable, publishes and acknowledges it. kIo means the
    // store can no longer be trusted: stop the process; the next start recovers.
    Result<void> commit();

    // A last commit() that holds nothing back.
    Result<void> close();

    // Steady time at which on_time() and commit() are wanted next; a few milliseconds later is as
    // well, so that the caller may answer what is due at about the same time together.
    Duration next_wakeup() const;

    // A failure waits for passing results of other targets before it counts.
    bool cross_checks() const { return detector_.wants_cross_check(); }

    const core::State& state() const { return *durable_; }
    const EngineStats& stats() const { return stats_; }

   private:
    struct Waiting {
        CommandDone command;
        PingDone ping;
        CommandAnswer answer;
    };

    Result<void> load_state();
    Result<void> replay_observations();
    void expect_heartbeat(const CheckId& id);
    void watch_with(const Setup& setup);
    void believe_journal();
    void observe(Observation o, Timestamp at);
    void take_verdicts(std::vector<VerdictChange> changes, Timestamp at);
    void start_probes(Stamp now);
    void notice_time(Stamp now);
    void retry_store(Stamp now);
    void fire_deadlines(Stamp now);
    void plan_maintenance(Stamp now);
    // Nothing when the command is not about maintenance.
    Result<std::optional<InputKind>> maintenance_input(const CommandRequest& request);
    Result<SealedText> seal_optional(const std::string& text);
    Result<CommandAnswer> run_command(const CommandRequest& request, Timestamp at);
    Result<InputKind> input_of(const CommandRequest& request);
    Result<std::optional<CommandAnswer>> answered_before(const CommandRequest& request);
    SealedText seal(const std::string& text);
    // What the command asks of the core; sealed texts wait for their batch.
    InputKind account_input(const Command& command, const ActorId& actor);
    void erase_retired();
    void note_erased();
    // Adds the subscribers' records that the entries replace.
    static void note_replaced(const std::vector<Entry>& entries, std::vector<SealedText>& out);
    void erase_replaced();
    // Decides and speculates; the batch is durable only after commit().
    Result<void> decide_input(Timestamp at, InputKind what, std::vector<std::uint64_t> observations,
                              const std::string& key, const std::string& caused_by = "");
    Result<void> append_batches(Stamp now);
    void prepare(const std::shared_ptr<const core::State>& speculated, Stamp now);
    Result<void> append_observations();
    void discard(const Error& error);
    // A command is as durable as its batch; a ping also needs its observation.
    void acknowledge(const Result<void>& batches, const Result<void>& observations);
    void publish(Stamp now);
    void snapshot_if_due();
    void maintain_series(Stamp now);
    void log(const std::string& line) const;

    EnginePorts ports_;
    EngineOptions options_;
    Setup setup_;

    std::shared_ptr<const core::State> durable_;  // what the journal holds
    core::State draft_;                           // durable_ plus the waiting batches
    std::vector<AppendRequest> batches_;
    std::vector<SealedRow> sealed_;  // of the input being decided
    std::vector<Observation> observations_;
    std::vector<Waiting> waiting_;
    std::vector<SealedText> erased_;            // of the state's retired records
    std::vector<SealedText> replaced_waiting_;  // by batches that are not durable yet
    std::vector<SealedText> replaced_;          // by durable ones: to be erased

    detect::Detector detector_;
    Heartbeats heartbeats_;
    Agenda agenda_;
    TimeKeeper time_;
    std::uint64_t next_number_ = 1;
    Duration observations_since_;  // steady time of the oldest waiting observation
    Duration published_at_;
    Duration cross_checked_at_;
    Duration gap_ended_at_;
    Duration maintain_at_;
    Duration plan_at_;
    Position snapshot_at_ = 0;
    bool urgent_ = false;        // somebody waits for the observations to be durable
    bool store_failed_ = false;  // the journal's disk is full, even without the ballast
    Timestamp unwritten_since_;  // a batch was lost then; zero: nothing is missing
    bool mends_store_ = false;   // the waiting batches make good for it
    Duration store_retry_at_;
    EngineStats stats_;
};

}  // namespace candor::engine
