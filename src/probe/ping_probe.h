// The ping check: one ICMP echo through an unprivileged socket; passes when its echo comes back.
//
// Linux lets the groups of net.ipv4.ping_group_range open such sockets; elsewhere the check reports
// could_not_run and says how to mend that. One packet is sent: confirming is detect's.
#pragma once

#include <array>

#include "probe/probe_context.h"
#include "probe/resolver.h"
#include "probe/unique_fd.h"

namespace candor::probe {

class PingProbe final {
   public:
    PingProbe(ProbeContext& context, const PingTarget& target, ProbeRun run);
    ~PingProbe();
    PingProbe(const PingProbe&) = delete;
    PingProbe& operator=(const PingProbe&) = delete;

    void start();
    void on_deadline();

   private:
    void begin(const std::vector<SocketAddress>& addresses);
    void send_echo(const SocketAddress& address);
    void on_readable();
    void finish(std::optional<Trouble> why);
    std::string doing() const { return "the echo request to " + target_.host; }

    ProbeContext& context_;
    const PingTarget& target_;
    ProbeRun run_;
    Question question_;
    UniqueFd socket_;
    std::array<char, 16> nonce_{};
    bool is_v6_ = false;
    Timing timing_;
    SteadyMicros sent_us_ = 0;
};

}  // namespace candor::probe
