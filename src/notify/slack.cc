#include <string_view>

#include "notify/chat.h"
#include "notify/words.h"
#include "page/json_writer.h"

namespace candor::notify {
namespace {

// Slack's limits: a header 150 characters, a section 3,000.
constexpr std::size_t kHeaderMax = 150;
constexpr std::size_t kSectionMax = 2'900;
constexpr std::size_t kLinksMax = 700;

// Slack reads these three; everything that calls people starts with "<".
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            default: out += c;
        }
    }
    return out;
}

// Escaping lengthens, and a cut must not fall inside an escape.
std::string escaped_within(std::string_view text, std::size_t bytes) {
    std::size_t budget = bytes;
    while (true) {
        std::string out = escaped(bounded_text(text, budget));
        if (out.size() <= bytes) return out;
        budget -= std::max<std::size_t>(1, (out.size() - bytes) / 5);
    }
}

void put_section(page::JsonWriter& w, const std::string& text) {
    w.begin_object().member("type", "section").key("text").begin_object();
    w.member("type", "mrkdwn").member("text", text).end_object().end_object();
}

std::string facts(const Message& m) {
    std::string out;
    for (const std::string& line : component_lines(m)) out += "• " + line + "\n";
    for (const std::string& line : fact_lines(m)) out += line + "\n";
    return out;
}

// "<https://…|Read on> · <https://…|I am on it>"; what is too long for a section is left out.
std::string links_of(const Message& m) {
    std::string out;
    const auto add = [&out](const std::string& url, std::string_view label) {
        if (url.empty() || out.size() + url.size() > kLinksMax) return;
        out += (out.empty() ? "<" : " · <") + escaped(url) + "|" + std::string(label) + ">";
    };
    add(link_of(m), "Read on");
    add(m.answer_url, kAnswerLabel);
    return out;
}

}  // namespace

outgoing::Http slack_of(const Message& m, const std::string& url) {
    page::JsonWriter w;
    w.begin_object();
    w.member("text", escaped_within("[" + m.page.name + "] " + headline(m), kSectionMax));
    w.key("blocks").begin_array();
    w.begin_object().member("type", "header").key("text").begin_object();
    w.member("type", "plain_text").member("text", bounded_line(headline(m), kHeaderMax));
    w.end_object().end_object();
    if (!m.text.empty()) put_section(w, escaped_within(m.text, kSectionMax));
    const std::string links = links_of(m);
    const std::string below = escaped_within(facts(m), kSectionMax - links.size()) + links;
    if (!below.empty()) put_section(w, below);
    w.end_array().end_object();
    return {.url = url,
            .headers = {{"Content-Type", "application/json"}},
            .body = w.take(),
            .reach = Reach::kAnywhere};
}

}  // namespace candor::notify
