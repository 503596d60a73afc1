#define CARES_NO_DEPRECATED  // newer releases rename calls that Debian 12's does not have yet
#include "probe/resolver_channel.h"

#include <ares.h>
#include <sys/epoll.h>
#include <sys/time.h>

#include "base/check.h"

namespace candor::probe {
namespace {

// First wait for a server; c-ares doubles it per round. The probe's own deadline comes first.
constexpr int kServerWaitMs = 1500;
constexpr int kRounds = 3;

}  // namespace

Result<std::unique_ptr<Channel>> Channel::open(EventLoop& loop, const std::string& server) {
    std::unique_ptr<Channel> channel(new Channel(loop));
    ares_options options{};
    options.timeout = kServerWaitMs;
    options.tries = kRounds;
    options.sock_state_cb = &Channel::on_socket_state;
    options.sock_state_cb_data = channel.get();
    const int mask = ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB;
    ares_channel handle = nullptr;
    int status = ares_init_options(&handle, &options, mask);
    if (status != ARES_SUCCESS) {
        return fail(ErrorCode::kIo,
                    std::string("cannot set up name resolution: ") + ares_strerror(status));
    }
    channel->handle_ = handle;
    if (!server.empty()) status = ares_set_servers_ports_csv(handle, server.c_str());
    if (status != ARES_SUCCESS) {
        return fail(ErrorCode::kInvalid, "cannot use '" + server +
                                             "' as a name server: " + ares_strerror(status) +
                                             "; write an IP address with port, like 192.0.2.1:53");
    }
    return channel;
}

Channel::~Channel() {
    if (handle_ != nullptr) ares_destroy(handle_);
    loop_.cancel_timer(timer_);
}

void Channel::on_socket_state(void* self, int fd, int readable, int writable) {
    auto* channel = static_cast<Channel*>(self);
    const std::uint32_t wanted = (readable != 0 ? EPOLLIN : 0U) | (writable != 0 ? EPOLLOUT : 0U);
    if (wanted == 0) {
        channel->loop_.unwatch(fd);
    } else if (channel->loop_.watches(fd)) {
        channel->loop_.modify(fd, wanted);
    } else {
        // Without a watch the question runs into its time-out, which is reported.
        (void)channel->loop_.watch(
            fd, wanted, [channel, fd](std::uint32_t events) { channel->process(fd, events); });
    }
}

void Channel::process(int fd, std::uint32_t epoll_events) {
    const bool readable = (epoll_events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0;
    const bool writable = (epoll_events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) != 0;
    ares_process_fd(handle_, readable ? fd : ARES_SOCKET_BAD, writable ? fd : ARES_SOCKET_BAD);
    rearm();
}

void Channel::rearm() {
    loop_.cancel_timer(timer_);
    timeval wait{};
    if (ares_timeout(handle_, nullptr, &wait) == nullptr) return;
    const SteadyMicros wait_us = static_cast<SteadyMicros>(wait.tv_sec) * 1'000'000 + wait.tv_usec;
    timer_ = loop_.start_timer(steady_now_us() + wait_us, [this] {
        timer_ = {};
        ares_process_fd(handle_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
        rearm();
    });
}

}  // namespace candor::probe
