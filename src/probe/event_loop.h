// The prober's one epoll loop: file descriptors, timers and deferred calls.
//
// It knows nothing about probes. One thread: everything is called on the thread that calls
// run_once(). Handlers may watch, unwatch and cancel anything, themselves included: an event of a
// descriptor that was unwatched (or closed and reopened) in the same turn is never delivered.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "base/result.h"
#include "probe/unique_fd.h"

namespace candor::probe {

// Microseconds of CLOCK_MONOTONIC.
using SteadyMicros = std::int64_t;
SteadyMicros steady_now_us();

class EventLoop final {
   public:
    using FdHandler = std::function<void(std::uint32_t epoll_events)>;
    using Action = std::function<void()>;
    using TimerId = std::pair<SteadyMicros, std::uint64_t>;  // {0, 0} names no timer

    static Result<std::unique_ptr<EventLoop>> create();

    // Level-triggered. `fd` stays the caller's and must be unwatched before it is closed.
    // kIo when the kernel has no room for another watch.
    Result<void> watch(int fd, std::uint32_t epoll_events, FdHandler handler);
    void modify(int fd, std::uint32_t epoll_events);
    void unwatch(int fd);  // nothing happens when `fd` is not watched
    bool watches(int fd) const;

    // Fires once, at the earliest at `when`.
    TimerId start_timer(SteadyMicros when, Action action);
    void cancel_timer(TimerId& timer);  // clears `timer`; nothing happens when it has fired

    // Runs `action` after the handlers of this turn; the place to destroy what is on the stack.
    void defer(Action action) { deferred_.push_back(std::move(action)); }

    // Waits for the next event or timer and handles all that are due.
    void run_once();

   private:
    struct Watch {
        std::shared_ptr<FdHandler> handler;  // null: not watched
        std::uint32_t generation = 0;
    };

    explicit EventLoop(UniqueFd epoll) : epoll_(std::move(epoll)) {}
    int wait_ms() const;
    void dispatch(std::uint64_t key, std::uint32_t epoll_events);
    void run_timers();
    void run_deferred();

    UniqueFd epoll_;
    std::vector<Watch> watches_;  // by descriptor
    std::map<TimerId, Action> timers_;
    std::uint64_t next_timer_ = 1;
    std::vector<Action> deferred_;
};

}  // namespace candor::probe
