#include <string_view>

#include "notify/chat.h"
#include "notify/words.h"
#include "page/json_writer.h"

namespace candor::notify {
namespace {

constexpr std::size_t kSummaryMax = 1'024;
constexpr std::size_t kTextMax = 4'000;

std::string_view action_of(NewsKind kind) {
    switch (kind) {
        case NewsKind::kPost: return "acknowledge";
        case NewsKind::kResolved:
        case NewsKind::kFalseAlarm: return "resolve";
        case NewsKind::kOpened:
        case NewsKind::kReopened:
        case NewsKind::kWorse:
        case NewsKind::kOverdue:
        case NewsKind::kCall:
        case NewsKind::kTest: return "trigger";
    }
    return "trigger";
}

std::string_view severity_of(const Message& m) {
    if (m.kind == NewsKind::kTest) return "info";
    switch (m.impact) {
        case IncidentImpact::kCritical: return "critical";
        case IncidentImpact::kMajor: return "error";
        case IncidentImpact::kMinor: return "warning";
        case IncidentImpact::kNone: return "info";
    }
    return "info";
}

}  // namespace

outgoing::Http pagerduty_of(const Message& m, const PagerDutyTarget& target) {
    page::JsonWriter w;
    const std::string incident = m.incident.empty() ? "test" : m.incident.value;
    w.begin_object().member("routing_key", target.routing_key);
    w.member("event_action", action_of(m.kind));
    w.member("dedup_key", "candor-" + m.page.id + "-" + incident);
    w.key("payload").begin_object();
    w.member("summary", bounded_line("[" + m.page.name + "] " + headline(m), kSummaryMax));
    w.member("source", bounded_line(m.page.name, kHeadlineBytesMax));
    w.member("severity", severity_of(m)).member("timestamp", m.at);
    if (!m.components.empty()) {
        w.member("component", bounded_line(m.components.front().name, kHeadlineBytesMax));
    }
    w.key("custom_details").begin_object().member("text", bounded_text(m.text, kTextMax));
    w.key("components").begin_array();
    for (const std::string& line : component_lines(m)) w.value(std::string_view(line));
    w.end_array().member("phase", name_of(m.phase)).end_object().end_object();
    w.member("client", "Candor");
    if (const std::string link = link_of(m); !link.empty()) {
        w.member("client_url", link).key("links").begin_array().begin_object();
        w.member("href", link).member("text", "The incident's page").end_object();
        if (!m.answer_url.empty()) {
            w.begin_object().member("href", m.answer_url);
            w.member("text", kAnswerLabel).end_object();
        }
        w.end_array();
    }
    w.end_object();
    return {.url = target.url,
            .headers = {{"Content-Type", "application/json"}},
            .body = w.take(),
            .reach = Reach::kAnywhere};
}

}  // namespace candor::notify
