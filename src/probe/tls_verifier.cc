#include "probe/tls_verifier.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <time.h>

#include <utility>

#include "probe/resolver.h"

namespace candor::probe {
namespace {

std::optional<Timestamp> expiry_of(const X509* certificate) {
    tm civil{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &civil) != 1) return std::nullopt;
    CivilTime time;
    time.year = civil.tm_year + 1900;
    time.month = civil.tm_mon + 1;
    time.day = civil.tm_mday;
    time.hour = civil.tm_hour;
    time.minute = civil.tm_min;
    time.second = civil.tm_sec;
    return timestamp_from(time);
}

void note(X509_STORE_CTX* store, CertificateFacts* facts) {
    if (const X509* leaf = X509_STORE_CTX_get0_cert(store)) facts->expires = expiry_of(leaf);
}

// Takes the place of OpenSSL's verification, which it calls.
int verify_and_note(X509_STORE_CTX* store, void* arg) {
    auto* facts = static_cast<CertificateFacts*>(arg);
    note(store, facts);
    const int good = X509_verify_cert(store);
    facts->verify_error = X509_STORE_CTX_get_error(store);
    return good;
}

int verify_and_note_session(X509_STORE_CTX* store, void*) {
    const auto* session = static_cast<const SSL*>(
        X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    return verify_and_note(store, SSL_get_app_data(session));
}

}  // namespace

Timestamp wall_now() {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return {static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000};
}

Result<std::unique_ptr<TlsVerifier>> TlsVerifier::create(const std::string& ca_file) {
    std::unique_ptr<TlsVerifier> verifier(new TlsVerifier());
    verifier->context_ = SSL_CTX_new(TLS_client_method());
    if (verifier->context_ == nullptr) {
        return fail(ErrorCode::kInternal, "OpenSSL cannot set up a TLS client");
    }
    SSL_CTX_set_verify(verifier->context_, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(verifier->context_, &verify_and_note_session, nullptr);
    SSL_CTX_set_session_cache_mode(verifier->context_, SSL_SESS_CACHE_OFF);
    const int loaded = ca_file.empty()
                           ? SSL_CTX_set_default_verify_paths(verifier->context_)
                           : SSL_CTX_load_verify_file(verifier->context_, ca_file.c_str());
    if (loaded != 1) {
        return fail(ErrorCode::kInvalid, "cannot read trusted certificates from '" + ca_file +
                                             "': give a file of PEM certificates");
    }
    return verifier;
}

TlsVerifier::~TlsVerifier() {
    SSL_CTX_free(context_);
}

void TlsVerifier::SessionDeleter::operator()(ssl_st* session) const {
    SSL_free(session);
}

TlsVerifier::Session TlsVerifier::open_session(int fd, const std::string& host,
                                               CertificateFacts* facts) const {
    Session session(SSL_new(context_));
    if (!session || SSL_set_fd(session.get(), fd) != 1) return nullptr;
    SSL_set_app_data(session.get(), facts);
    SSL_set_connect_state(session.get());
    if (const auto address = numeric_address(host, 0)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session.get()), address->text().c_str());
    } else {
        SSL_set_hostflags(session.get(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        SSL_set1_host(session.get(), host.c_str());
        SSL_set_tlsext_host_name(session.get(), host.c_str());
    }
    return session;
}

void record_facts(ssl_ctx_st* context, CertificateFacts* facts) {
    SSL_CTX_set_cert_verify_callback(context, &verify_and_note, facts);
}

Trouble certificate_trouble(const CertificateFacts& facts, Timestamp now, const std::string& host) {
    if (facts.expires && *facts.expires < now) {
        const std::int64_t days_since = (now - *facts.expires).ms / days(1).ms;
        return Trouble{
            Evidence{FailureKind::kCertExpired, days_since, 0},
            "the certificate of " + host + " expired at " + format_rfc3339(*facts.expires)};
    }
    std::string detail = "the certificate of " + host + " is not trusted";
    if (facts.verify_error != X509_V_OK) {
        detail += std::string(": ") + X509_verify_cert_error_string(facts.verify_error);
    }
    return trouble(FailureKind::kTlsFailed, std::move(detail));
}

}  // namespace candor::probe
