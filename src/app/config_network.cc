#include "app/config_network.h"

#include "app/config.h"
#include "app/config_draft.h"
#include "app/config_store.h"
#include "app/config_value.h"

namespace candor::app {
namespace {

constexpr std::string_view kRangeHint = "write it like 10.0.0.0/8, fd00::/8 or 192.0.2.7";

std::optional<Complaint> check_file(std::string_view text) {
    if (!text.empty() && text.find('\0') == std::string_view::npos) return std::nullopt;
    return Complaint{"is not the name of a file", "name a PEM file"};
}

std::optional<Complaint> check_reach(std::string_view text) {
    ReachRules rules;
    if (rules.add(text)) return std::nullopt;
    return Complaint{"is neither a kind of address nor a range",
                     "write public, private, loopback, link-local, or a range like 10.0.0.0/8"};
}

constexpr std::string_view kCertDoc =
    "PEM file with the certificate and, behind it, its chain. Read anew on SIGHUP and whenever it "
    "is saved.";
constexpr std::string_view kKeyDoc =
    "PEM file with its private key, without a passphrase, readable by Candor's user only.";

constexpr Field file_field(std::string_view name, std::string_view doc, std::string_view example,
                           void (*store)(void*, Value&&)) {
    return {.name = name,
            .type = FieldType::kText,
            .doc = doc,
            .max = 4096,
            .check = check_file,
            .example = example,
            .store = store};
}

constexpr Field kCertificateFields[] = {
    file_field("cert", kCertDoc, "/etc/candor/tls.crt", store<&CertificateDraft::cert>),
    file_field("key", kKeyDoc, "/etc/candor/tls.key", store<&CertificateDraft::key>),
};
constexpr Section kCertificate{"the certificate of a listener", kCertificateFields,
                               locate<CertificateDraft>};

constexpr Field kTlsFields[] = {
    file_field("cert", kCertDoc, "/etc/candor/tls.crt",
               store<&CertificateDraft::cert, TlsListenersDraft>),
    file_field("key", kKeyDoc, "/etc/candor/tls.key",
               store<&CertificateDraft::key, TlsListenersDraft>),
    {.name = "public",
     .type = FieldType::kSection,
     .doc = "A certificate of its own for `listen.public`. Without `cert` and `key` above, only "
            "listeners named here speak TLS.",
     .section = &kCertificate,
     .enter = enter<&TlsListenersDraft::public_pages>},
    {.name = "intake",
     .type = FieldType::kSection,
     .doc = "The same for `listen.intake`.",
     .section = &kCertificate,
     .enter = enter<&TlsListenersDraft::intake>},
    {.name = "console",
     .type = FieldType::kSection,
     .doc = "The same for `listen.console`.",
     .section = &kCertificate,
     .enter = enter<&TlsListenersDraft::console>},
};

constexpr Field reach_field(std::string_view name, std::string_view doc, std::string_view fallback,
                            void (*store)(void*, Value&&)) {
    return {.name = name,
            .type = FieldType::kTextList,
            .doc = doc,
            .fallback = fallback,
            .max = kReachItemsMax,
            .check = check_reach,
            .store = store};
}

constexpr Field kReachFields[] = {
    reach_field("probes",
                "Where checks and anchors may connect to: `public`, `private`, `loopback`, "
                "`link-local`, and ranges. Metadata services of clouds are reached only by a range "
                "that holds them.",
                "[public, private, loopback]", store<&ReachDraft::probes>),
    reach_field("webhooks", "The same for what subscribers ask to be sent.", "[public]",
                store<&ReachDraft::webhooks>),
};

std::optional<CertificateFiles> files_of(const CertificateDraft& draft, ConfigProblems& problems) {
    if (draft.cert.empty() && draft.key.empty()) return std::nullopt;
    const Mark mark = draft.node->mark_of(draft.cert.empty() ? "key" : "cert");
    if (draft.cert.empty()) problems.add(mark, "`key` stands without `cert`", "name both files");
    if (draft.key.empty()) problems.add(mark, "`cert` stands without `key`", "name both files");
    return CertificateFiles{draft.cert, draft.key, mark.line, mark.column};
}

TlsSettings assemble_tls(const TlsListenersDraft& draft, ConfigProblems& problems) {
    const auto all = files_of(draft, problems);
    const auto own = [&](const std::optional<CertificateDraft>& one) {
        if (!one) return all;
        auto files = files_of(*one, problems);
        if (!files) problems.add(one->node->mark, "a certificate needs `cert` and `key`");
        return files;
    };
    TlsSettings out{own(draft.public_pages), own(draft.intake), own(draft.console)};
    if (!out.any()) {
        problems.add(draft.node->mark, "`tls` names no certificate",
                     "add `cert` and `key`, or take `tls` out");
    }
    return out;
}

void judge_sharing(const Config& config, const Node& root, ConfigProblems& problems) {
    struct One {
        std::string_view name;
        const ListenAddress& address;
        const std::optional<CertificateFiles>& files;
    };
    const TlsSettings& tls = config.network.tls;
    const One all[] = {{"public", config.listen.public_pages, tls.public_pages},
                       {"intake", config.listen.intake, tls.intake},
                       {"console", config.listen.console, tls.console}};
    for (std::size_t i = 0; i < std::size(all); ++i) {
        for (std::size_t k = i + 1; k < std::size(all); ++k) {
            if (all[i].address != all[k].address || all[i].files == all[k].files) continue;
            problems.add(root.mark_of("tls"),
                         "`" + std::string(all[i].name) + "` and `" + std::string(all[k].name) +
                             "` share " + format_address(all[i].address) +
                             ", but not their certificate",
                         "give both the same, or addresses of their own");
        }
    }
}

ReachRules rules_of(const std::vector<std::string>& items) {
    ReachRules rules;
    for (const std::string& item : items) rules.add(item);
    return rules;
}

}  // namespace

const Section kTlsSection{"`tls`", kTlsFields, locate<TlsListenersDraft>};
const Section kReachSection{"`reach`", kReachFields};

std::optional<Complaint> check_ip_range(std::string_view text) {
    if (IpRange::parse(text)) return std::nullopt;
    const std::size_t slash = text.find('/');
    if (slash != text.npos && IpAddress::parse(text.substr(0, slash))) {
        return Complaint{"is not a range: its prefix is malformed, or shorter than the address",
                         std::string(kRangeHint)};
    }
    return Complaint{"is not a range of addresses", std::string(kRangeHint)};
}

namespace {

// The host of a target that is written as an address; names are judged when they are resolved.
std::optional<IpAddress> literal_address(const CheckTarget& target) {
    std::string host;
    if (const auto* http = std::get_if<HttpTarget>(&target)) {
        if (const auto url = parse_http_url(http->url)) host = url->host;
    }
    if (const auto* tcp = std::get_if<TcpTarget>(&target)) host = tcp->host;
    if (const auto* tls = std::get_if<TlsTarget>(&target)) host = tls->host;
    if (const auto* ping = std::get_if<PingTarget>(&target)) host = ping->host;
    if (const auto* dns = std::get_if<DnsTarget>(&target)) {
        host = dns->server.substr(0, dns->server.rfind(':'));
    }
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    return IpAddress::parse(host);
}

void judge_target(const CheckSpec& spec, const ReachRules& probes, Mark mark,
                  ConfigProblems& problems) {
    const auto address = literal_address(spec.target);
    if (!address || probes.allows(*address)) return;
    problems.add(mark,
                 "`" + spec.rule.id.value + "` leads to " + address->text() + ", a " +
                     std::string(name_of(kind_of(*address))) +
                     " address, which `reach.probes` does not allow",
                 "watch another address, or add " + address->text() + " to `reach.probes`");
}

void judge_targets(const ConfigDraft& draft, const Config& config, ConfigProblems& problems) {
    std::size_t at = 0;
    for (const ComponentDraft& component : draft.components) {
        for (const CheckDraft& check : component.checks) {
            if (at == config.checks.size()) return;
            judge_target(config.checks[at++], config.network.probes, check.node->mark, problems);
        }
    }
    const Mark anchors = draft.node->mark_of("observer");
    for (const CheckSpec& anchor : config.observer.anchors) {
        judge_target(anchor, config.network.probes, anchors, problems);
    }
}

}  // namespace

void assemble_network(const ConfigDraft& draft, Config& config, ConfigProblems& problems) {
    const NetworkDraft& network = draft.network;
    NetworkSettings& out = config.network;
    if (network.tls) {
        out.tls = assemble_tls(*network.tls, problems);
        judge_sharing(config, *draft.node, problems);
    }
    for (const std::string& text : network.trusted_proxies) {
        if (const auto range = IpRange::parse(text)) out.trusted_proxies.push_back(*range);
    }
    if (network.reach.probes) out.probes = rules_of(*network.reach.probes);
    if (network.reach.webhooks) out.webhooks = rules_of(*network.reach.webhooks);
    judge_targets(draft, config, problems);
}

}  // namespace candor::app
