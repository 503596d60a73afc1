#include "app/certificates.h"

#include <openssl/x509.h>

#include "app/config_expand.h"
#include "app/log.h"

namespace candor::app {
namespace {

std::size_t index_of(web::Listener listener) {
    return static_cast<std::size_t>(listener);
}

Result<std::string> read_pem(const std::string& file) {
    auto text = read_bounded_file(file, web::kPemBytesMax);
    if (text) return text;
    return fail(text.error().code,
                file + ": " + text.error().message + "; give Candor's user the right to read it");
}

// Public parts only: a key cannot change while its certificate stays.
bool same_certificate(const web::TlsContext& a, const web::TlsContext& b) {
    return X509_cmp(a.certificate().get(), b.certificate().get()) == 0;
}

}  // namespace

std::string_view name_of(web::Listener listener) {
    switch (listener) {
        case web::Listener::kPublic: return "public";
        case web::Listener::kIntake: return "intake";
        case web::Listener::kConsole: return "console";
    }
    return "";
}

const std::optional<CertificateFiles>& files_of(const TlsSettings& tls, web::Listener listener) {
    switch (listener) {
        case web::Listener::kPublic: return tls.public_pages;
        case web::Listener::kIntake: return tls.intake;
        case web::Listener::kConsole: break;
    }
    return tls.console;
}

Result<web::TlsContextPtr> load_certificate(const CertificateFiles& files) {
    const std::string certificate = TRY(read_pem(files.cert));
    const std::string key = TRY(read_pem(files.key));
    auto context = web::TlsContext::make(certificate, key);
    if (context) return context;
    return fail_in(files.cert + " with " + files.key, context.error());
}

Result<void> Certificates::load(const TlsSettings& tls) {
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < kListeners.size(); ++i) {
        const auto& files = files_of(tls, kListeners[i]);
        if (!files) continue;
        for (std::size_t k = 0; k < i; ++k) {
            // The same files are the same certificate, also for a shared address.
            if (files_of(tls, kListeners[k]) == files) all_[i].shown = all_[k].shown;
        }
        if (all_[i].shown == nullptr) all_[i].shown = TRY(load_certificate(*files));
    }
    return {};
}

void Certificates::renew(const TlsSettings& tls, web::Server& server) {
    std::string note;
    for (const web::Listener listener : kListeners) {
        const auto& files = files_of(tls, listener);
        if (!files) continue;
        const auto fresh = load_certificate(*files);
        const std::lock_guard lock(mutex_);
        One& one = all_[index_of(listener)];
        if (!fresh) {
            one.refused = fresh.error().message;
            note += (note.empty() ? "" : "\n") + std::string(name_of(listener)) +
                    ": the new certificate was refused; the one before is shown until " +
                    format_rfc3339(one.shown->certificate().not_after());
            log_error("certificate refused",
                      {{"listener", std::string(name_of(listener))},
                       {"message", one.refused},
                       {"shown", "the one before"},
                       {"until", format_rfc3339(one.shown->certificate().not_after())}});
            continue;
        }
        one.refused.clear();
        if (same_certificate(**fresh, *one.shown)) continue;
        one.shown = *fresh;
        server.set_certificate(listener, *fresh);
        log_info("certificate renewed",
                 {{"listener", std::string(name_of(listener))},
                  {"until", format_rfc3339((*fresh)->certificate().not_after())}});
    }
    server.set_note(std::move(note));
}

web::TlsContextPtr Certificates::shown(web::Listener listener) const {
    const std::lock_guard lock(mutex_);
    return all_[index_of(listener)].shown;
}

std::vector<web::MetricFamily> Certificates::metrics() const {
    using enum web::MetricType;
    web::MetricFamily expires{"candor_tls_certificate_expires_timestamp_seconds",
                              "When the certificate that a listener shows expires.",
                              kGauge,
                              "seconds",
                              {}};
    web::MetricFamily refused{"candor_tls_certificate_refused",
                              "1 while the newest certificate of a listener cannot be used and the "
                              "one before is shown.",
                              kGauge,
                              "",
                              {}};
    const std::lock_guard lock(mutex_);
    for (const web::Listener listener : kListeners) {
        const One& one = all_[index_of(listener)];
        if (one.shown == nullptr) continue;
        const web::MetricLabels labels = {{"listener", std::string(name_of(listener))}};
        const auto until_ms = one.shown->certificate().not_after().ms;
        expires.samples.push_back({"", labels, static_cast<double>(until_ms) / 1000});
        refused.samples.push_back({"", labels, one.refused.empty() ? 0.0 : 1.0});
    }
    if (expires.samples.empty()) return {};
    return {std::move(expires), std::move(refused)};
}

}  // namespace candor::app
