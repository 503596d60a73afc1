#include "tests/http/test_certificate.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/check.h"
#include "web/openssl_owned.h"

namespace candor::test {
namespace {

using web::Owned;

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

}  // namespace

PemPair make_certificate(const CertificateWish& wish) {
    const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
    const Owned<X509> made(X509_new());
    X509* x = made.get();
    X509_set_version(x, X509_VERSION_3);
    static long serial = 0;
    ASN1_INTEGER_set(X509_get_serialNumber(x), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(x), wish.begins_in.ms / 1000);
    X509_gmtime_adj(X509_getm_notAfter(x), wish.expires_in.ms / 1000);
    X509_set_pubkey(x, key.get());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("Test"), -1, -1, 0);
    X509_set_issuer_name(x, X509_get_subject_name(x));
    X509_EXTENSION* names =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, wish.names.c_str());
    CHECK(names != nullptr && X509_add_ext(x, names, -1) == 1);
    X509_EXTENSION_free(names);
    CHECK(X509_sign(x, key.get(), EVP_sha256()) > 0);

    const Owned<BIO> certificate_out(BIO_new(BIO_s_mem()));
    const Owned<BIO> key_out(BIO_new(BIO_s_mem()));
    CHECK(PEM_write_bio_X509(certificate_out.get(), x) == 1);
    const auto* phrase = reinterpret_cast<const unsigned char*>(wish.passphrase.data());
    const bool locked = !wish.passphrase.empty();
    CHECK(PEM_write_bio_PrivateKey(key_out.get(), key.get(), locked ? EVP_aes_128_cbc() : nullptr,
                                   locked ? phrase : nullptr,
                                   static_cast<int>(wish.passphrase.size()), nullptr,
                                   nullptr) == 1);
    return {text_of(certificate_out.get()), text_of(key_out.get())};
}

}  // namespace candor::test
