// OpenSSL's objects with an owner, for the files that speak to OpenSSL.
//
// Include it from .cc files only: it brings OpenSSL's headers along.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

namespace candor::web {

struct OpenSslFree {
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
};
template <class T>
using Owned = std::unique_ptr<T, OpenSslFree>;

// A passphrase that nobody is there to type; OpenSSL would ask the terminal.
inline int refuse_passphrase(char*, int, int, void*) {
    return -1;
}

}  // namespace candor::web
