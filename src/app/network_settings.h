// Who is let in and where connections may lead: certificates, trusted proxies, reach.
//
// Plain values of the configuration (config.h), in their final form; files are only named here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ip_address.h"
#include "base/reach.h"

namespace candor::app {

struct CertificateFiles {
    std::string cert;
    std::string key;
    // Where the configuration names them, for messages; not part of what they are.
    int line = 0;
    int column = 0;

    friend bool operator==(const CertificateFiles& a, const CertificateFiles& b) {
        return a.cert == b.cert && a.key == b.key;
    }
};

// What an address of this listener begins with.
inline std::string scheme_of(const std::optional<CertificateFiles>& files) {
    return files ? "https://" : "http://";
}

// None: plain HTTP.
struct TlsSettings {
    std::optional<CertificateFiles> public_pages;
    std::optional<CertificateFiles> intake;
    std::optional<CertificateFiles> console;

    bool any() const { return public_pages || intake || console; }
};

struct NetworkSettings {
    TlsSettings tls;
    std::vector<IpRange> trusted_proxies;
    ReachRules probes = reach_of_operators();
    ReachRules webhooks = reach_of_strangers();
};

}  // namespace candor::app
