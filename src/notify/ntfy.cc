#include "notify/chat.h"
#include "notify/words.h"
#include "page/json_writer.h"

namespace candor::notify {
namespace {

constexpr std::size_t kMessageMax = 3'500;  // of ntfy's 4,096 bytes

std::int64_t priority_of(const Message& m) {
    if (m.kind == NewsKind::kTest || m.resolved_at.ms != 0) return 3;
    return m.impact >= IncidentImpact::kMajor ? 5 : 4;
}

}  // namespace

// Published as JSON to the server's root: nothing of the message travels in a header.
outgoing::Http ntfy_of(const Message& m, const NtfyTarget& target) {
    const std::size_t slash = target.url.rfind('/');
    std::string text = bounded_text(m.text, kMessageMax - 1'500) + "\n";
    for (const std::string& line : component_lines(m)) text += "• " + line + "\n";
    for (const std::string& line : fact_lines(m)) text += line + "\n";
    page::JsonWriter w;
    w.begin_object().member("topic", target.url.substr(slash + 1));
    w.member("title", "[" + bounded_line(m.page.name, 80) + "] " + headline(m));
    w.member("message", bounded_text(text, kMessageMax)).member("priority", priority_of(m));
    w.key("tags").begin_array();
    w.value(std::string_view(m.resolved_at.ms != 0 ? "white_check_mark" : "rotating_light"));
    w.end_array();
    if (const std::string link = link_of(m); !link.empty()) w.member("click", link);
    if (!m.answer_url.empty()) {
        w.key("actions").begin_array().begin_object().member("action", "view");
        w.member("label", kAnswerLabel).member("url", m.answer_url).end_object().end_array();
    }
    w.end_object();
    outgoing::Http out{.url = target.url.substr(0, slash + 1),
                       .headers = {{"Content-Type", "application/json"}},
                       .body = w.take(),
                       .reach = Reach::kAnywhere};
    if (!target.token.empty()) out.headers.emplace_back("Authorization", "Bearer " + target.token);
    return out;
}

}  // namespace candor::notify
