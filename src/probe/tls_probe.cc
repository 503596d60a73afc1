#include "probe/tls_probe.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>

#include <utility>

namespace candor::probe {

TlsProbe::TlsProbe(ProbeContext& context, const TlsTarget& target, ProbeRun run)
    : context_(context),
      target_(target),
      run_(std::move(run)),
      dialer_(context, run_, target.host, target.port) {}

TlsProbe::~TlsProbe() {
    if (socket_.is_open()) context_.loop.unwatch(socket_.get());
}

void TlsProbe::start() {
    dialer_.start([this](UniqueFd socket) { on_connected(std::move(socket)); },
                  [this](Trouble why) { finish(std::move(why)); });
}

void TlsProbe::on_connected(UniqueFd socket) {
    socket_ = std::move(socket);
    handshake_started_us_ = steady_now_us();
    session_ = context_.tls.open_session(socket_.get(), target_.host, &facts_);
    if (!session_) return finish(trouble(FailureKind::kCouldNotRun, "out of memory for TLS"));
    const auto watched =
        context_.loop.watch(socket_.get(), EPOLLOUT, [this](std::uint32_t) { shake_hands(); });
    if (!watched) finish(trouble(FailureKind::kCouldNotRun, watched.error().message));
}

void TlsProbe::shake_hands() {
    ERR_clear_error();
    const int shaken = SSL_do_handshake(session_.get());
    const int error_number = errno;
    if (shaken == 1) {
        handshake_us_ = steady_now_us() - handshake_started_us_;
        return judge();
    }
    const int ssl_error = SSL_get_error(session_.get(), shaken);
    if (ssl_error == SSL_ERROR_WANT_READ) return context_.loop.modify(socket_.get(), EPOLLIN);
    if (ssl_error == SSL_ERROR_WANT_WRITE) return context_.loop.modify(socket_.get(), EPOLLOUT);
    finish(handshake_trouble(ssl_error, error_number));
}

Trouble TlsProbe::handshake_trouble(int ssl_error, int error_number) const {
    if (facts_.verify_error != 0) return certificate_trouble(facts_, wall_now(), target_.host);
    const std::string doing = "the TLS handshake with " + target_.host;
    if (ssl_error == SSL_ERROR_SYSCALL && error_number != 0)
        return socket_trouble(error_number, doing);
    char reason[160] = {};
    const unsigned long code = ERR_peek_error();
    if (ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING || code == 0) {
        return trouble(FailureKind::kUnreachable, doing + ": the other side closed the connection");
    }
    ERR_error_string_n(code, reason, sizeof reason);
    return trouble(FailureKind::kTlsFailed, doing + ": " + reason);
}

void TlsProbe::judge() {
    if (!facts_.expires) {
        return finish(
            trouble(FailureKind::kTlsFailed, target_.host + " showed no readable certificate"));
    }
    const std::int64_t days_left = (*facts_.expires - wall_now()).ms / days(1).ms;
    if (days_left >= target_.days_min) return finish(std::nullopt);
    finish(Trouble{
        Evidence{FailureKind::kCertExpiring, days_left, target_.days_min},
        "the certificate of " + target_.host + " expires at " + format_rfc3339(*facts_.expires)});
}

void TlsProbe::on_deadline() {
    if (!session_) return finish(dialer_.overdue());
    finish(timed_out(*run_.spec, "the TLS handshake with " + target_.host));
}

void TlsProbe::finish(std::optional<Trouble> why) {
    if (socket_.is_open()) context_.loop.unwatch(socket_.get());
    Timing timing = dialer_.timing();
    timing.tls_us = handshake_us_;
    timing.total_us = steady_now_us() - run_.started_us;
    Observation observation =
        why ? failed(*run_.spec, timing, std::move(*why)) : passed(*run_.spec, timing);
    observation.certificate_expires = facts_.expires;
    run_.done(std::move(observation));
}

}  // namespace candor::probe
