// The part of a connection that speaks TLS: the handshake, and bytes that are not TLS at all.
#include <sys/socket.h>

#include "web/connection.h"

namespace candor::web {

bool Connection::receive_tls(Bench& bench) {
    const bool shook_hands_before = tls_->is_established();
    const TlsStream::Received received = tls_->receive(fd_, bench.tls, bench.buffer, kReadBytes);
    if (received.got == TlsStream::Got::kNotTls) {
        if (!received.is_http) return false;
        refuse_plain_http(bench);
        return true;
    }
    if (!shook_hands_before && tls_->is_established()) {
        bench.counters.tls_handshakes.add();
        enter(bench, Phase::kHead);
    }
    if (received.size > 0) consume(bench, {bench.buffer, received.size});
    switch (received.got) {
        case TlsStream::Got::kBytes: return true;
        // No next event tells of an end that has arrived already: read until it is seen.
        case TlsStream::Got::kDrained: more_to_read_ = peer_finished_; break;
        case TlsStream::Got::kBlocked: more_to_read_ = false; break;
        case TlsStream::Got::kEnd:
            more_to_read_ = false;
            peer_closed_ = true;
            break;
        case TlsStream::Got::kNotTls:
        case TlsStream::Got::kBroken:
            if (tls_->is_established()) return false;
            bench.counters.tls_failed.add();
            close_gently(bench);  // so that the alert arrives
            break;
    }
    return true;
}

// A person who typed http:// gets a sentence rather than a broken connection.
void Connection::refuse_plain_http(Bench& bench) {
    static constexpr std::string_view kAnswer =
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Length: 62\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
        "This address speaks HTTPS: ask it with https:// in the front.\n";
    bench.counters.tls_plain.add();
    [[maybe_unused]] const ssize_t n = ::send(fd_, kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL);
    close_gently(bench);
}

SendState Connection::send(Bench& bench, Output& out) {
    return tls_ == nullptr ? out.send_to(fd_) : tls_->send(fd_, bench.tls, out);
}

// Closing at once would reset the connection and could destroy what is on its way.
void Connection::close_gently(Bench& bench) {
    if (tls_ != nullptr) tls_->say_goodbye(fd_, bench.tls);
    ::shutdown(fd_, SHUT_WR);
    input_ = {};
    enter(bench, Phase::kLingering);
}

}  // namespace candor::web
