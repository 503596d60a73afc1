// The one thread that counts outcomes: it takes bodies from a bounded queue, answers them, and
// makes what it counted durable within a second.
//
// It makes way for everything else (app/thread_priority.h): a flood of outcomes never delays the
// page or a check. Losing its store refuses outcomes and stops nothing else.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>

#include "base/result.h"
#include "base/time.h"
#include "engine/outcome_counter.h"
#include "ports/clock.h"
#include "ports/outcome_intake.h"
#include "ports/outcome_store.h"

namespace candor::intake {
class OutcomeLines;
}

namespace candor::app {

// Bodies waiting, as they came over the wire; beyond it they are answered kBusy.
inline constexpr std::size_t kOutcomeBytesWaitingMax = 64 * 1024 * 1024;

struct OutcomeStats {
    std::uint64_t accepted = 0;
    std::uint64_t rejected = 0;
    std::uint64_t refused_bodies = 0;  // as a whole: too much waiting, not gzip, no store
    std::uint64_t commits = 0;
    std::uint64_t failed_commits = 0;
    std::uint64_t customers = 0;
    std::uint64_t streams = 0;
};

using MeasureDone = std::function<void(std::optional<OutcomeWindows>)>;

class OutcomeThread final : public OutcomeIntake {
   public:
    // `log` is called from the thread.
    OutcomeThread(Clock& clock, std::function<void(const std::string&)> log);
    ~OutcomeThread() override;

    // Starts the thread, which opens the store and reads what it holds; bodies and measurements
    // wait meanwhile, and until this call they are refused. Without its store the thread refuses
    // everything for that reason.
    void start(std::function<Result<std::unique_ptr<OutcomeStore>>()> open_store);
    // Answers what is queued, makes it durable, and ends the thread.
    void stop();

    void submit(std::string body, BodyEncoding encoding, OutcomesDone done) override;

    // Asks for a stream's windows now. `done` runs exactly once, on any thread: nullopt when
    // nothing is counted here; of a stream that was never seen, nothing but zeros.
    void measure(std::string stream, MeasureDone done);

    OutcomeStats stats() const;

   private:
    struct Body {
        std::string bytes;
        BodyEncoding encoding = BodyEncoding::kIdentity;
        OutcomesDone done;
    };
    struct Measurement {
        std::string stream;
        MeasureDone done;
    };
    using Job = std::variant<Body, Measurement>;

    void loop();
    Result<void> open(const std::function<Result<std::unique_ptr<OutcomeStore>>()>& open_store);
    // Nothing: it is time to commit, or to end.
    std::optional<Job> wait_for_job();
    void work(Body body);
    void work(Measurement wanted);
    Result<OutcomesTaken> take(std::string body);
    void commit_if_due(bool ending);
    void note_commit(const Result<void>& done);

    Clock& clock_;
    std::function<void(const std::string&)> log_;
    std::unique_ptr<OutcomeStore> store_;              // the thread's, once it runs
    std::unique_ptr<engine::OutcomeCounter> counter_;  // the thread's; null: see refusal_
    std::unique_ptr<intake::OutcomeLines> lines_;      // the thread's
    Error refusal_;                                    // the thread's: why there is no counter
    std::optional<Duration> commit_at_;                // the thread's; steady
    std::thread thread_;

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Body> bodies_;         // guarded by mutex_
    std::deque<Measurement> wanted_;  // guarded by mutex_: they go first
    std::size_t bytes_waiting_ = 0;   // guarded by mutex_
    bool running_ = false;            // guarded by mutex_
    OutcomeStats stats_;              // guarded by mutex_
};

}  // namespace candor::app
