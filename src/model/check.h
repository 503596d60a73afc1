// What is watched and how it is judged.
//
// CheckRule is the public half: it is journalled and says nothing about where the target is.
// CheckTarget is the private half: URLs, hosts, commands; it reaches only the prober.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/status.h"

namespace candor {

enum class CheckKind : std::uint8_t {
    kHttp,
    kTcp,
    kDns,
    kTls,
    kPing,
    kCommand,
    kHeartbeat,
    kOutcomes
};

// "k of the last n observations". 1 <= k <= n <= kConfirmationWindowMax.
struct Confirmation {
    std::int64_t k = 1;
    std::int64_t n = 1;

    friend bool operator==(const Confirmation&, const Confirmation&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("k", self.k);
        visit("n", self.n);
    }
};
inline constexpr std::int64_t kConfirmationWindowMax = 20;

struct CheckRule {
    CheckId id;
    CheckKind kind = CheckKind::kHttp;
    Duration every = seconds(10);
    Duration timeout = seconds(5);
    Duration retry_every = seconds(5);  // while suspect, and while recovering
    Confirmation fail_after{4, 4};
    Confirmation pass_after{2, 2};
    ComponentStatus severity = ComponentStatus::kMajorOutage;
    // Heartbeats: a missed one is judged a failure (painted with `severity`) instead of silence.
    bool missed_is_failure = false;
    // Salted digest of the whole definition, target included: tells that a check changed without
    // telling what it is. 32 hexadecimal digits.
    std::string definition;

    friend bool operator==(const CheckRule&, const CheckRule&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("kind", self.kind);
        visit("every", self.every);
        visit("timeout", self.timeout);
        visit("retry_every", self.retry_every);
        visit("fail_after", self.fail_after);
        visit("pass_after", self.pass_after);
        visit("severity", self.severity);
        visit("missed_is_failure", self.missed_is_failure);
        visit("definition", self.definition);
    }
};

struct JsonExpectation {
    std::string pointer;  // RFC 6901
    std::string equals;   // compared with the scalar's text: up, 3, true, null
};

struct HttpTarget {
    std::string url;  // http or https
    std::string method = "GET";
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::int64_t status = 0;  // 0: any 2xx
    std::string body_contains;
    std::optional<JsonExpectation> json;
    std::optional<Duration> max_latency;  // on Timing::total_us
    std::int64_t redirects_max = 0;       // 0: a 3xx is the answer
};

struct TcpTarget {
    std::string host;
    std::uint16_t port = 0;
};

struct DnsTarget {
    std::string name;
    std::string type = "A";           // A AAAA CNAME MX NS TXT
    std::vector<std::string> expect;  // the exact set, in any order; empty: any answer
    std::string server;               // host:port; empty: the system's resolvers
};

struct TlsTarget {
    std::string host;
    std::uint16_t port = 443;
    std::int64_t days_min = 14;
};

struct PingTarget {
    std::string host;
};

struct CommandTarget {
    std::vector<std::string> argv;  // argv[0] is a path or a name on PATH; never a shell
};

struct HeartbeatTarget {
    Duration every;        // zero when `schedule` is set
    std::string schedule;  // five-field cron; empty when `every` is set
    std::string time_zone = "Etc/UTC";
    Duration grace = minutes(1);
    Duration max_runtime;   // from start to finish; zero: `grace` is the limit
    std::string ping_uuid;  // derived from the instance secret and the check id
};

// What customers really meet (docs/outcomes.md), judged by detect/burn_rate.h.
struct OutcomesTarget {
    std::string stream;
    std::int64_t objective_ppm = 999'000;  // of a million attempts so many succeed
    std::int64_t customers_min = 2;        // fewer that fail are trouble of their own
    Duration silent_after = hours(1);      // without any outcome: not measured
};

using CheckTarget = std::variant<HttpTarget, TcpTarget, DnsTarget, TlsTarget, PingTarget,
                                 CommandTarget, HeartbeatTarget, OutcomesTarget>;

struct CheckSpec {
    CheckRule rule;
    ComponentId component;
    CheckTarget target;
    // Checks with equal text fail together when that one host does; used to tell a broken target
    // from a broken uplink. Empty for checks that do not cross the network.
    std::string target_group;
};

std::string_view name_of(CheckKind);  // "http", "tcp", …
// Nothing when no kind has that name.
std::optional<CheckKind> check_kind_from(std::string_view name);
constexpr CheckKind max_of(CheckKind) {
    return CheckKind::kOutcomes;
}

// True for kinds that a prober asks, by a connection or a program. Heartbeats come by themselves,
// outcomes are counted where they arrive.
bool is_probed(CheckKind);

// True for kinds whose failure can be the fault of the observer's own uplink.
bool crosses_network(CheckKind);

}  // namespace candor
