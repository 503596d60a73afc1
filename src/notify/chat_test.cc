#include "notify/chat.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>

#include "notify/sample_message.h"

namespace candor::notify {
namespace {

using boost::json::object;
using boost::json::value;

value parsed(const outgoing::Http& http) {
    return boost::json::parse(http.body);
}
std::string text_at(const value& json, const char* pointer) {
    return std::string(json.at_pointer(pointer).as_string());
}

TEST(Chat, slack_gets_a_fallback_a_header_and_sections) {
    const outgoing::Http http = slack_of(sample_message(), "https://hooks.example/s");
    EXPECT_EQ(
        http.body,
        R"({"text":"[Acme Cloud] Directory is down","blocks":[{"type":"header","text":)"
        R"({"type":"plain_text","text":"Directory is down"}},{"type":"section","text":)"
        R"({"type":"mrkdwn","text":"Since 21:05:04 UTC, Directory refuses connections."}},)"
        R"({"type":"section","text":{"type":"mrkdwn","text":"• Directory: major outage\n)"
        R"(• Calls: degraded performance\nSince 17:05 EDT (21:05 UTC).\n)"
        R"(Next update by 17:35 EDT (21:35 UTC), at the latest.\nNumber of customers not known.\n)"
        R"(<https://status.acme.example/incidents/inc000000001|Read on>"}}]})");
}

TEST(Chat, a_call_links_to_where_it_is_answered) {
    Message m = sample_message();
    m.answer_url = "https://status.acme.example/answer?w=abc.def";
    for (const outgoing::Http& http :
         {slack_of(m, ""), teams_of(m, ""), discord_of(m, ""),
          ntfy_of(m, {.url = "https://ntfy.example/alerts", .token = ""}),
          pagerduty_of(m, {.url = "https://events.example/v2/enqueue", .routing_key = "r"})}) {
        EXPECT_NE(http.body.find(m.answer_url), std::string::npos) << http.body;
    }
    EXPECT_EQ(text_at(parsed(teams_of(m, "")), "/attachments/0/content/actions/0/title"),
              "I am on it");
    EXPECT_EQ(text_at(parsed(ntfy_of(m, {.url = "https://ntfy.example/a", .token = ""})),
                      "/actions/0/url"),
              m.answer_url);
}

TEST(Chat, discord_takes_the_longest_words_within_its_limit) {
    Message m = sample_message();
    m.text = std::string(10'000, 'x');
    m.affected_words = std::string(5'000, 'y');
    m.answer_url = "https://status.acme.example/answer?w=" + std::string(400, 'z');
    const std::string description = text_at(parsed(discord_of(m, "")), "/embeds/0/description");
    EXPECT_LE(description.size(), 4'096U);
    EXPECT_NE(description.find(m.answer_url), std::string::npos);
}

TEST(Chat, teams_gets_an_adaptive_card) {
    const value json = parsed(teams_of(sample_message(), "https://teams.example/t"));
    const char* card = "/attachments/0/content";
    EXPECT_EQ(text_at(json, "/attachments/0/contentType"),
              "application/vnd.microsoft.card.adaptive");
    EXPECT_EQ(text_at(json.at_pointer(card), "/body/0/text"), "Directory is down");
    EXPECT_EQ(text_at(json.at_pointer(card), "/body/2/facts/1/value"), "Directory: major outage");
    EXPECT_EQ(text_at(json.at_pointer(card), "/actions/0/url"),
              "https://status.acme.example/incidents/inc000000001");
}

TEST(Chat, discord_calls_nobody) {
    const value json = parsed(discord_of(sample_message(), "https://discord.example/d"));
    EXPECT_TRUE(json.at_pointer("/allowed_mentions/parse").as_array().empty());
    EXPECT_EQ(text_at(json, "/embeds/0/title"), "Directory is down");
    EXPECT_EQ(json.at_pointer("/embeds/0/color").as_int64(), 0xC62828);
}

TEST(Chat, ntfy_publishes_to_the_topic_with_nothing_in_headers_but_the_token) {
    const outgoing::Http http =
        ntfy_of(sample_message(), {.url = "https://ntfy.example/alerts", .token = "tk_1"});
    EXPECT_EQ(http.url, "https://ntfy.example/");
    EXPECT_EQ(text_at(parsed(http), "/topic"), "alerts");
    EXPECT_EQ(parsed(http).at_pointer("/priority").as_int64(), 5);
    const std::vector<std::pair<std::string, std::string>> headers = {
        {"Content-Type", "application/json"}, {"Authorization", "Bearer tk_1"}};
    EXPECT_EQ(http.headers, headers);
}

TEST(Chat, pagerduty_keeps_one_alert_for_each_incident) {
    Message m = sample_message();
    const value opened = parsed(pagerduty_of(m, {.routing_key = "r"}));
    EXPECT_EQ(text_at(opened, "/event_action"), "trigger");
    EXPECT_EQ(text_at(opened, "/dedup_key"), "candor-abcdefghijkl-inc000000001");
    EXPECT_EQ(text_at(opened, "/payload/severity"), "error");
    EXPECT_EQ(text_at(opened, "/payload/timestamp"), "2026-04-04T21:05:12.000Z");
    m.kind = NewsKind::kPost;
    EXPECT_EQ(text_at(parsed(pagerduty_of(m, {})), "/event_action"), "acknowledge");
    m.kind = NewsKind::kResolved;
    const value resolved = parsed(pagerduty_of(m, {}));
    EXPECT_EQ(text_at(resolved, "/event_action"), "resolve");
    EXPECT_EQ(resolved.at("dedup_key"), opened.at("dedup_key"));
}

TEST(Chat, a_command_reads_one_json_object) {
    const value json = boost::json::parse(command_input(sample_message(), "msg_1"));
    EXPECT_EQ(text_at(json, "/type"), "incident.opened");
    EXPECT_EQ(text_at(json, "/data/headline"), "Directory is down");
    EXPECT_EQ(text_at(json, "/data/incident/id"), "inc000000001");
}

// Slack reads "<" as the start of a link or of a call to people; ours is the last link alone.
std::size_t angles(std::string text) {
    const std::string link = "<https://status.acme.example/incidents/inc000000001|Read on>";
    if (const std::size_t at = text.find(link); at != std::string::npos) text.erase(at);
    return static_cast<std::size_t>(std::ranges::count(text, '<'));
}

TEST(Chat, no_words_break_out_of_any_of_them) {
    for (const std::string& words : hostile_words()) {
        const Message m = hostile_message(words);
        const value slack = parsed(slack_of(m, "u"));
        EXPECT_EQ(slack.as_object().size(), 2U) << words;
        EXPECT_EQ(angles(text_at(slack, "/text")), 0U) << words;
        for (const value& block : slack.at("blocks").as_array()) {
            const std::string text = text_at(block, "/text/text");
            EXPECT_LE(text.size(), 3'000U) << words;
            if (block.at("type").as_string() == "section") {
                EXPECT_EQ(angles(text), 0U) << words;
            }
        }
        EXPECT_EQ(parsed(discord_of(m, "u")).as_object().size(), 2U) << words;
        EXPECT_LE(text_at(parsed(discord_of(m, "u")), "/embeds/0/description").size(), 5'100U);
        EXPECT_EQ(parsed(teams_of(m, "u")).as_object().size(), 2U) << words;
        EXPECT_LE(teams_of(m, "u").body.size(), 28'000U) << words;
        EXPECT_LE(ntfy_of(m, {.url = "https://n/t"}).body.size(), 8'192U) << words;
        EXPECT_EQ(parsed(pagerduty_of(m, {})).as_object().size(), 7U) << words;
        EXPECT_LE(text_at(parsed(pagerduty_of(m, {})), "/payload/summary").size(), 1'024U);
        EXPECT_EQ(boost::json::parse(command_input(m, "i")).as_object().size(), 4U) << words;
    }
}

}  // namespace
}  // namespace candor::notify
