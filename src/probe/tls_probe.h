// The tls check: connect, shake hands, verify the certificate, and look at how long it will last.
//
// Speaks no protocol above TLS: servers that begin in clear text (STARTTLS) need a command check.
// One thread: the loop's (probe_context.h).
#pragma once

#include "probe/dialer.h"
#include "probe/probe_context.h"
#include "probe/tls_verifier.h"

namespace candor::probe {

class TlsProbe final {
   public:
    TlsProbe(ProbeContext& context, const TlsTarget& target, ProbeRun run);
    ~TlsProbe();
    TlsProbe(const TlsProbe&) = delete;
    TlsProbe& operator=(const TlsProbe&) = delete;

    void start();
    void on_deadline();

   private:
    void on_connected(UniqueFd socket);
    void shake_hands();
    void judge();
    void finish(std::optional<Trouble> why);
    Trouble handshake_trouble(int ssl_error, int error_number) const;

    ProbeContext& context_;
    const TlsTarget& target_;
    ProbeRun run_;
    Dialer dialer_;
    UniqueFd socket_;
    CertificateFacts facts_;
    TlsVerifier::Session session_;
    SteadyMicros handshake_started_us_ = 0;
    std::int64_t handshake_us_ = 0;
};

}  // namespace candor::probe
