#include "notify/chat.h"
#include "notify/words.h"
#include "page/json_writer.h"

namespace candor::notify {

std::string command_input(const Message& m, const std::string& message_id) {
    page::JsonWriter w;
    w.begin_object().member("id", message_id);
    w.member("type", "incident." + std::string(name_of(m.kind))).member("timestamp", m.at);
    w.key("data").begin_object().key("page").begin_object();
    w.member("id", m.page.id).member("name", m.page.name).member("url", m.page.url).end_object();
    w.member("headline", headline(m)).member("text", m.text).member("link", link_of(m));
    if (!m.answer_url.empty()) w.member("answer_url", m.answer_url);
    std::string out = w.take();
    if (!m.incident_json.empty()) out += ",\"incident\":" + m.incident_json;
    return out + "}}\n";
}

}  // namespace candor::notify
