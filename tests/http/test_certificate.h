// Certificates made for one test, in PEM: new keys every time, signed by themselves.
//
// For tests only: nobody trusts them. Plain values.
#pragma once

#include <string>

#include "base/time.h"

namespace candor::test {

struct PemPair {
    std::string certificate;
    std::string key;
};

struct CertificateWish {
    std::string names = "DNS:localhost,IP:127.0.0.1";
    Duration begins_in = days(-1);
    Duration expires_in = days(90);
    std::string passphrase = "";  // of the key
};

PemPair make_certificate(const CertificateWish& wish = {});

}  // namespace candor::test
