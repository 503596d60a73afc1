// The part of a connection that is an event stream: admission, the first frame, every next one.
#include <sys/socket.h>

#include <cerrno>

#include "web/connection.h"

namespace candor::web {
namespace {

// Bounds what the kernel holds for one event stream whose reader has stopped.
constexpr int kEventSendBufferBytes = 8 * 1024;
constexpr std::string_view kFirstEventLine = "retry: 3000\n\n";

}  // namespace

bool Connection::admit_event_stream(Bench& bench, const Route& route, const Envelope& envelope) {
    const std::size_t held = bench.shared.event_streams.load(std::memory_order_relaxed);
    if (!bench.draining && held < bench.shared.options.limits.event_streams) return true;
    Answer busy;
    busy.status = 503;
    busy.body = "Too many event streams are open. Read /api/v2/summary.json instead.\n";
    busy.extra = "Retry-After: 30\r\n";
    keep_alive_ = envelope.keep_alive;
    bench.dispatcher.answer(route_index(route), busy, envelope, bench.out);
    return false;
}

bool Connection::is_let_in(const Bench& bench) const {
    const access::Gatekeeper* keeper = bench.shared.options.gatekeeper;
    return caller_ == nullptr || (keeper != nullptr && keeper->is_still_let_in(*caller_));
}

void Connection::become_events(Bench& bench, access::Caller caller) {
    if (caller.kind != access::CallerKind::kNobody) {
        caller_ = std::make_unique<access::Caller>(std::move(caller));
    }
    enter(bench, Phase::kEvents);
    bench.shared.event_streams.fetch_add(1, std::memory_order_relaxed);
    bench.counters.events.add();
    bench.events.push_back(*this);
    [[maybe_unused]] const int set = ::setsockopt(
        fd_, SOL_SOCKET, SO_SNDBUF, &kEventSendBufferBytes, sizeof kEventSendBufferBytes);
    bench.out.text() += kFirstEventLine;
    if (const ServedSitePtr& site = bench.dispatcher.site(); site != nullptr) {
        bench.out.text() += site->event;
        event_position_ = site->site->position;
    }
}

bool Connection::send_event(Bench& bench, Position position, std::string_view frame) {
    if (position != 0 && event_position_ == position) return true;
    // Also at every heartbeat: a session ends by itself, and a token expires, without a message.
    if (!is_let_in(bench)) {
        bench.counters.count_closed(Closed::kRevoked);
        return false;
    }
    if (position != 0) event_position_ = position;
    since_ms_ = bench.now_ms;
    settle(bench);
    ssize_t n = 0;
    if (unsent_ == nullptr && tls_ != nullptr) {
        n = tls_->send_now(fd_, bench.tls, frame) ? static_cast<ssize_t>(frame.size()) : 0;
    } else if (unsent_ == nullptr) {
        n = ::send(fd_, frame.data(), frame.size(), MSG_NOSIGNAL);
    }
    if (n == static_cast<ssize_t>(frame.size())) {
        bench.counters.sent_bytes.add(frame.size());
        return true;
    }
    // A partial or refused frame means that the reader lags by a full socket buffer.
    if (n >= 0 || errno == EAGAIN) {
        bench.counters.events_dropped.add();
        bench.counters.closed[static_cast<std::size_t>(Closed::kSlowReader)].add();
    }
    return false;
}

}  // namespace candor::web
