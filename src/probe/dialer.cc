#include "probe/dialer.h"

#include <errno.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <utility>

namespace candor::probe {

Dialer::Dialer(ProbeContext& context, const ProbeRun& run, std::string host, std::uint16_t port)
    : context_(context), run_(run), host_(std::move(host)), port_(port) {}

Dialer::~Dialer() {
    close_socket();
}

void Dialer::start(OnConnected on_connected, OnFailed on_failed) {
    on_connected_ = std::move(on_connected);
    on_failed_ = std::move(on_failed);
    phase_started_us_ = steady_now_us();
    if (const auto address = numeric_address(host_, port_)) {
        return begin({*address});
    }
    question_ = context_.resolver.addresses(
        host_, port_, [this](AddressAnswer answer) { on_addresses(std::move(answer)); });
}

void Dialer::on_addresses(AddressAnswer answer) {
    const SteadyMicros now = steady_now_us();
    timing_.name_us = now - phase_started_us_;
    phase_started_us_ = now;
    if (answer.why) return on_failed_(std::move(*answer.why));
    begin(std::move(answer.addresses));
}

// From here on only addresses that may be reached are known.
void Dialer::begin(std::vector<SocketAddress> addresses) {
    const IpAddress first = addresses.front().ip();
    std::erase_if(addresses, [this](const SocketAddress& address) {
        return !context_.reach.allows(address.ip());
    });
    addresses_ = std::move(addresses);
    if (addresses_.empty()) return on_failed_(out_of_reach(FailureKind::kCouldNotRun, first));
    try_next();
}

void Dialer::try_next() {
    const SocketAddress& address = addresses_[next_++];
    socket_.reset(::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket_.is_open()) return abandon(socket_trouble(errno, "opening a socket"));
    if (::connect(socket_.get(), address.raw(), address.length) != 0 && errno != EINPROGRESS) {
        return abandon(socket_trouble(errno, doing()));
    }
    const auto watched =
        context_.loop.watch(socket_.get(), EPOLLOUT, [this](std::uint32_t) { on_writable(); });
    if (!watched) return abandon(trouble(FailureKind::kCouldNotRun, watched.error().message));
    const auto left = static_cast<SteadyMicros>(addresses_.size() - next_) + 1;
    if (left == 1) return;  // the last one may use all the time there is
    const SteadyMicros now = steady_now_us();
    share_over_ = context_.loop.start_timer(now + (run_.deadline_us - now) / left, [this] {
        share_over_ = {};
        abandon(socket_trouble(ETIMEDOUT, doing()));
    });
}

void Dialer::on_writable() {
    int error_number = 0;
    socklen_t length = sizeof error_number;
    ::getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &error_number, &length);
    if (error_number != 0) return abandon(socket_trouble(error_number, doing()));
    timing_.connect_us = steady_now_us() - phase_started_us_;
    context_.loop.unwatch(socket_.get());
    context_.loop.cancel_timer(share_over_);
    on_connected_(std::move(socket_));
}

void Dialer::abandon(Trouble why) {
    close_socket();
    if (next_ < addresses_.size()) return try_next();
    on_failed_(std::move(why));
}

void Dialer::close_socket() {
    context_.loop.cancel_timer(share_over_);
    if (socket_.is_open()) context_.loop.unwatch(socket_.get());
    socket_.reset();
}

std::string Dialer::doing() const {
    std::string text = "connecting to " + host_ + " port " + std::to_string(port_);
    if (next_ == 0) return text;
    const std::string address = addresses_[next_ - 1].text();
    if (address != host_) text += " (" + address + ")";
    return text;
}

Trouble Dialer::overdue() const {
    if (addresses_.empty()) {
        return trouble(FailureKind::kNameServerFailed,
                       "no name server answered for " + host_ + " within " +
                           std::to_string(run_.spec->rule.timeout.ms) + " ms");
    }
    return timed_out(*run_.spec, doing());
}

}  // namespace candor::probe
