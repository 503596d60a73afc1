// One check: its kind, its target, and the defaults that follow from them.
#include <algorithm>
#include <string>

#include "app/config_assemble.h"
#include "app/config_percent.h"
#include "app/config_value.h"
#include "base/check.h"

namespace candor::app {

namespace {

constexpr Duration kEveryDefault = seconds(10);
constexpr Duration kTimeoutDefault = seconds(5);
constexpr Duration kRetryDefault = seconds(5);

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

// Drafts whose text passed its check convert; one that did not keeps the problem it already has.
void set_http(HttpDraft draft, CheckSpec& spec) {
    HttpTarget target;
    if (const auto url = parse_http_url(draft.url)) spec.target_group = url->host;
    target.url = std::move(draft.url);
    target.method = std::move(draft.method);
    target.headers = std::move(draft.headers);
    target.body = std::move(draft.body);
    target.status = draft.expect.status;
    target.body_contains = std::move(draft.expect.body);
    target.json = std::move(draft.expect.json);
    target.max_latency = draft.expect.max_latency;
    target.redirects_max = draft.redirects;
    spec.target = std::move(target);
    spec.rule.kind = CheckKind::kHttp;
}

void set_dns(DnsTarget target, CheckSpec& spec) {
    spec.target_group = lower(target.server.empty() ? target.name : target.server);
    if (!target.server.empty()) {
        const bool bare_v6 = is_numeric_host(target.server) && target.server.contains(':');
        const std::string text = bare_v6 ? "[" + target.server + "]" : target.server;
        if (const auto address = parse_host_port(text, std::uint16_t{53})) {
            spec.target_group = address->host;
            target.server = format_address({address->host, address->port});
        }
    }
    spec.target = std::move(target);
    spec.rule.kind = CheckKind::kDns;
}

void set_heartbeat(HeartbeatDraft draft, CheckSpec& spec, ConfigProblems& problems) {
    const bool has_every = draft.node->find("every") != nullptr;
    const bool has_schedule = draft.node->find("schedule") != nullptr;
    if (has_every == has_schedule) {
        problems.add(
            draft.node->mark_of("schedule"),
            has_every ? "`heartbeat` has both `every` and `schedule`"
                      : "`heartbeat` needs `every` or `schedule`",
            "write every: 5m for a steady job, or schedule: \"0 21 * * *\" for a cron job");
    }
    if (!has_schedule && draft.node->find("time_zone") != nullptr) {
        problems.add(draft.node->mark_of("time_zone"), "`time_zone` belongs to a `schedule`",
                     "remove it; `every` is the same in all zones");
    }
    HeartbeatTarget target;
    target.every = draft.every.value_or(Duration{});
    target.schedule = std::move(draft.schedule);
    target.time_zone = std::move(draft.time_zone);
    target.grace = draft.grace;
    target.max_runtime = draft.max_runtime;
    // For a schedule this is only the scale on which gaps are judged; due times come from cron.
    spec.rule.every = has_every ? target.every : days(1);
    spec.rule.missed_is_failure = draft.missed_is_failure;
    spec.rule.kind = CheckKind::kHeartbeat;
    spec.target = std::move(target);
}

void set_outcomes(OutcomesDraft draft, CheckSpec& spec) {
    spec.rule.kind = CheckKind::kOutcomes;
    spec.target = OutcomesTarget{.stream = std::move(draft.stream),
                                 .objective_ppm = parse_percent_ppm(draft.objective).value_or(0),
                                 .silent_after = draft.silent_after};
}

void set_target(CheckDraft& draft, CheckSpec& spec, ConfigProblems& problems) {
    if (draft.http) return set_http(*std::move(draft.http), spec);
    if (draft.dns) return set_dns(*std::move(draft.dns), spec);
    if (draft.heartbeat) return set_heartbeat(*std::move(draft.heartbeat), spec, problems);
    if (draft.outcomes) return set_outcomes(*std::move(draft.outcomes), spec);
    if (draft.tcp) {
        const auto address = parse_host_port(draft.tcp->address).value_or(HostPort{});
        spec.rule.kind = CheckKind::kTcp;
        spec.target = TcpTarget{address.host, address.port};
        spec.target_group = address.host;
    } else if (draft.tls) {
        const auto address = parse_host_port(draft.tls->address).value_or(HostPort{});
        spec.rule.kind = CheckKind::kTls;
        spec.target = TlsTarget{address.host, address.port, draft.tls->min_days};
        spec.target_group = address.host;
    } else if (draft.ping) {
        spec.rule.kind = CheckKind::kPing;
        spec.target = PingTarget{lower(draft.ping->host)};
        spec.target_group = lower(draft.ping->host);
    } else if (draft.command) {
        spec.rule.kind = CheckKind::kCommand;
        spec.target = *std::move(draft.command);
    }
}

// Exactly one kind; the places of the others are reported.
void judge_kind(const CheckDraft& draft, ConfigProblems& problems) {
    constexpr std::string_view kKinds[] = {"http", "tcp",     "dns",       "tls",
                                           "ping", "command", "heartbeat", "outcomes"};
    std::string first;
    for (const NodeEntry& entry : draft.node->entries) {
        if (std::ranges::find(kKinds, std::string_view(entry.key)) == std::end(kKinds)) continue;
        if (first.empty()) {
            first = entry.key;
        } else {
            problems.add(
                entry.mark,
                "a check watches one thing: `" + first + "` and `" + entry.key + "` are two",
                "make a second check of it");
        }
    }
    const bool later = draft.node->find("level") != nullptr;
    if (first.empty() && !later) {
        problems.add(draft.node->mark, "a check needs what it watches",
                     "add one of http, tcp, dns, tls, ping, command, heartbeat, outcomes");
    }
}

void set_rhythm(const CheckDraft& draft, CheckSpec& spec, ConfigProblems& problems) {
    CheckRule& rule = spec.rule;
    const Node& node = *draft.node;
    rule.every = draft.every.value_or(kEveryDefault);
    rule.timeout = draft.timeout.value_or(std::min(kTimeoutDefault, rule.every));
    rule.retry_every = draft.retry_every.value_or(std::min(kRetryDefault, rule.every));
    if (rule.timeout > rule.every) {
        problems.add(
            node.mark_of("timeout"),
            "`timeout` is longer than `every` (" + format_duration(rule.every) + ")",
            "a probe must end before the next begins: shorten `timeout` or look less often");
    }
    if (rule.retry_every > rule.every) {
        problems.add(node.mark_of("retry_every"),
                     "`retry_every` is longer than `every` (" + format_duration(rule.every) + ")",
                     "it is there to confirm sooner: shorten it, or leave it out");
    }
    const auto* http = std::get_if<HttpTarget>(&spec.target);
    if (http != nullptr && http->max_latency && *http->max_latency > rule.timeout) {
        const Node* at = node.find("http")->find("expect");
        problems.add(
            at->mark_of("max_latency"),
            "`max_latency` is longer than `timeout` (" + format_duration(rule.timeout) + ")",
            "an answer that slow has timed out already: shorten it or raise `timeout`");
    }
}

void refuse_rhythm(const CheckDraft& draft, ConfigProblems& problems) {
    for (const std::string_view name : {"every", "timeout", "retry_every"}) {
        if (draft.node->find(name) == nullptr) continue;
        problems.add(draft.node->mark_of(name),
                     "`" + std::string(name) + "` means nothing beside `heartbeat`",
                     "Candor waits for the job: set `every`, `grace` or `max_runtime` inside "
                     "`heartbeat`");
    }
}

// Neither a colour nor a time limit of its own: the share of customers paints (rule 7), and the
// counting is ours.
void refuse_beside_outcomes(const CheckDraft& draft, ConfigProblems& problems) {
    for (const std::string_view name : {"severity", "timeout"}) {
        if (draft.node->find(name) == nullptr) continue;
        problems.add(draft.node->mark_of(name),
                     "`" + std::string(name) + "` means nothing beside `outcomes`",
                     name == "severity" ? "the share of customers that fail decides: remove it"
                                        : "nothing is asked over the network: remove it");
    }
}

}  // namespace

CheckSpec assemble_check(CheckDraft draft, const ComponentId& component, ConfigProblems& problems) {
    CheckSpec spec;
    spec.component = component;
    spec.rule.id = CheckId{draft.id};
    spec.rule.severity = draft.severity;
    judge_kind(draft, problems);
    const bool heartbeat = draft.heartbeat.has_value();
    const bool outcomes = draft.outcomes.has_value();
    set_target(draft, spec, problems);
    if (outcomes) refuse_beside_outcomes(draft, problems);
    if (heartbeat) {
        refuse_rhythm(draft, problems);
    } else {
        set_rhythm(draft, spec, problems);
    }
    // A missing ping is not a measurement that a second look could correct, and windows of outcomes
    // have confirmed themselves.
    const bool confirmed = heartbeat || outcomes;
    spec.rule.fail_after =
        draft.fail_after.value_or(confirmed ? Confirmation{1, 1} : Confirmation{4, 4});
    spec.rule.pass_after =
        draft.pass_after.value_or(heartbeat ? Confirmation{1, 1} : Confirmation{2, 2});
    return spec;
}

CheckSpec assemble_anchor(std::string_view text, std::size_t number) {
    CheckSpec spec;
    spec.rule.id = CheckId{"anchor-" + std::to_string(number)};
    if (text.starts_with("tcp:")) {
        const auto address = parse_host_port(text.substr(4));
        CHECK(address.has_value());
        spec.rule.kind = CheckKind::kTcp;
        spec.target = TcpTarget{address->host, address->port};
        spec.target_group = address->host;
    } else {
        HttpDraft draft;
        draft.url = std::string(text);
        set_http(std::move(draft), spec);
    }
    return spec;
}

}  // namespace candor::app
