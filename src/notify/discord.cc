#include "notify/chat.h"
#include "notify/words.h"
#include "page/json_writer.h"

namespace candor::notify {
namespace {

// Discord's limits: a title 256 characters, a description 4,096, an embed 6,000 in all.
constexpr std::size_t kTitleMax = 256;
constexpr std::size_t kDescriptionMax = 2'500;  // of 4,096 with the facts and a link
constexpr std::size_t kFactsMax = 1'000;

std::int64_t colour_of(const Message& m) {
    if (m.resolved_at.ms != 0) return 0x2E7D32;
    switch (m.worst) {
        case ComponentStatus::kMajorOutage: return 0xC62828;
        case ComponentStatus::kPartialOutage: return 0xEF6C00;
        case ComponentStatus::kDegradedPerformance: return 0xF9A825;
        default: return 0x607D8B;
    }
}

}  // namespace

outgoing::Http discord_of(const Message& m, const std::string& url) {
    std::string facts;
    for (const std::string& line : component_lines(m)) facts += "• " + line + "\n";
    for (const std::string& line : fact_lines(m)) facts += line + "\n";
    facts = bounded_text(facts, kFactsMax);
    if (!m.answer_url.empty()) facts += "\nTake it on: " + m.answer_url;
    page::JsonWriter w;
    w.begin_object().key("embeds").begin_array().begin_object();
    w.member("title", bounded_line(headline(m), kTitleMax));
    if (const std::string link = link_of(m); !link.empty()) w.member("url", link);
    w.member("description", bounded_text(m.text, kDescriptionMax) + "\n\n" + facts);
    w.member("color", colour_of(m)).member("timestamp", m.at);
    w.key("footer").begin_object().member("text", bounded_line(m.page.name, kHeadlineBytesMax));
    w.end_object().end_object().end_array();
    // Nobody is called, whatever the words are.
    w.key("allowed_mentions").begin_object().key("parse").begin_array().end_array().end_object();
    w.end_object();
    return {.url = url,
            .headers = {{"Content-Type", "application/json"}},
            .body = w.take(),
            .reach = Reach::kAnywhere};
}

}  // namespace candor::notify
