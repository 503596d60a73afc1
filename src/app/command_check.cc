// `candor check`: is this configuration good, and where do the jobs send their pings?
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>

#include "app/commands.h"
#include "app/config_load.h"
#include "app/config_value.h"
#include "app/definition.h"
#include "app/doctor.h"
#include "app/instance.h"
#include "app/system_clock.h"

namespace candor::app {

namespace {

struct PingAddress {
    std::string check;
    std::string url;
};

// An address that a job can use: a wildcard stands for this machine.
std::string intake_base(const Config& config) {
    ListenAddress address = config.listen.intake;
    if (address.host == "0.0.0.0") address.host = "127.0.0.1";
    if (address.host == "::") address.host = "::1";
    return scheme_of(config.network.tls.intake) + format_address(address);
}

std::vector<PingAddress> ping_addresses(const Config& config) {
    std::vector<PingAddress> out;
    for (const CheckSpec& spec : config.checks) {
        const auto* target = std::get_if<HeartbeatTarget>(&spec.target);
        if (target == nullptr) continue;
        out.push_back({spec.rule.id.value, intake_base(config) + "/ping/" + target->ping_uuid});
    }
    return out;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

void print_text(const std::string& file, const Config& config) {
    const Topology& topology = config.topology;
    fmt::print("{}: good\n", file);
    fmt::print("  {} · {} · {} · {}\n", topology.page.name,
               counted(topology.groups.size(), "group", "groups"),
               counted(topology.components.size(), "component", "components"),
               counted(config.checks.size(), "check", "checks"));
    fmt::print("  page {} · intake {} · console {}\n", format_address(config.listen.public_pages),
               format_address(config.listen.intake), format_address(config.listen.console));
    if (topology.page.publish == Publish::kShadow) {
        fmt::print("  publish: shadow — everything is decided, readers see nothing of it\n");
    }
    if (config.observer.anchors.empty()) {
        fmt::print(
            "  no observer.anchors: a lost uplink of this machine can look like an outage\n");
    }
    for (const Component& component : topology.components) {
        if (!component.checks.empty()) continue;
        fmt::print("  `{}` has no checks and shows as not measured\n", component.id.value);
    }
    const auto addresses = ping_addresses(config);
    if (addresses.empty()) return;
    fmt::print("ping URLs (a secret each; append /start, /fail, /log or an exit code):\n");
    for (const PingAddress& address : addresses) {
        fmt::print("  {:<24} {}\n", address.check, address.url);
    }
}

void print_json(const std::string& file, const Config& config) {
    boost::json::array pings;
    for (const PingAddress& address : ping_addresses(config)) {
        pings.push_back(boost::json::object{{"check", address.check}, {"url", address.url}});
    }
    const boost::json::object out{{"file", file},
                                  {"good", true},
                                  {"groups", config.topology.groups.size()},
                                  {"components", config.topology.components.size()},
                                  {"checks", config.checks.size()},
                                  {"pings", std::move(pings)}};
    fmt::print("{}\n", boost::json::serialize(out));
}

// What is wrong with the certificates that the file names: at the place where it names them.
ConfigProblems certificate_problems(const std::string& file, const Config& config,
                                    const Findings& findings) {
    ConfigProblems problems(file);
    const TlsSettings& tls = config.network.tls;
    for (const Finding& one : findings) {
        if (one.grade != Grade::kFail) continue;
        const auto& files = one.about == "tls.public"   ? tls.public_pages
                            : one.about == "tls.intake" ? tls.intake
                                                        : tls.console;
        const Mark mark{files->line, files->column};
        const bool told = std::ranges::any_of(problems.kept(), [&](const ConfigProblem& known) {
            return known.mark == mark && known.message == one.message;
        });
        if (!told) problems.add(mark, one.message, one.remedy);
    }
    return problems;
}

int refuse(const CheckOptions& options, const ConfigProblems& problems) {
    if (options.json) {
        fmt::print("{}\n", problems.json());
    } else {
        fmt::print(stderr, "{}", problems.text());
        fmt::print(stderr, "{}: {}\n", options.config,
                   counted(problems.count(), "problem", "problems"));
    }
    return kExitBad;
}

void print_warnings(const Findings& findings) {
    for (const Finding& one : findings) {
        if (one.grade != Grade::kWarn) continue;
        fmt::print("  {}: {}\n    → {}\n", one.about, one.message, one.remedy);
    }
}

bool has_heartbeat(const Config& config) {
    for (const CheckSpec& spec : config.checks) {
        if (spec.rule.kind == CheckKind::kHeartbeat) return true;
    }
    return false;
}

}  // namespace

int run_check(const CheckOptions& options) {
    LoadedConfig config = load_config(options.config);
    if (!config) return refuse(options, config.error());
    const Findings certificates = examine_certificates(*config, SystemClock().now().wall);
    const ConfigProblems wrong = certificate_problems(options.config, *config, certificates);
    if (!wrong.empty()) return refuse(options, wrong);
    // Only ping URLs need the secret: checking a file elsewhere leaves no folder behind.
    if (has_heartbeat(*config)) {
        const Result<std::string> secret = instance_secret(config->storage.folder);
        if (!secret) {
            fmt::print(stderr, "{}: {}\n", options.config, secret.error().message);
            return kExitBad;
        }
        set_ping_uuids(*config, *secret);
    }
    if (options.json) {
        print_json(options.config, *config);
    } else {
        print_text(options.config, *config);
        print_warnings(certificates);
    }
    return kExitGood;
}

}  // namespace candor::app
