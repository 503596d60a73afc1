// The configuration as bound from the file, field by field, before fields are compared.
//
// Optional members keep apart "left out" and "written": defaults that depend on other fields are
// filled in by config_assemble.cc. Node pointers lead back to the file's places; the tree must
// outlive the draft.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/config.h"
#include "app/config_network.h"
#include "app/config_node.h"

namespace candor::app {

struct ExpectDraft {
    std::int64_t status = 0;
    std::string body;
    std::optional<JsonExpectation> json;
    std::optional<Duration> max_latency;
};

struct HttpDraft {
    const Node* node = nullptr;
    std::string url;
    std::string method = "GET";
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::int64_t redirects = 0;
    ExpectDraft expect;
};

struct TcpDraft {
    std::string address;
};

struct TlsDraft {
    std::string address;
    std::int64_t min_days = 14;
};

struct HeartbeatDraft {
    const Node* node = nullptr;
    std::optional<Duration> every;
    std::string schedule;
    std::string time_zone = "Etc/UTC";
    Duration grace = minutes(1);
    Duration max_runtime;
    bool missed_is_failure = false;
};

struct OutcomesDraft {
    const Node* node = nullptr;
    std::string stream;
    std::string objective = "99.9%";
    Duration silent_after = hours(1);
};

struct CheckDraft {
    const Node* node = nullptr;
    std::string id;
    std::optional<HttpDraft> http;
    std::optional<TcpDraft> tcp;
    std::optional<DnsTarget> dns;
    std::optional<TlsDraft> tls;
    std::optional<PingTarget> ping;
    std::optional<CommandTarget> command;
    std::optional<HeartbeatDraft> heartbeat;
    std::optional<OutcomesDraft> outcomes;
    std::optional<Duration> every;
    std::optional<Duration> timeout;
    std::optional<Duration> retry_every;
    std::optional<Confirmation> fail_after;
    std::optional<Confirmation> pass_after;
    ComponentStatus severity = ComponentStatus::kMajorOutage;
};

struct GroupDraft {
    const Node* node = nullptr;
    std::string id;
    std::string name;
    std::string parent;
};

struct ComponentDraft {
    const Node* node = nullptr;
    std::string id;
    std::string name;
    std::string description;
    std::string group;
    std::vector<std::string> depends_on;
    std::vector<CheckDraft> checks;
};

struct MaintenanceDraft {
    const Node* node = nullptr;
    std::string id;
    std::string name;
    std::string description;
    std::vector<std::string> components;
    std::vector<std::string> groups;
    std::string start;
    Duration duration;
    std::string time_zone = "Etc/UTC";
    std::string repeat;
    std::vector<std::string> expects;
};

struct StorageDraft {
    std::string url = "sqlite:data";
    Duration keep_observations = days(35);
};

struct ObserverDraft {
    std::vector<std::string> anchors;
};

// One promise for each impact; what is left out has the default of all.
struct PromiseDraft {
    std::optional<Duration> critical;
    std::optional<Duration> major;
    std::optional<Duration> minor;
};

struct IncidentDraft : IncidentSettings {
    std::optional<PromiseDraft> explain_by_impact;
    std::optional<PromiseDraft> update_by_impact;
};

struct ChatDraft {
    std::string url;
};

struct NtfyDraft {
    std::string url;
    std::string token;
};

struct PagerDutyDraft {
    std::string routing_key;
    std::string url;
};

struct WebhookDraft {
    std::string url;
    std::string secret;
};

struct SmtpDraft {
    const Node* node = nullptr;
    std::string url;
    std::string from;
    std::vector<std::string> to;
    bool starttls_required = false;
    std::string user;
    std::string password;
};

struct TellCommandDraft {
    std::vector<std::string> argv;
    Duration timeout = seconds(10);
};

struct ChannelDraft {
    const Node* node = nullptr;
    std::string id;
    std::optional<ChatDraft> slack;
    std::optional<ChatDraft> teams;
    std::optional<ChatDraft> discord;
    std::optional<NtfyDraft> ntfy;
    std::optional<PagerDutyDraft> pagerduty;
    std::optional<WebhookDraft> webhook;
    std::optional<SmtpDraft> smtp;
    std::optional<TellCommandDraft> command;
    std::vector<std::string> on;
    std::vector<std::string> components;
    IncidentImpact min_impact = IncidentImpact::kNone;
};

struct OnCallPersonDraft {
    const Node* node = nullptr;
    std::string name;
    std::vector<std::string> notify;
};

struct ShiftOverrideDraft {
    const Node* node = nullptr;
    std::string from;
    std::string to;
    std::string person;
};

struct RotationDraft {
    const Node* node = nullptr;
    std::string id;
    std::string first;
    Duration every = days(7);
    std::string time_zone = "Etc/UTC";
    std::vector<OnCallPersonDraft> people;
    std::vector<ShiftOverrideDraft> overrides;
};

struct CallStepDraft {
    const Node* node = nullptr;
    Duration after;
    std::vector<std::string> notify;
    std::int64_t repeat = 0;
    Duration every = minutes(5);
};

struct SubscribersDraft {
    const Node* node = nullptr;
    std::optional<SmtpDraft> smtp;
};

struct ConfigDraft {
    const Node* node = nullptr;
    PageSettings page;
    ListenSettings listen;
    StorageDraft storage;
    ObserverDraft observer;
    NetworkDraft network;
    IncidentDraft incidents;
    std::vector<GroupDraft> groups;
    std::vector<ComponentDraft> components;
    std::vector<MaintenanceDraft> maintenance;
    std::vector<ChannelDraft> notify;
    std::vector<CallStepDraft> on_call;
    std::vector<RotationDraft> rotations;
    std::optional<SubscribersDraft> subscribers;
    std::optional<WatchdogSettings> watchdog;
};

}  // namespace candor::app
