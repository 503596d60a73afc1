// What can be reached from here: the names of the targets, the anchors, and how far we can see.
#include <fmt/format.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>

#include "app/config_value.h"
#include "app/doctor.h"
#include "detect/observer.h"
#include "probe/prober.h"
#include "probe/resolver.h"

namespace candor::app {
namespace {

constexpr std::size_t kNamesShown = 8;

// The host that a check connects to; "" for kinds that connect nowhere by name.
std::string host_of(const CheckTarget& target) {
    if (const auto* http = std::get_if<HttpTarget>(&target)) {
        const auto url = parse_http_url(http->url);
        return url ? url->host : "";
    }
    if (const auto* tcp = std::get_if<TcpTarget>(&target)) return tcp->host;
    if (const auto* tls = std::get_if<TlsTarget>(&target)) return tls->host;
    if (const auto* ping = std::get_if<PingTarget>(&target)) return ping->host;
    return "";
}

// Host to the first check that names it.
std::map<std::string, std::string> hosts_of(const Config& config) {
    std::map<std::string, std::string> hosts;
    for (const CheckSpec& spec : config.checks) {
        const std::string host = host_of(spec.target);
        if (!host.empty()) hosts.emplace(host, spec.rule.id.value);
    }
    return hosts;
}

struct NameAnswer {
    std::vector<probe::SocketAddress> addresses;
    std::string why;  // empty when it resolved
};

// Asks all names at once; one that is missing from the answer was not answered in time.
Result<std::map<std::string, NameAnswer>> resolve_all(const std::vector<std::string>& names) {
    std::map<std::string, NameAnswer> answers;
    const auto loop = TRY(probe::EventLoop::create());
    const auto resolver = TRY(probe::Resolver::create(*loop));
    std::vector<probe::Question> questions;
    for (const std::string& name : names) {
        questions.push_back(resolver->addresses(name, 0, [&, name](probe::AddressAnswer answer) {
            answers[name] = {std::move(answer.addresses), answer.why ? answer.why->detail : ""};
        }));
    }
    bool late = false;
    auto timer = loop->start_timer(probe::steady_now_us() + kAnswerWithin.ms * 1000,
                                   [&late] { late = true; });
    while (!late && answers.size() < names.size()) loop->run_once();
    loop->cancel_timer(timer);
    questions.clear();
    return answers;
}

std::set<std::string> own_addresses() {
    std::set<std::string> own;
    ifaddrs* list = nullptr;
    if (::getifaddrs(&list) != 0) return own;
    for (const ifaddrs* one = list; one != nullptr; one = one->ifa_next) {
        if (one->ifa_addr == nullptr) continue;
        const int family = one->ifa_addr->sa_family;
        if (family != AF_INET && family != AF_INET6) continue;
        probe::SocketAddress address;
        address.length = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
        std::copy_n(reinterpret_cast<const char*>(one->ifa_addr), address.length,
                    reinterpret_cast<char*>(&address.storage));
        own.insert(address.text());
    }
    ::freeifaddrs(list);
    return own;
}

bool is_here(const std::string& address, const std::set<std::string>& own) {
    return is_loopback(address) || own.contains(address);
}

std::string listed(const std::vector<std::string>& all) {
    std::string text;
    for (std::size_t i = 0; i < all.size() && i < kNamesShown; ++i) {
        text += (i == 0 ? "" : ", ") + all[i];
    }
    if (all.size() > kNamesShown) text += fmt::format(" and {} more", all.size() - kNamesShown);
    return text;
}

void examine_place(const std::vector<std::string>& here, const Config& config, Findings& out) {
    if (here.empty()) return;
    out.push_back({Grade::kWarn, "place",
                   "the page runs on the machine that it watches (" + listed(here) +
                       "): one failure takes both",
                   "run Candor on another machine, best in another network"});
    const auto url = parse_http_url(config.topology.page.url);
    if (!url) return;
    for (const std::string& host : here) {
        if (host != url->host) continue;
        out.push_back({Grade::kWarn, "place", "page.url is the watched host " + host,
                       "give the page a name and a place of its own"});
    }
}

// A name may lead where checks may not go: then its check never runs.
void examine_reach(const std::string& name, const std::string& check,
                   const std::vector<probe::SocketAddress>& found, const Config& config,
                   Findings& out) {
    const auto allowed = [&](const auto& one) { return config.network.probes.allows(one.ip()); };
    if (found.empty() || std::ranges::any_of(found, allowed)) return;
    const IpAddress first = found.front().ip();
    out.push_back({Grade::kFail, "names",
                   fmt::format("{}, of check `{}`, is {}, a {} address, which reach.probes does "
                               "not allow",
                               name, check, first.text(), name_of(kind_of(first))),
                   "watch another name, or add the range to reach.probes"});
}

// Runs each anchor once, all at the same time.
class AnchorRound final {
   public:
    AnchorRound(std::vector<CheckSpec> anchors, ReachRules reach)
        : anchors_(std::move(anchors)), reach_(std::move(reach)) {
        for (CheckSpec& anchor : anchors_) anchor.rule.timeout = kAnswerWithin;
    }

    Result<std::map<std::string, Observation>> run() {
        const auto prober = TRY(probe::make_prober({.reach = reach_}, [this](ProbeResult result) {
            const std::lock_guard lock(mutex_);
            seen_[result.observation.check.value] = std::move(result.observation);
            arrived_.notify_all();
        }));
        prober->configure(anchors_);
        for (const CheckSpec& anchor : anchors_) prober->start(anchor.rule.id, 1);
        std::unique_lock lock(mutex_);
        arrived_.wait_for(lock, std::chrono::milliseconds(kAnswerWithin.ms + 500),
                          [this] { return seen_.size() == anchors_.size(); });
        return seen_;
    }

   private:
    std::vector<CheckSpec> anchors_;
    ReachRules reach_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::map<std::string, Observation> seen_;
};

std::string shown_anchor(const CheckSpec& anchor) {
    if (const auto* tcp = std::get_if<TcpTarget>(&anchor.target)) {
        return fmt::format("tcp:{}:{}", tcp->host, tcp->port);
    }
    const auto* http = std::get_if<HttpTarget>(&anchor.target);
    return http != nullptr ? http->url : anchor.rule.id.value;
}

Finding anchor_finding(const CheckSpec& anchor, const Observation* seen,
                       const std::map<std::string, std::string>& hosts) {
    const std::string shown = shown_anchor(anchor);
    const std::string host = host_of(anchor.target);
    if (seen == nullptr || seen->result != ObservationResult::kPass) {
        const std::string why = seen == nullptr ? "no answer in time" : seen->detail;
        return {Grade::kWarn, "anchors", shown + " does not answer: " + why,
                "choose an anchor that answers from here, outside of what you watch"};
    }
    if (is_loopback(host) || host == "localhost") {
        return {Grade::kWarn, "anchors",
                shown + " is on this machine: it answers also when the uplink is lost",
                "choose an anchor on the other side of the uplink"};
    }
    if (const auto watched = hosts.find(host); watched != hosts.end()) {
        return {Grade::kWarn, "anchors",
                fmt::format("{} is also watched by `{}`", shown, watched->second),
                "choose an anchor that does not fail together with what you watch"};
    }
    return {Grade::kOk, "anchors",
            fmt::format("{} answered in {} ms", shown, seen->timing.total_us / 1000), ""};
}

}  // namespace

Findings examine_names(const Config& config) {
    Findings out;
    const auto hosts = hosts_of(config);
    const std::set<std::string> own = own_addresses();
    std::vector<std::string> names;
    std::vector<std::string> here;
    for (const auto& [host, check] : hosts) {
        if (!is_numeric_host(host)) {
            names.push_back(host);
        } else if (is_here(host, own)) {
            here.push_back(host);
        }
    }
    const auto answers = resolve_all(names);
    if (!answers) return {{Grade::kFail, "names", answers.error().message, "free some memory"}};
    std::size_t good = 0;
    for (const std::string& name : names) {
        const auto answer = answers->find(name);
        if (answer != answers->end() && answer->second.why.empty()) {
            ++good;
            const auto& found = answer->second.addresses;
            examine_reach(name, hosts.at(name), found, config, out);
            if (std::ranges::any_of(found, [&](const auto& a) { return is_here(a.text(), own); })) {
                here.push_back(name);
            }
            continue;
        }
        out.push_back(
            {Grade::kFail, "names",
             fmt::format("{}, of check `{}`, does not resolve: {}", name, hosts.at(name),
                         answer == answers->end() ? "no answer in time" : answer->second.why),
             "check the name, and the resolvers in /etc/resolv.conf"});
    }
    if (good > 0) {
        out.push_back(
            {Grade::kOk, "names", fmt::format("{} of {} resolve", good, names.size()), ""});
    }
    examine_place(here, config, out);
    return out;
}

Findings examine_anchors(const Config& config) {
    const auto& anchors = config.observer.anchors;
    if (anchors.empty()) return {};
    const auto seen = AnchorRound(anchors, config.network.probes).run();
    if (!seen) return {{Grade::kFail, "anchors", seen.error().message, "free some descriptors"}};
    const auto hosts = hosts_of(config);
    Findings out;
    bool any_answered = false;
    for (const CheckSpec& anchor : anchors) {
        const auto it = seen->find(anchor.rule.id.value);
        any_answered |= it != seen->end() && it->second.result == ObservationResult::kPass;
        out.push_back(anchor_finding(anchor, it == seen->end() ? nullptr : &it->second, hosts));
    }
    if (any_answered) return out;
    out.push_back({Grade::kFail, "anchors",
                   "no anchor answers: Candor would take itself for blind and show every outage "
                   "as not measured",
                   "mend the uplink, or choose anchors that answer from here"});
    return out;
}

Findings examine_sight(const Config& config) {
    if (!config.observer.anchors.empty()) return {};
    std::set<std::string> targets;
    for (const CheckSpec& spec : config.checks) {
        if (!spec.target_group.empty()) targets.insert(spec.target_group);
    }
    if (targets.empty()) return {};
    if (targets.size() >= detect::kTargetsMin) {
        return {{Grade::kOk, "sight",
                 fmt::format("no anchors; {} unrelated targets tell a lost uplink from an outage",
                             targets.size()),
                 ""}};
    }
    return {{Grade::kWarn, "sight",
             fmt::format("no anchors and only {} unrelated {}: a lost uplink of this machine would "
                         "look like an outage",
                         targets.size(), targets.size() == 1 ? "target" : "targets"),
             "add observer.anchors, such as [\"tcp:192.0.2.1:53\"] of your provider"}};
}

}  // namespace candor::app
