// The fields of everything above the checks.
#include "app/config_schema.h"

#include "app/config_draft.h"
#include "app/config_notify.h"
#include "app/config_store.h"

namespace candor::app {

namespace {

constexpr std::string_view kIdPattern = "^[a-z0-9-]{1,64}$";
constexpr std::string_view kListenPattern = R"(^(\[[0-9A-Fa-f:.]+\]|[0-9.]+):[0-9]{1,5}$)";

constexpr Choice kNumbers[] = {{"banded", static_cast<std::int64_t>(Numbers::kBanded)},
                               {"exact", static_cast<std::int64_t>(Numbers::kExact)},
                               {"share", static_cast<std::int64_t>(Numbers::kShare)}};
constexpr Choice kPublish[] = {{"live", static_cast<std::int64_t>(Publish::kLive)},
                               {"shadow", static_cast<std::int64_t>(Publish::kShadow)}};

constexpr Field kPageFields[] = {
    {.name = "name",
     .type = FieldType::kText,
     .doc = "The name of your service, as readers know it.",
     .fallback = "Status",
     .max = 480,
     .check = check_name,
     .example = "Acme Cloud",
     .store = store<&PageSettings::name>},
    {.name = "url",
     .type = FieldType::kText,
     .doc = "Where readers reach this page; feeds and links begin with it. Without a slash at the "
            "end.",
     .max = kUrlBytesMax,
     .check = check_page_url,
     .pattern = R"(^https?://[^/@ ]+$)",
     .example = "https://status.acme.example",
     .store = store<&PageSettings::url>},
    {.name = "time_zone",
     .type = FieldType::kText,
     .doc =
         "The zone that programs are told in the Statuspage JSON; pages speak UTC until a browser "
         "tells its own.",
     .fallback = "Etc/UTC",
     .max = 64,
     .check = check_time_zone,
     .example = "America/Toronto",
     .store = store<&PageSettings::time_zone>},
    {.name = "support_url",
     .type = FieldType::kText,
     .doc = "Where readers find help: https or mailto.",
     .max = kUrlBytesMax,
     .check = check_link,
     .pattern = R"(^(https?://|mailto:)[^ ]+$)",
     .example = "https://acme.example/support",
     .store = store<&PageSettings::support_url>},
    {.name = "numbers",
     .type = FieldType::kChoice,
     .doc = "How numbers of affected customers are shown.",
     .fallback = "banded",
     .choices = kNumbers,
     .store = store<&PageSettings::numbers>},
    {.name = "publish",
     .type = FieldType::kChoice,
     .doc = "`live`, or `shadow`: everything is decided, only operators see it.",
     .fallback = "live",
     .choices = kPublish,
     .store = store<&PageSettings::publish>},
};
constexpr Section kPage{"`page`", kPageFields};

constexpr Field kListenFields[] = {
    {.name = "public",
     .type = FieldType::kText,
     .doc = "Page, feeds and badges.",
     .fallback = "0.0.0.0:8080",
     .max = 64,
     .check = check_listen,
     .pattern = kListenPattern,
     .store = store<&ListenSettings::public_pages>},
    {.name = "intake",
     .type = FieldType::kText,
     .doc = "Pings of heartbeats.",
     .fallback = "0.0.0.0:8081",
     .max = 64,
     .check = check_listen,
     .pattern = kListenPattern,
     .store = store<&ListenSettings::intake>},
    {.name = "console",
     .type = FieldType::kText,
     .doc = "Operators' API and metrics.",
     .fallback = "127.0.0.1:8082",
     .max = 64,
     .check = check_listen,
     .pattern = kListenPattern,
     .store = store<&ListenSettings::console>},
};
constexpr Section kListen{"`listen`", kListenFields};

constexpr Field kStorageFields[] = {
    {.name = "url",
     .type = FieldType::kText,
     .doc = "`sqlite:FOLDER`, relative to the working directory. Created when missing.",
     .fallback = "sqlite:data",
     .max = 4096,
     .check = check_storage_url,
     .pattern = "^sqlite:.+$",
     .store = store<&StorageDraft::url>},
    {.name = "keep_observations",
     .type = FieldType::kDuration,
     .doc =
         "How long single observations are kept. Minutes, hours and days of them are kept longer.",
     .fallback = "35d",
     .min = days(1).ms,
     .max = days(3650).ms,
     .store = store<&StorageDraft::keep_observations>},
};
constexpr Section kStorage{"`storage`", kStorageFields};

constexpr Field kObserverFields[] = {
    {.name = "anchors",
     .type = FieldType::kTextList,
     .doc = "Things that are up whenever the network is: `tcp:HOST:PORT` or a URL. When they fail, "
            "Candor knows that it is blind and paints nothing.",
     .max = kAnchorsMax,
     .check = check_anchor,
     .pattern = "^(tcp:|https?://).+$",
     .example = "[\"tcp:192.0.2.1:53\", \"https://example.net/\"]",
     .store = store<&ObserverDraft::anchors>},
};
constexpr Section kObserver{"`observer`", kObserverFields};

// A promise as one duration, or as one for each impact.
template <auto Member>
constexpr Field promise_field(std::string_view name, std::string_view doc) {
    return {.name = name,
            .type = FieldType::kDuration,
            .doc = doc,
            .min = minutes(1).ms,
            .max = days(7).ms,
            .store = store<Member>};
}

constexpr Field kPerImpactFields[] = {
    promise_field<&PromiseDraft::critical>("critical", "While something is down."),
    promise_field<&PromiseDraft::major>("major", "While something is partly down."),
    promise_field<&PromiseDraft::minor>("minor", "While something works, but not well."),
};
constexpr Section kPerImpact{"durations by impact", kPerImpactFields};

constexpr Field kIncidentFields[] = {
    {.name = "min_customers",
     .type = FieldType::kInteger,
     .doc = "From how many affected customers trouble is public.",
     .fallback = "2",
     .min = 1,
     .max = 1'000'000,
     .store = store<&IncidentSettings::min_customers, IncidentDraft>},
    {.name = "min_red",
     .type = FieldType::kDuration,
     .doc = "The shortest time a component stays red.",
     .fallback = "60s",
     .min = 0,
     .max = hours(1).ms,
     .store = store<&IncidentSettings::min_red, IncidentDraft>},
    {.name = "explain_within",
     .type = FieldType::kDuration,
     .doc = "How soon a person owes readers an explanation: one duration, or one for each impact, "
            "like `{ critical: 10m, major: 20m, minor: 60m }`.",
     .fallback = "30m",
     .min = minutes(1).ms,
     .max = days(7).ms,
     .section = &kPerImpact,
     .store = store<&IncidentSettings::explain_within, IncidentDraft>,
     .enter = enter<&IncidentDraft::explain_by_impact>},
    {.name = "update_every",
     .type = FieldType::kDuration,
     .doc = "How often an open incident owes readers an update: one duration, or one for each "
            "impact.",
     .fallback = "60m",
     .min = minutes(1).ms,
     .max = days(7).ms,
     .section = &kPerImpact,
     .store = store<&IncidentSettings::update_every, IncidentDraft>,
     .enter = enter<&IncidentDraft::update_by_impact>},
    {.name = "resolve_after",
     .type = FieldType::kDuration,
     .doc = "How long all must be green before an incident resolves.",
     .fallback = "5m",
     .min = 0,
     .max = days(1).ms,
     .store = store<&IncidentSettings::resolve_after, IncidentDraft>},
    {.name = "tell_after",
     .type = FieldType::kDuration,
     .doc = "How long a red must be confirmed before customers are written to.",
     .fallback = "2m",
     .min = 0,
     .max = hours(1).ms,
     .store = store<&IncidentSettings::tell_after, IncidentDraft>},
};
constexpr Section kIncidents{"`incidents`", kIncidentFields};

constexpr Field kGroupFields[] = {
    {.name = "id",
     .type = FieldType::kText,
     .doc = "Unique among groups.",
     .required = true,
     .max = kIdBytesMax,
     .check = check_id,
     .pattern = kIdPattern,
     .example = "identity",
     .store = store<&GroupDraft::id>},
    {.name = "name",
     .type = FieldType::kText,
     .doc = "The name readers see.",
     .required = true,
     .max = 480,
     .check = check_name,
     .example = "Identity",
     .store = store<&GroupDraft::name>},
    {.name = "parent",
     .type = FieldType::kText,
     .doc = "The id of the group this one is inside.",
     .max = kIdBytesMax,
     .check = check_id,
     .pattern = kIdPattern,
     .example = "platform",
     .store = store<&GroupDraft::parent>},
};
constexpr Section kGroup{"a group", kGroupFields, locate<GroupDraft>};

constexpr Field kComponentFields[] = {
    {.name = "id",
     .type = FieldType::kText,
     .doc = "Unique among components; part of public URLs.",
     .required = true,
     .max = kIdBytesMax,
     .check = check_id,
     .pattern = kIdPattern,
     .example = "directory",
     .store = store<&ComponentDraft::id>},
    {.name = "name",
     .type = FieldType::kText,
     .doc = "The name readers see.",
     .required = true,
     .max = 480,
     .check = check_name,
     .example = "Directory",
     .store = store<&ComponentDraft::name>},
    {.name = "group",
     .type = FieldType::kText,
     .doc = "The id of its group.",
     .max = kIdBytesMax,
     .check = check_id,
     .pattern = kIdPattern,
     .example = "identity",
     .store = store<&ComponentDraft::group>},
    {.name = "description",
     .type = FieldType::kText,
     .doc = "One line under the name.",
     .max = 480,
     .check = check_name,
     .example = "Who your people are",
     .store = store<&ComponentDraft::description>},
    {.name = "depends_on",
     .type = FieldType::kTextList,
     .doc = "Ids of components it cannot work without; trouble there joins one incident.",
     .max = 100,
     .check = check_id,
     .pattern = kIdPattern,
     .example = "[database]",
     .store = store<&ComponentDraft::depends_on>},
    {.name = "checks",
     .type = FieldType::kSectionList,
     .doc = "What is watched for it. Without any, it shows as not measured.",
     .max = kChecksMax,
     .section = &kCheckSection,
     .enter = enter<&ComponentDraft::checks>},
};
constexpr Section kComponent{"a component", kComponentFields, locate<ComponentDraft>};

constexpr Field kTopFields[] = {
    {.name = "page",
     .type = FieldType::kSection,
     .doc = "The public page.",
     .section = &kPage,
     .enter = enter<&ConfigDraft::page>},
    {.name = "listen",
     .type = FieldType::kSection,
     .doc = "Numeric addresses and ports. Sharing one is allowed on loopback only.",
     .section = &kListen,
     .enter = enter<&ConfigDraft::listen>},
    {.name = "tls",
     .type = FieldType::kSection,
     .doc = "Certificates; without any, Candor speaks plain HTTP.",
     .section = &kTlsSection,
     .enter = enter_in<&ConfigDraft::network, &NetworkDraft::tls>},
    {.name = "trusted_proxies",
     .type = FieldType::kTextList,
     .doc = "Addresses and ranges of proxies in front of Candor. Whom they speak for "
            "(X-Forwarded-For, X-Forwarded-Proto) is believed from them only.",
     .max = kTrustedProxiesMax,
     .check = check_ip_range,
     .example = "[10.0.0.0/8]",
     .store = store_in<&ConfigDraft::network, &NetworkDraft::trusted_proxies>},
    {.name = "reach",
     .type = FieldType::kSection,
     .doc = "Where Candor's own connections may lead.",
     .section = &kReachSection,
     .enter = enter_in<&ConfigDraft::network, &NetworkDraft::reach>},
    {.name = "storage",
     .type = FieldType::kSection,
     .doc = "Where Candor remembers.",
     .section = &kStorage,
     .enter = enter<&ConfigDraft::storage>},
    {.name = "observer",
     .type = FieldType::kSection,
     .doc = "How Candor notices that it is blind.",
     .section = &kObserver,
     .enter = enter<&ConfigDraft::observer>},
    {.name = "incidents",
     .type = FieldType::kSection,
     .doc = "When trouble is told, and how.",
     .section = &kIncidents,
     .enter = enter<&ConfigDraft::incidents>},
    {.name = "groups",
     .type = FieldType::kSectionList,
     .doc = "Headings of the page, in its order.",
     .max = kGroupsMax,
     .section = &kGroup,
     .enter = enter<&ConfigDraft::groups>},
    {.name = "components",
     .type = FieldType::kSectionList,
     .doc = "The parts of the service that readers know by name, in the page's order.",
     .required = true,
     .min = 1,
     .max = kComponentsMax,
     .example = "[{ id: website, name: Website }]",
     .section = &kComponent,
     .enter = enter<&ConfigDraft::components>},
    {.name = "jobs", .type = FieldType::kLater},
    {.name = "customers", .type = FieldType::kLater},
    {.name = "on_call", .type = FieldType::kLater},
    {.name = "maintenance",
     .type = FieldType::kSectionList,
     .doc = "Planned work: when it happens, on what, and which checks may fail meanwhile.",
     .max = kMaintenancesMax,
     .section = &kMaintenanceSection,
     .enter = enter<&ConfigDraft::maintenance>},
    {.name = "notify",
     .type = FieldType::kSectionList,
     .doc = "Where your own people and programs are told.",
     .max = kChannelsMax,
     .section = &kChannelSection,
     .enter = enter<&ConfigDraft::notify>},
    {.name = "subscribers",
     .type = FieldType::kSection,
     .doc = "Lets readers of the page ask for mails. Left out, there is no such form.",
     .section = &kSubscribersSection,
     .enter = enter<&ConfigDraft::subscribers>},
};
constexpr Section kTop{"the configuration", kTopFields, locate<ConfigDraft>};

}  // namespace

const Section& configuration_section() {
    return kTop;
}

}  // namespace candor::app
