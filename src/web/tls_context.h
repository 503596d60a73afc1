// TlsContext: one certificate with its key, ready to shake hands as a server.
//
// TLS 1.2 and 1.3, forward secret authenticated ciphers only, ALPN http/1.1, no renegotiation, no
// compression, no early data. TLS 1.3 sessions may be resumed (with a fresh key exchange) for an
// hour; those of 1.2 may not. Immutable; safe from any thread. A new certificate is a new context:
// connections keep the one they began with.
#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"
#include "web/certificate.h"

struct ssl_ctx_st;

namespace candor::web {

// Beyond any chain that a public authority hands out.
inline constexpr int kChainMax = 10;

class TlsContext final {
   public:
    // `certificate` is the server's own with its chain behind it, `key` belongs to it; both PEM.
    // kInvalid: what is wrong with which of the two. Dates are not judged: an expired certificate
    // is better than no page.
    static Result<std::shared_ptr<const TlsContext>> make(std::string_view certificate,
                                                          std::string_view key);
    ~TlsContext();
    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;

    ssl_ctx_st* get() const { return context_; }
    const Certificate& certificate() const { return certificate_; }

   private:
    TlsContext(ssl_ctx_st* context, Certificate certificate)
        : context_(context), certificate_(std::move(certificate)) {}

    ssl_ctx_st* context_;
    Certificate certificate_;
};

using TlsContextPtr = std::shared_ptr<const TlsContext>;

}  // namespace candor::web
