// Dialer: a name and a port to a connected TCP socket, trying each address within the deadline.
//
// Does not time out by itself: the probe's deadline does, and asks doing() what was going on.
// Addresses are tried in the order of RFC 6724; each gets an equal share of the time that is left,
// so that one address that swallows packets does not hide a second one that answers.
#pragma once

#include <functional>
#include <string>

#include "probe/probe_context.h"
#include "probe/resolver.h"
#include "probe/trouble.h"
#include "probe/unique_fd.h"

namespace candor::probe {

class Dialer final {
   public:
    using OnConnected = std::function<void(UniqueFd)>;  // non-blocking, not watched
    using OnFailed = std::function<void(Trouble)>;

    Dialer(ProbeContext& context, const ProbeRun& run, std::string host, std::uint16_t port);
    ~Dialer();
    Dialer(const Dialer&) = delete;
    Dialer& operator=(const Dialer&) = delete;

    // Calls exactly one of both, once; possibly before returning.
    void start(OnConnected on_connected, OnFailed on_failed);

    // The failure to report when the deadline comes first.
    Trouble overdue() const;
    // Name and connect phases so far.
    const Timing& timing() const { return timing_; }

   private:
    void on_addresses(AddressAnswer answer);
    void begin(std::vector<SocketAddress> addresses);
    void try_next();
    void on_writable();
    void abandon(Trouble why);
    void close_socket();
    std::string doing() const;

    ProbeContext& context_;
    const ProbeRun& run_;
    const std::string host_;
    const std::uint16_t port_;
    OnConnected on_connected_;
    OnFailed on_failed_;
    Question question_;
    std::vector<SocketAddress> addresses_;
    std::size_t next_ = 0;
    UniqueFd socket_;
    EventLoop::TimerId share_over_{};
    SteadyMicros phase_started_us_ = 0;
    Timing timing_;
};

}  // namespace candor::probe
