// `tls`, `trusted_proxies` and `reach`: from their fields to settings.
//
// Reads no certificate: a configuration may be checked far from the machine that has them
// (certificates.h judges them).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/config_problem.h"
#include "app/config_schema.h"
#include "app/network_settings.h"

namespace candor::app {

struct Config;
struct ConfigDraft;

struct CertificateDraft {
    const Node* node = nullptr;
    std::string cert;
    std::string key;
};

struct TlsListenersDraft : CertificateDraft {
    std::optional<CertificateDraft> public_pages;
    std::optional<CertificateDraft> intake;
    std::optional<CertificateDraft> console;
};

struct ReachDraft {
    std::optional<std::vector<std::string>> probes;
    std::optional<std::vector<std::string>> webhooks;
};

struct NetworkDraft {
    std::optional<TlsListenersDraft> tls;
    std::vector<std::string> trusted_proxies;
    ReachDraft reach;
};

// The sections of config_schema.cc, `tls` and `reach`.
extern const Section kTlsSection;
extern const Section kReachSection;

inline constexpr std::int64_t kTrustedProxiesMax = 64;
inline constexpr std::int64_t kReachItemsMax = 64;

std::optional<Complaint> check_ip_range(std::string_view text);

// Fills config.network from the draft; config.listen and config.checks must be there already.
void assemble_network(const ConfigDraft& draft, Config& config, ConfigProblems& problems);

}  // namespace candor::app
