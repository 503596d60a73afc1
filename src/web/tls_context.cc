#include "web/tls_context.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <cstring>

#include "web/openssl_owned.h"

namespace candor::web {
namespace {

constexpr long kSessionSeconds = 3600;
constexpr const char* kCiphers12 = "ECDHE+AESGCM:ECDHE+CHACHA20";

// The one protocol we speak. Whoever offers others only would not understand us.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size,
                    const unsigned char* offered, unsigned offered_size, void*) {
    static constexpr std::string_view kHttp11 = "http/1.1";
    for (unsigned at = 0; at < offered_size; at += 1U + offered[at]) {
        const unsigned size = offered[at];
        if (size > offered_size - at - 1) break;
        if (std::string_view(reinterpret_cast<const char*>(offered) + at + 1, size) != kHttp11) {
            continue;
        }
        *chosen = offered + at + 1;
        *chosen_size = static_cast<unsigned char>(size);
        return SSL_TLSEXT_ERR_OK;
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

// Resuming TLS 1.2 would lean on the ticket key alone; only 1.3 adds a fresh exchange.
int note_hello(SSL* ssl, int*, void*) {
    const unsigned char* versions = nullptr;
    std::size_t size = 0;
    if (SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_supported_versions, &versions, &size) != 1) {
        SSL_set_options(ssl, SSL_OP_NO_TICKET);
    }
    return SSL_CLIENT_HELLO_SUCCESS;
}

Result<void> set_rules(SSL_CTX* context) {
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
    SSL_CTX_set_timeout(context, kSessionSeconds);
    SSL_CTX_set_alpn_select_cb(context, &choose_protocol, nullptr);
    SSL_CTX_set_client_hello_cb(context, &note_hello, nullptr);
    if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
        SSL_CTX_set_cipher_list(context, kCiphers12) == 1) {
        return {};
    }
    return fail(ErrorCode::kInternal, "this OpenSSL cannot be set to TLS 1.2 and its ciphers");
}

// What follows the first certificate: the authorities between it and one that readers know.
Result<void> add_chain(SSL_CTX* context, std::string_view pem) {
    const Owned<BIO> input(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    for (int i = 0; i <= kChainMax + 1; ++i) {
        const Owned<X509> next(
            PEM_read_bio_X509(input.get(), nullptr, &refuse_passphrase, nullptr));
        if (next == nullptr) {
            const bool is_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
            if (is_end) return {};
            return fail(ErrorCode::kInvalid, "a certificate of its chain is damaged");
        }
        if (i > kChainMax) break;
        if (i > 0 && SSL_CTX_add1_chain_cert(context, next.get()) != 1) {
            return fail(ErrorCode::kInvalid, "a certificate of its chain is not accepted");
        }
    }
    return fail(ErrorCode::kInvalid,
                "its chain is longer than " + std::to_string(kChainMax) + " certificates");
}

Result<Owned<EVP_PKEY>> read_key(std::string_view pem) {
    if (pem.size() > kPemBytesMax) {
        return fail(ErrorCode::kTooLarge, "the key is larger than 256 KiB: is it a PEM file?");
    }
    const Owned<BIO> input(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    Owned<EVP_PKEY> key(PEM_read_bio_PrivateKey(input.get(), nullptr, &refuse_passphrase, nullptr));
    if (key != nullptr) return key;
    if (pem.find("ENCRYPTED") != std::string_view::npos) {
        return fail(ErrorCode::kInvalid,
                    "the key has a passphrase, which nobody is there to type: store it without "
                    "one, readable by Candor's user only");
    }
    const bool other = pem.find("PRIVATE KEY-----") == std::string_view::npos;
    return fail(ErrorCode::kInvalid,
                other ? "there is no private key in PEM in the key's file" : "the key is damaged");
}

}  // namespace

Result<TlsContextPtr> TlsContext::make(std::string_view certificate, std::string_view key) {
    ERR_clear_error();
    Certificate own = TRY(Certificate::parse(certificate));
    const Owned<EVP_PKEY> secret = TRY(read_key(key));
    SSL_CTX* raw = SSL_CTX_new(TLS_server_method());
    if (raw == nullptr) return fail(ErrorCode::kInternal, "OpenSSL cannot be set up");
    const std::shared_ptr<const TlsContext> context(new TlsContext(raw, std::move(own)));
    TRY(set_rules(raw));
    if (X509_check_private_key(context->certificate().get(), secret.get()) != 1) {
        return fail(ErrorCode::kInvalid, "the key does not belong to the certificate");
    }
    if (SSL_CTX_use_certificate(raw, context->certificate().get()) != 1 ||
        SSL_CTX_use_PrivateKey(raw, secret.get()) != 1) {
        return fail(ErrorCode::kInvalid,
                    "OpenSSL does not take it: a key of less than 2048 bits (RSA) or 224 bits "
                    "(elliptic curve), or a digest like SHA-1, is too weak");
    }
    TRY(add_chain(raw, certificate));
    ERR_clear_error();
    return context;
}

TlsContext::~TlsContext() {
    SSL_CTX_free(context_);
}

}  // namespace candor::web
