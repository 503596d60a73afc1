// TestAuthority: a certificate authority in memory, and TLS servers with certificates it signs.
//
// For tests only: keys are new in every run, nothing is trusted beyond the file it writes.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "base/time.h"
#include "tests/probe/scripted_server.h"

namespace candor::probe::testing {

struct OpenSslFree {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
template <class T>
using Owned = std::unique_ptr<T, OpenSslFree>;

struct CertificateRequest {
    std::string alternative_names = "DNS:localhost,IP:127.0.0.1";
    Duration expires_in = days(90);  // negative: it has expired
};

class TestAuthority final {
   public:
    TestAuthority();
    ~TestAuthority();
    TestAuthority(const TestAuthority&) = delete;
    TestAuthority& operator=(const TestAuthority&) = delete;

    // The authority's own certificate, PEM, as a file that lives as long as this object.
    const std::string& file() const { return file_; }

    // A server context whose certificate this authority signed.
    std::shared_ptr<SSL_CTX> sign(const CertificateRequest& request) const;

   private:
    Owned<EVP_PKEY> key_;
    Owned<X509> certificate_;
    std::string file_;
};

// Shakes hands, reads one request, answers `bytes`, says goodbye.
ScriptedServer::Script answers_over_tls(std::shared_ptr<SSL_CTX> context, std::string bytes);

}  // namespace candor::probe::testing
