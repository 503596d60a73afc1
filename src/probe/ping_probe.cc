#include "probe/ping_probe.h"

#include <errno.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/socket.h>

#include <cstring>
#include <utility>

namespace candor::probe {
namespace {

// Type, code, checksum, identifier, sequence (RFC 792, RFC 4443); the kernel fills in the middle.
constexpr std::size_t kEchoHeadBytes = 8;

Trouble socket_refused(int error_number) {
    if (error_number == EACCES || error_number == EPERM) {
        return trouble(FailureKind::kCouldNotRun,
                       "this system does not let Candor's group send pings; allow it with "
                       "sysctl -w net.ipv4.ping_group_range=\"0 2147483647\"");
    }
    return socket_trouble(error_number, "opening an ICMP socket");
}

}  // namespace

PingProbe::PingProbe(ProbeContext& context, const PingTarget& target, ProbeRun run)
    : context_(context), target_(target), run_(std::move(run)) {}

PingProbe::~PingProbe() {
    if (socket_.is_open()) context_.loop.unwatch(socket_.get());
}

void PingProbe::start() {
    if (const auto address = numeric_address(target_.host, 0)) return begin({*address});
    question_ = context_.resolver.addresses(target_.host, 0, [this](AddressAnswer answer) {
        timing_.name_us = steady_now_us() - run_.started_us;
        question_.reset();
        if (answer.why) return finish(std::move(answer.why));
        begin(answer.addresses);
    });
}

// The first that may be reached.
void PingProbe::begin(const std::vector<SocketAddress>& addresses) {
    for (const SocketAddress& address : addresses) {
        if (context_.reach.allows(address.ip())) return send_echo(address);
    }
    finish(out_of_reach(FailureKind::kCouldNotRun, addresses.front().ip()));
}

void PingProbe::send_echo(const SocketAddress& address) {
    is_v6_ = address.family() == AF_INET6;
    socket_.reset(
        ::socket(address.family(), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
                 is_v6_ ? static_cast<int>(IPPROTO_ICMPV6) : static_cast<int>(IPPROTO_ICMP)));
    if (!socket_.is_open()) return finish(socket_refused(errno));
    if (::connect(socket_.get(), address.raw(), address.length) != 0) {
        return finish(socket_trouble(errno, doing()));
    }
    const auto watched =
        context_.loop.watch(socket_.get(), EPOLLIN, [this](std::uint32_t) { on_readable(); });
    if (!watched) return finish(trouble(FailureKind::kCouldNotRun, watched.error().message));
    if (::getrandom(nonce_.data(), nonce_.size(), GRND_NONBLOCK) < 0) {
        std::memcpy(nonce_.data(), &run_.started_us, sizeof run_.started_us);
    }
    std::array<char, kEchoHeadBytes + 16> packet{};
    packet[0] = static_cast<char>(is_v6_ ? ICMP6_ECHO_REQUEST : ICMP_ECHO);
    std::memcpy(packet.data() + kEchoHeadBytes, nonce_.data(), nonce_.size());
    sent_us_ = steady_now_us();
    if (::send(socket_.get(), packet.data(), packet.size(), 0) < 0) {
        finish(socket_trouble(errno, doing()));
    }
}

void PingProbe::on_readable() {
    std::array<char, 256> packet{};
    const ssize_t n = ::recv(socket_.get(), packet.data(), packet.size(), 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n < 0) return finish(socket_trouble(errno, doing()));
    const auto wanted = static_cast<char>(is_v6_ ? ICMP6_ECHO_REPLY : ICMP_ECHOREPLY);
    const bool is_ours =
        static_cast<std::size_t>(n) >= kEchoHeadBytes + nonce_.size() && packet[0] == wanted &&
        std::memcmp(packet.data() + kEchoHeadBytes, nonce_.data(), nonce_.size()) == 0;
    if (!is_ours) return;
    timing_.first_byte_us = steady_now_us() - sent_us_;
    finish(std::nullopt);
}

void PingProbe::on_deadline() {
    if (question_) {
        return finish(trouble(FailureKind::kNameServerFailed,
                              "no name server answered for " + target_.host + " within " +
                                  std::to_string(run_.spec->rule.timeout.ms) + " ms"));
    }
    finish(timed_out(*run_.spec, doing()));
}

void PingProbe::finish(std::optional<Trouble> why) {
    question_.reset();
    if (socket_.is_open()) context_.loop.unwatch(socket_.get());
    socket_.reset();
    timing_.total_us = steady_now_us() - run_.started_us;
    run_.done(why ? failed(*run_.spec, timing_, std::move(*why)) : passed(*run_.spec, timing_));
}

}  // namespace candor::probe
