#include "probe/event_loop.h"

#include <errno.h>
#include <sys/epoll.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "base/check.h"

namespace candor::probe {
namespace {

constexpr int kEventsPerTurn = 128;
constexpr SteadyMicros kLongestWaitUs = 60'000'000;

std::uint64_t key_of(int fd, std::uint32_t generation) {
    return (static_cast<std::uint64_t>(generation) << 32) | static_cast<std::uint32_t>(fd);
}

}  // namespace

SteadyMicros steady_now_us() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<SteadyMicros>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
}

Result<std::unique_ptr<EventLoop>> EventLoop::create() {
    UniqueFd epoll(::epoll_create1(EPOLL_CLOEXEC));
    if (!epoll.is_open()) {
        return fail(ErrorCode::kIo,
                    std::string("cannot create the prober's event loop: ") + std::strerror(errno));
    }
    return std::unique_ptr<EventLoop>(new EventLoop(std::move(epoll)));
}

Result<void> EventLoop::watch(int fd, std::uint32_t epoll_events, FdHandler handler) {
    CHECK(fd >= 0 && !watches(fd));
    const auto index = static_cast<std::size_t>(fd);
    if (index >= watches_.size()) watches_.resize(std::max(index + 1, watches_.size() * 2));
    Watch& slot = watches_[index];
    ++slot.generation;
    epoll_event event{};
    event.events = epoll_events;
    event.data.u64 = key_of(fd, slot.generation);
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0) {
        return fail(ErrorCode::kIo,
                    std::string("cannot watch a descriptor: ") + std::strerror(errno));
    }
    slot.handler = std::make_shared<FdHandler>(std::move(handler));
    return {};
}

void EventLoop::modify(int fd, std::uint32_t epoll_events) {
    CHECK(watches(fd));
    epoll_event event{};
    event.events = epoll_events;
    event.data.u64 = key_of(fd, watches_[static_cast<std::size_t>(fd)].generation);
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, fd, &event);
}

void EventLoop::unwatch(int fd) {
    if (!watches(fd)) return;
    watches_[static_cast<std::size_t>(fd)].handler.reset();
    epoll_event ignored{};
    // Fails when a library has closed the descriptor already; then epoll has forgotten it, too.
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, &ignored);
}

bool EventLoop::watches(int fd) const {
    return fd >= 0 && static_cast<std::size_t>(fd) < watches_.size() &&
           watches_[static_cast<std::size_t>(fd)].handler != nullptr;
}

EventLoop::TimerId EventLoop::start_timer(SteadyMicros when, Action action) {
    const TimerId id{when, next_timer_++};
    timers_.emplace(id, std::move(action));
    return id;
}

void EventLoop::cancel_timer(TimerId& timer) {
    timers_.erase(timer);
    timer = {};
}

int EventLoop::wait_ms() const {
    if (!deferred_.empty()) return 0;
    SteadyMicros wait_us = kLongestWaitUs;
    if (!timers_.empty()) {
        wait_us =
            std::clamp<SteadyMicros>(timers_.begin()->first.first - steady_now_us(), 0, wait_us);
    }
    return static_cast<int>((wait_us + 999) / 1000);
}

void EventLoop::run_once() {
    std::array<epoll_event, kEventsPerTurn> events;
    const int n = ::epoll_wait(epoll_.get(), events.data(), kEventsPerTurn, wait_ms());
    CHECK(n >= 0 || errno == EINTR);
    for (int i = 0; i < n; ++i) {
        const epoll_event& event = events[static_cast<std::size_t>(i)];
        dispatch(event.data.u64, event.events);
    }
    run_timers();
    run_deferred();
}

void EventLoop::dispatch(std::uint64_t key, std::uint32_t epoll_events) {
    const auto index = static_cast<std::size_t>(key & 0xffffffffU);
    const Watch& slot = watches_[index];
    if (!slot.handler || slot.generation != static_cast<std::uint32_t>(key >> 32)) return;
    const std::shared_ptr<FdHandler> keep_alive = slot.handler;
    (*keep_alive)(epoll_events);
}

void EventLoop::run_timers() {
    const SteadyMicros now = steady_now_us();
    while (!timers_.empty() && timers_.begin()->first.first <= now) {
        auto node = timers_.extract(timers_.begin());
        node.mapped()();
    }
}

void EventLoop::run_deferred() {
    while (!deferred_.empty()) {
        std::vector<Action> actions;
        actions.swap(deferred_);
        for (Action& action : actions) action();
    }
}

}  // namespace candor::probe
