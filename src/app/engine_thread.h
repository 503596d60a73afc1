// The one thread that owns the state: it takes closed inputs from a bounded queue and feeds the
// engine, waiting in between until the engine wants to be woken.
//
// Everything else in the process talks to the engine through post(), submit() and ping(), which are
// safe from any thread and never block. Answers come from the engine's thread.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "engine/engine.h"
#include "ports/clock.h"
#include "ports/operator.h"
#include "ports/prober.h"

namespace candor::app {

// Commands and pings beyond this many waiting ones are answered kBusy. Probe results are bounded by
// the number of checks and are always taken.
inline constexpr std::size_t kQueueMax = 10'000;
// A long queue is committed in parts: the engine keeps fewer observations than the queue has room
// for, and an acknowledged ping must not be among those it lets go.
inline constexpr std::size_t kEventsPerCommit = engine::kObservationsWaitingMax / 2;
// Timers are answered on a grid of this width and passing results are taken there, too: with many
// checks most of their cost was waking two threads for each. Everything else wakes at once.
inline constexpr Duration kTurnEvery = milliseconds(25);

// The first instant of the grid at or after `due`.
Duration turn_for(Duration due);
// Whether something that may wait for a turn must wake the thread: only when it sleeps for longer.
bool sleeps_past_turn(Duration now, Duration wakes_at);

class EngineThread final : public Operator {
   public:
    // `fatal` is called once, from the engine's thread, when the store can no longer be trusted.
    EngineThread(Clock& clock, std::function<void(const Error&)> fatal);
    ~EngineThread() override;

    // Runs `engine`, which must already be started and must outlive stop(). Until then commands and
    // pings are answered kBusy.
    void run(engine::Engine& engine);
    // Handles what is queued, commits, and ends the thread. Later requests are answered kBusy.
    void stop();

    void post(ProbeResult result);
    // A new configuration; `done` tells whether the engine took it.
    void reload(engine::Setup setup, std::function<void(Result<void>)> done);
    void submit(CommandRequest request, CommandDone done) override;
    void ping(HeartbeatPing ping, PingDone done) override;

   private:
    struct CommandEvent {
        CommandRequest request;
        CommandDone done;
    };
    struct PingEvent {
        HeartbeatPing ping;
        PingDone done;
    };
    struct ReloadEvent {
        engine::Setup setup;
        std::function<void(Result<void>)> done;
    };
    using Event = std::variant<ProbeResult, CommandEvent, PingEvent, ReloadEvent>;

    // kUnlessAwaited: at the next turn, but at once while a failure is believed only after it.
    enum class Haste : std::uint8_t { kAtOnce, kUnlessAwaited };
    bool enqueue(Event event, bool bounded, Haste haste = Haste::kAtOnce);
    void loop();
    bool commit();
    std::vector<Event> wait_for_events();
    void handle(Event event);

    Clock& clock_;
    std::function<void(const Error&)> fatal_;
    engine::Engine* engine_ = nullptr;  // set by run(), used by the thread only
    std::thread thread_;

    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Event> queue_;  // guarded by mutex_
    bool running_ = false;      // guarded by mutex_
    bool hurry_ = false;        // guarded by mutex_: something in the queue must not wait
    bool awaited_ = false;  // guarded by mutex_: passing results decide whether a failure counts
    Duration wakes_at_;     // guarded by mutex_: steady time; zero while the thread works
};

}  // namespace candor::app
