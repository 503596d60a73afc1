// The certificates that the listeners show: read from their files, and read anew while running.
//
// A new one that cannot be used changes nothing: the one before goes on, and log, metrics and
// /readyz say so until a good one is there. renew() belongs to the main thread; metrics() is safe
// from any.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/network_settings.h"
#include "base/result.h"
#include "web/metrics.h"
#include "web/server.h"
#include "web/tls_context.h"

namespace candor::app {

inline constexpr std::array kListeners = {web::Listener::kPublic, web::Listener::kIntake,
                                          web::Listener::kConsole};
std::string_view name_of(web::Listener listener);  // "public", "intake", "console"
const std::optional<CertificateFiles>& files_of(const TlsSettings& tls, web::Listener listener);

// Errors name the file, say what is wrong with it and how to mend it.
Result<web::TlsContextPtr> load_certificate(const CertificateFiles& files);

class Certificates final {
   public:
    // All of them, or the first error. For the start.
    Result<void> load(const TlsSettings& tls);

    // Reads all again and hands those that changed to `server`; says in the log what it did.
    // Errors keep the present one. Which listeners speak TLS must be as before.
    void renew(const TlsSettings& tls, web::Server& server);

    web::TlsContextPtr shown(web::Listener listener) const;
    std::vector<web::MetricFamily> metrics() const;

   private:
    struct One {
        web::TlsContextPtr shown;
        std::string refused;  // why the newest was refused; "" when it was not
    };

    mutable std::mutex mutex_;
    std::array<One, kListeners.size()> all_;  // guarded by mutex_
};

}  // namespace candor::app
