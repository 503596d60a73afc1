// The fields of `notify` and `subscribers`, and the checks of one text each that only they need.
#include <algorithm>

#include "app/config_draft.h"
#include "app/config_notify.h"
#include "app/config_schema.h"
#include "app/config_store.h"
#include "notify/mail.h"
#include "notify/webhook.h"

namespace candor::app {

namespace {

constexpr std::string_view kUrlPattern = R"(^https?://[^ ]+$)";
constexpr std::string_view kIdPattern = "^[a-z0-9-]{1,64}$";

constexpr Choice kImpacts[] = {{"none", static_cast<std::int64_t>(IncidentImpact::kNone)},
                               {"minor", static_cast<std::int64_t>(IncidentImpact::kMinor)},
                               {"major", static_cast<std::int64_t>(IncidentImpact::kMajor)},
                               {"critical", static_cast<std::int64_t>(IncidentImpact::kCritical)}};
constexpr Choice kStartTls[] = {{"when_offered", 0}, {"required", 1}};

std::optional<Complaint> check_event(std::string_view text) {
    if (text == "incident" || text == "overdue" || text == "on_call") return std::nullopt;
    if (text == "maintenance") {
        return Complaint{"is not available in this version", "remove it for now"};
    }
    return Complaint{"is nothing that can be told", "use incident, overdue or on_call"};
}

std::optional<Complaint> check_mail_address(std::string_view text) {
    if (notify::is_mail_address(text)) return std::nullopt;
    return Complaint{"is not a mail address", "write it like lead@acme.example, without a name"};
}

std::optional<Complaint> check_smtp_url(std::string_view text) {
    if (parse_smtp_url(text)) return std::nullopt;
    return Complaint{"is not a mail server",
                     "write it like smtp://localhost:25 or smtps://mail.example"};
}

std::optional<Complaint> check_webhook_secret(std::string_view text) {
    if (notify::is_webhook_secret(text)) return std::nullopt;
    return Complaint{"is not a Standard Webhooks secret",
                     "write whsec_ and the base64 of 24 to 64 random bytes: echo "
                     "whsec_$(head -c 32 /dev/urandom | base64)"};
}

std::optional<Complaint> check_topic_url(std::string_view text) {
    const auto parts = parse_http_url(text);
    if (!parts) return parts.error();
    const std::size_t slash = text.rfind('/');
    if (parts->has_path && slash + 1 < text.size()) return std::nullopt;
    return Complaint{"names no topic", "write it like https://ntfy.example/alerts"};
}

// What becomes part of a header field or a form of its own: printable, without spaces.
std::optional<Complaint> check_credential(std::string_view text) {
    const bool good = std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127; });
    if (good && !text.empty()) return std::nullopt;
    return Complaint{"holds a space or a control character", "check where it is kept"};
}

constexpr Field kUrlField{.name = "url",
                          .type = FieldType::kText,
                          .doc =
                              "The address that the service gave you; keep it in `${NAME}` or "
                              "`${file:…}`, for who knows it may write.",
                          .required = true,
                          .max = kUrlBytesMax,
                          .check = check_http_url,
                          .pattern = kUrlPattern,
                          .example = "\"${CHAT_URL}\"",
                          .store = store<&ChatDraft::url>};

constexpr Field kChatFields[] = {kUrlField};
constexpr Section kSlack{"`slack`", kChatFields};
constexpr Section kTeams{"`teams`", kChatFields};
constexpr Section kDiscord{"`discord`", kChatFields};

constexpr Field kNtfyFields[] = {
    {.name = "url",
     .type = FieldType::kText,
     .doc = "Server and topic.",
     .required = true,
     .max = kUrlBytesMax,
     .check = check_topic_url,
     .pattern = kUrlPattern,
     .example = "https://ntfy.example/alerts",
     .store = store<&NtfyDraft::url>},
    {.name = "token",
     .type = FieldType::kText,
     .doc = "An access token, for topics that are not open.",
     .max = 512,
     .check = check_credential,
     .example = "\"${NTFY_TOKEN}\"",
     .store = store<&NtfyDraft::token>},
};
constexpr Section kNtfy{"`ntfy`", kNtfyFields};

constexpr Field kPagerDutyFields[] = {
    {.name = "routing_key",
     .type = FieldType::kText,
     .doc = "The integration key of an Events API v2 integration.",
     .required = true,
     .max = 64,
     .check = check_credential,
     .example = "\"${file:/run/secrets/pagerduty}\"",
     .store = store<&PagerDutyDraft::routing_key>},
    {.name = "url",
     .type = FieldType::kText,
     .doc = "Another place that understands Events API v2. Left out, PagerDuty.",
     .max = kUrlBytesMax,
     .check = check_http_url,
     .pattern = kUrlPattern,
     .example = "https://events.eu.pagerduty.com/v2/enqueue",
     .store = store<&PagerDutyDraft::url>},
};
constexpr Section kPagerDuty{"`pagerduty`", kPagerDutyFields};

constexpr Field kWebhookFields[] = {
    {.name = "url",
     .type = FieldType::kText,
     .doc = "Gets Statuspage's subscriber payload by POST.",
     .required = true,
     .max = kUrlBytesMax,
     .check = check_http_url,
     .pattern = kUrlPattern,
     .example = "https://hooks.acme.example/status",
     .store = store<&WebhookDraft::url>},
    {.name = "secret",
     .type = FieldType::kText,
     .doc = "Signs each request as Standard Webhooks says. Left out, it is not signed.",
     .max = 128,
     .check = check_webhook_secret,
     .example = "\"${file:/run/secrets/webhook}\"",
     .store = store<&WebhookDraft::secret>},
};
constexpr Section kWebhook{"`webhook`", kWebhookFields};

constexpr Field kSmtpUrl{.name = "url",
                         .type = FieldType::kText,
                         .doc =
                             "The mail server: `smtp://HOST[:PORT]`, or `smtps://…` for TLS from "
                             "the first byte.",
                         .required = true,
                         .max = kUrlBytesMax,
                         .check = check_smtp_url,
                         .pattern = R"(^smtps?://[^ ]+$)",
                         .example = "smtp://localhost:25",
                         .store = store<&SmtpDraft::url>};
constexpr Field kSmtpFrom{.name = "from",
                          .type = FieldType::kText,
                          .doc = "The sender's address.",
                          .required = true,
                          .max = 254,
                          .check = check_mail_address,
                          .example = "status@acme.example",
                          .store = store<&SmtpDraft::from>};
constexpr Field kSmtpStartTls{.name = "starttls",
                              .type = FieldType::kChoice,
                              .doc = "`required` sends nothing in the clear.",
                              .fallback = "when_offered",
                              .choices = kStartTls,
                              .store = store<&SmtpDraft::starttls_required>};
constexpr Field kSmtpUser{.name = "user",
                          .type = FieldType::kText,
                          .doc = "For servers that ask who is writing.",
                          .max = 254,
                          .check = check_credential,
                          .example = "candor",
                          .store = store<&SmtpDraft::user>};
constexpr Field kSmtpPassword{.name = "password",
                              .type = FieldType::kText,
                              .doc = "Belongs to `user`.",
                              .max = 512,
                              .check = check_credential,
                              .example = "\"${file:/run/secrets/smtp}\"",
                              .store = store<&SmtpDraft::password>};

constexpr Field kSmtpFields[] = {
    kSmtpUrl,
    kSmtpFrom,
    {.name = "to",
     .type = FieldType::kTextList,
     .doc = "Who gets the mails; each address one of its own.",
     .required = true,
     .min = 1,
     .max = kAddressesMax,
     .check = check_mail_address,
     .example = "[lead@acme.example]",
     .store = store<&SmtpDraft::to>},
    kSmtpStartTls,
    kSmtpUser,
    kSmtpPassword,
};
constexpr Section kSmtp{"`smtp`", kSmtpFields, locate<SmtpDraft>};

constexpr Field kSubscriberSmtpFields[] = {kSmtpUrl, kSmtpFrom, kSmtpStartTls, kSmtpUser,
                                           kSmtpPassword};
constexpr Section kSubscriberSmtp{"`smtp`", kSubscriberSmtpFields, locate<SmtpDraft>};

constexpr Field kCommandFields[] = {
    {.name = "argv",
     .type = FieldType::kTextList,
     .doc = "Program and arguments, run without a shell; the message is JSON on standard input. "
            "Exit code 0 means delivered.",
     .required = true,
     .min = 1,
     .max = 64,
     .check = check_argument,
     .example = "[./tell.sh]",
     .store = store<&TellCommandDraft::argv>},
    {.name = "timeout",
     .type = FieldType::kDuration,
     .doc = "A run that takes longer is killed and tried again.",
     .fallback = "10s",
     .min = 100,
     .max = minutes(5).ms,
     .store = store<&TellCommandDraft::timeout>},
};
constexpr Section kCommand{"`command`", kCommandFields};

constexpr Field kChannelFields[] = {
    {.name = "id",
     .type = FieldType::kText,
     .doc = "Unique among channels.",
     .required = true,
     .max = kIdBytesMax,
     .check = check_id,
     .pattern = kIdPattern,
     .example = "ops",
     .store = store<&ChannelDraft::id>},
    {.name = "slack",
     .type = FieldType::kSection,
     .doc = "A Slack incoming webhook.",
     .section = &kSlack,
     .enter = enter<&ChannelDraft::slack>},
    {.name = "teams",
     .type = FieldType::kSection,
     .doc = "A Microsoft Teams workflow that posts adaptive cards.",
     .section = &kTeams,
     .enter = enter<&ChannelDraft::teams>},
    {.name = "discord",
     .type = FieldType::kSection,
     .doc = "A Discord webhook.",
     .section = &kDiscord,
     .enter = enter<&ChannelDraft::discord>},
    {.name = "ntfy",
     .type = FieldType::kSection,
     .doc = "An ntfy topic.",
     .section = &kNtfy,
     .enter = enter<&ChannelDraft::ntfy>},
    {.name = "pagerduty",
     .type = FieldType::kSection,
     .doc = "PagerDuty: one alert for each incident.",
     .section = &kPagerDuty,
     .enter = enter<&ChannelDraft::pagerduty>},
    {.name = "webhook",
     .type = FieldType::kSection,
     .doc = "A program of yours or your customers'.",
     .section = &kWebhook,
     .enter = enter<&ChannelDraft::webhook>},
    {.name = "smtp",
     .type = FieldType::kSection,
     .doc = "Mail to people of yours.",
     .section = &kSmtp,
     .enter = enter<&ChannelDraft::smtp>},
    {.name = "command",
     .type = FieldType::kSection,
     .doc = "Runs a program.",
     .section = &kCommand,
     .enter = enter<&ChannelDraft::command>},
    {.name = "on",
     .type = FieldType::kTextList,
     .doc =
         "What it is told: `incident` (opening, worse, a person's words, the end), `overdue` (a "
         "person owes words). `[on_call]` alone: nothing but the calls of `on_call` that name it. "
         "Left out, `[incident]`.",
     .min = 1,
     .max = 3,
     .check = check_event,
     .pattern = "^(incident|overdue|on_call)$",
     .example = "[incident, overdue]",
     .store = store<&ChannelDraft::on>},
    {.name = "components",
     .type = FieldType::kTextList,
     .doc = "Only incidents that touch one of these. Left out, all.",
     .max = kComponentsMax,
     .check = check_id,
     .pattern = kIdPattern,
     .example = "[directory]",
     .store = store<&ChannelDraft::components>},
    {.name = "min_impact",
     .type = FieldType::kChoice,
     .doc = "Milder incidents are left out.",
     .fallback = "none",
     .choices = kImpacts,
     .store = store<&ChannelDraft::min_impact>},
};

constexpr Field kSubscribersFields[] = {
    {.name = "smtp",
     .type = FieldType::kSection,
     .doc = "The mail server that carries mails to subscribers.",
     .required = true,
     .section = &kSubscriberSmtp,
     .enter = enter<&SubscribersDraft::smtp>},
};

}  // namespace

constinit const Section kChannelSection{"a channel", kChannelFields, locate<ChannelDraft>};
constinit const Section kSubscribersSection{"`subscribers`", kSubscribersFields,
                                            locate<SubscribersDraft>};

}  // namespace candor::app
