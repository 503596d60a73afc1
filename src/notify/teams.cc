#include "notify/chat.h"
#include "notify/words.h"
#include "page/json_writer.h"

namespace candor::notify {
namespace {

// A card may have 28 kB; the text is what can be long.
constexpr std::size_t kTextMax = 12'000;

void put_block(page::JsonWriter& w, const std::string& text) {
    w.begin_object().member("type", "TextBlock").member("text", text);
    w.member("wrap", true).end_object();
}

// Nothing for an address that there is not.
void put_link(page::JsonWriter& w, std::string_view label, const std::string& url) {
    if (url.empty()) return;
    w.begin_object().member("type", "Action.OpenUrl");
    w.member("title", label).member("url", url).end_object();
}

}  // namespace

outgoing::Http teams_of(const Message& m, const std::string& url) {
    page::JsonWriter w;
    w.begin_object().member("type", "message").key("attachments").begin_array();
    w.begin_object().member("contentType", "application/vnd.microsoft.card.adaptive");
    w.null_member("contentUrl").key("content").begin_object();
    w.member("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    w.member("type", "AdaptiveCard").member("version", "1.2").key("body").begin_array();
    w.begin_object().member("type", "TextBlock").member("text", headline(m));
    w.member("weight", "Bolder").member("size", "Medium").member("wrap", true).end_object();
    if (!m.text.empty()) put_block(w, bounded_text(m.text, kTextMax));
    w.begin_object().member("type", "FactSet").key("facts").begin_array();
    w.begin_object().member("title", "Page").member("value", m.page.name).end_object();
    for (const MessageComponent& c : m.components) {
        if (&c - m.components.data() == kComponentsSpelled) break;
        w.begin_object().member("title", bounded_line(c.name, kHeadlineBytesMax));
        w.member("value", component_lines(m)[static_cast<std::size_t>(&c - m.components.data())]);
        w.end_object();
    }
    w.end_array().end_object();
    for (const std::string& line : fact_lines(m)) put_block(w, line);
    w.end_array();
    w.key("actions").begin_array();
    put_link(w, kAnswerLabel, m.answer_url);
    put_link(w, "Read on", link_of(m));
    w.end_array();
    w.key("msteams").begin_object().member("width", "full").end_object();
    w.end_object().end_object().end_array().end_object();
    return {.url = url,
            .headers = {{"Content-Type", "application/json"}},
            .body = w.take(),
            .reach = Reach::kAnywhere};
}

}  // namespace candor::notify
