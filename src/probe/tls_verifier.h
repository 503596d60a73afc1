// TlsVerifier: one OpenSSL context for all TLS checks, and the certificate facts they report.
//
// Verification is never optional: chain, dates and name against the system's (or one given) bundle
// of authorities. One thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "probe/trouble.h"

struct ssl_ctx_st;
struct ssl_st;
struct x509_store_ctx_st;

namespace candor::probe {

// What the handshake showed of the other side's certificate.
struct CertificateFacts {
    std::optional<Timestamp> expires;  // of the leaf; set as soon as it was seen, trusted or not
    int verify_error = 0;              // X509_V_…; 0 is good
};

class TlsVerifier final {
   public:
    // `ca_file`: PEM bundle to trust instead of the system's; empty for the system's.
    static Result<std::unique_ptr<TlsVerifier>> create(const std::string& ca_file);
    ~TlsVerifier();

    // A client session on `fd` for `host` (name or numeric address), writing to `facts`, which must
    // outlive it. Null when OpenSSL has no memory.
    struct SessionDeleter {
        void operator()(ssl_st* session) const;
    };
    using Session = std::unique_ptr<ssl_st, SessionDeleter>;
    Session open_session(int fd, const std::string& host, CertificateFacts* facts) const;

   private:
    TlsVerifier() = default;
    ssl_ctx_st* context_ = nullptr;
};

// For contexts that another library owns (libcurl's): verifies as usual and records the facts.
void record_facts(ssl_ctx_st* context, CertificateFacts* facts);

// The failure of a handshake whose certificate did not verify: expired, or not to be trusted.
Trouble certificate_trouble(const CertificateFacts& facts, Timestamp now, const std::string& host);

// The wall clock, for comparing with certificates' dates.
Timestamp wall_now();

}  // namespace candor::probe
