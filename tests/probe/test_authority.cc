#include "tests/probe/test_authority.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

#include "base/check.h"

namespace candor::probe::testing {
namespace {

void extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    CHECK(extension != nullptr);
    CHECK(X509_add_ext(certificate, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

Owned<X509> unsigned_certificate(EVP_PKEY* key, const char* name, Duration expires_in) {
    Owned<X509> certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -400L * 24 * 3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), expires_in.ms / 1000);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
    return certificate;
}

std::string read_request(SSL* session) {
    std::string head;
    std::array<char, 1024> bytes;
    while (!head.ends_with("\r\n\r\n")) {
        const int n = SSL_read(session, bytes.data(), static_cast<int>(bytes.size()));
        if (n <= 0) break;
        head.append(bytes.data(), static_cast<std::size_t>(n));
    }
    return head;
}

}  // namespace

TestAuthority::TestAuthority() : key_(EVP_EC_gen("P-256")) {
    certificate_ = unsigned_certificate(key_.get(), "Test authority", days(365));
    X509* own = certificate_.get();
    X509_set_issuer_name(own, X509_get_subject_name(own));
    extend(own, own, NID_basic_constraints, "critical,CA:TRUE");
    extend(own, own, NID_subject_key_identifier, "hash");
    CHECK(X509_sign(own, key_.get(), EVP_sha256()) > 0);
    std::string pattern = "/tmp/candor-authority-XXXXXX";
    const int fd = ::mkstemp(pattern.data());
    CHECK(fd >= 0);
    file_ = pattern;
    std::FILE* out = ::fdopen(fd, "w");
    CHECK(PEM_write_X509(out, own) == 1);
    CHECK(std::fclose(out) == 0);
}

TestAuthority::~TestAuthority() {
    ::unlink(file_.c_str());
}

std::shared_ptr<SSL_CTX> TestAuthority::sign(const CertificateRequest& request) const {
    const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
    const Owned<X509> leaf = unsigned_certificate(key.get(), "Test server", request.expires_in);
    X509_set_issuer_name(leaf.get(), X509_get_subject_name(certificate_.get()));
    extend(leaf.get(), certificate_.get(), NID_subject_alt_name, request.alternative_names);
    CHECK(X509_sign(leaf.get(), key_.get(), EVP_sha256()) > 0);
    Owned<SSL_CTX> context(SSL_CTX_new(TLS_server_method()));
    CHECK(SSL_CTX_use_certificate(context.get(), leaf.get()) == 1);
    CHECK(SSL_CTX_use_PrivateKey(context.get(), key.get()) == 1);
    return context;
}

ScriptedServer::Script answers_over_tls(std::shared_ptr<SSL_CTX> context, std::string bytes) {
    return [context = std::move(context), bytes = std::move(bytes)](int fd) {
        SSL* session = SSL_new(context.get());
        SSL_set_fd(session, fd);
        if (SSL_accept(session) == 1 && !read_request(session).empty()) {
            SSL_write(session, bytes.data(), static_cast<int>(bytes.size()));
            SSL_shutdown(session);
        }
        SSL_free(session);
    };
}

}  // namespace candor::probe::testing
