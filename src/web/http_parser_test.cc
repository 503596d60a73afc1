#include "web/http_parser.h"

#include <gtest/gtest.h>

namespace candor::web {
namespace {

struct Parsed {
    ParseState state = ParseState::kNeedMore;
    Reject why{};
    RequestHead head;
    std::string bytes;

    explicit Parsed(std::string text) : bytes(std::move(text)) {
        HeadProgress progress;
        state = parse_head(bytes, progress, head, why);
    }
};

std::string get(std::string headers) {
    return "GET / HTTP/1.1\r\nHost: a\r\n" + std::move(headers) + "\r\n";
}
std::string headers_of(std::size_t bytes) {
    // "Host: a" and CR LF count too.
    return "X: " + std::string(bytes - 9 - 5, 'y') + "\r\n";
}

TEST(HttpParser, fills_what_candor_reads) {
    const Parsed p(
        "POST /api/v1/incidents?a=b HTTP/1.1\r\nhOsT: status.example:8080\r\nACCEPT: text/html\r\n"
        "accept-encoding: br, gzip\r\nIf-None-Match: \"x\"\r\nAuthorization: Bearer t\r\n"
        "Content-Type: application/json\r\nIdempotency-Key: k1\r\nContent-Length: 12\r\n"
        "Content-Encoding: gzip\r\nExpect: 100-Continue\r\nVia: proxy\r\n\r\nrest");
    ASSERT_EQ(p.state, ParseState::kDone);
    EXPECT_EQ(p.head.method, Method::kPost);
    EXPECT_EQ(p.head.path, "/api/v1/incidents");
    EXPECT_EQ(p.head.query, "a=b");
    EXPECT_EQ(p.head.host, "status.example:8080");
    EXPECT_EQ(p.head.accept, "text/html");
    EXPECT_EQ(p.head.accept_encoding, "br, gzip");
    EXPECT_EQ(p.head.if_none_match, "\"x\"");
    EXPECT_EQ(p.head.authorization, "Bearer t");
    EXPECT_EQ(p.head.content_type, "application/json");
    EXPECT_EQ(p.head.content_encoding, "gzip");
    EXPECT_EQ(p.head.idempotency_key, "k1");
    EXPECT_EQ(p.head.content_length, 12U);
    EXPECT_TRUE(p.head.expect_continue && p.head.was_forwarded && p.head.keep_alive);
    EXPECT_EQ(p.bytes.substr(p.head.bytes), "rest");
}

TEST(HttpParser, fills_what_the_gate_reads) {
    const Parsed p(
        "PATCH / HTTP/1.1\r\nHost: a\r\nCookie: a=b\r\nOrigin: https://a\r\n"
        "Sec-Fetch-Site: same-origin\r\nX-CSRF-Token: t\r\nIf-Match: \"v1\"\r\n"
        "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8\r\n\r\n");
    ASSERT_EQ(p.state, ParseState::kDone);
    EXPECT_EQ(p.head.method, Method::kPatch);
    EXPECT_EQ(p.head.cookie, "a=b");
    EXPECT_EQ(p.head.origin, "https://a");
    EXPECT_EQ(p.head.sec_fetch_site, "same-origin");
    EXPECT_EQ(p.head.csrf_token, "t");
    EXPECT_EQ(p.head.if_match, "\"v1\"");
    ASSERT_EQ(p.head.forwarded().size(), 2U);
    EXPECT_EQ(p.head.forwarded().back(), "5.6.7.8") << "the last one is the nearest proxy's";
    for (const char* name : {"Cookie", "Origin", "Sec-Fetch-Site", "X-CSRF-Token", "If-Match"}) {
        const std::string line = std::string(name) + ": a\r\n";
        EXPECT_EQ(Parsed(get(line + line)).state, ParseState::kBad) << name;
    }
    EXPECT_EQ(Parsed("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n").head.method, Method::kDelete);
}

TEST(HttpParser, of_many_forwarding_lines_the_last_four_are_kept) {
    std::string lines;
    for (int i = 1; i <= 6; ++i) lines += "X-Forwarded-For: 1.1.1." + std::to_string(i) + "\r\n";
    const Parsed p(get(lines + "X-Forwarded-Proto: http, https\r\n"));
    ASSERT_EQ(p.head.forwarded().size(), kForwardedLinesMax);
    EXPECT_EQ(p.head.forwarded().front(), "1.1.1.3");
    EXPECT_EQ(p.head.forwarded().back(), "1.1.1.6");
    EXPECT_EQ(p.head.forwarded_proto, "https") << "the nearest proxy's";
}

TEST(HttpParser, each_proxy_header_marks_the_request_as_forwarded) {
    for (const char* name : {"Via", "Forwarded", "X-Forwarded-For"}) {
        EXPECT_TRUE(Parsed(get(std::string(name) + ": x\r\n")).head.was_forwarded) << name;
    }
    EXPECT_FALSE(Parsed(get("X-Forwarded-Fox: x\r\n")).head.was_forwarded);
}

TEST(HttpParser, connection_decides_keep_alive_by_version) {
    EXPECT_TRUE(Parsed(get("")).head.keep_alive);
    EXPECT_FALSE(Parsed(get("Connection: close\r\n")).head.keep_alive);
    EXPECT_FALSE(Parsed(get("Connection: upgrade,  CLOSE\r\n")).head.keep_alive);
    EXPECT_FALSE(Parsed(get("Connection: keep-alive\r\nConnection: close\r\n")).head.keep_alive);
    EXPECT_FALSE(Parsed("GET / HTTP/1.0\r\n\r\n").head.keep_alive);
    EXPECT_TRUE(Parsed("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").head.keep_alive);
    EXPECT_FALSE(Parsed("GET / HTTP/1.0\r\nConnection: close, keep-alive\r\n\r\n").head.keep_alive);
}

TEST(HttpParser, an_old_client_is_never_asked_to_continue) {
    EXPECT_FALSE(Parsed("POST / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n").head.expect_continue);
}

TEST(HttpParser, request_line_bound) {
    const auto line = [](std::size_t bytes) {
        return "GET /" + std::string(bytes - 14, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n";
    };
    EXPECT_EQ(Parsed(line(kRequestLineBytesMax)).state, ParseState::kDone);
    const Parsed over(line(kRequestLineBytesMax + 1));
    EXPECT_EQ(over.state, ParseState::kBad);
    EXPECT_EQ(over.why, Reject::kRequestLineTooLong);
}

TEST(HttpParser, header_bytes_bound) {
    EXPECT_EQ(Parsed(get(headers_of(kHeaderBytesMax))).state, ParseState::kDone);
    const Parsed over(get(headers_of(kHeaderBytesMax + 1)));
    EXPECT_EQ(over.state, ParseState::kBad);
    EXPECT_EQ(over.why, Reject::kHeadersTooLarge);
}

TEST(HttpParser, header_count_bound) {
    std::string many;
    for (std::size_t i = 0; i + 1 < kHeadersMax; ++i) many += "X: y\r\n";
    EXPECT_EQ(Parsed(get(many)).state, ParseState::kDone);
    EXPECT_EQ(Parsed(get(many + "X: y\r\n")).why, Reject::kTooManyHeaders);
}

TEST(HttpParser, an_endless_head_is_refused_before_it_ends) {
    std::string endless = "GET /";
    HeadProgress progress;
    RequestHead head;
    Reject why{};
    while (parse_head(endless, progress, head, why) == ParseState::kNeedMore) {
        endless.append(100, 'a');
        ASSERT_LE(endless.size(), kHeadBytesMax + 200);
    }
    EXPECT_EQ(why, Reject::kRequestLineTooLong);
}

// A slow sender must cost linear work: what was searched is not searched again.
TEST(HttpParser, progress_is_kept_between_calls) {
    const std::string text = get("X-Some: value\r\n");
    HeadProgress progress;
    RequestHead head;
    Reject why{};
    for (std::size_t size = 1; size < text.size(); ++size) {
        ASSERT_EQ(parse_head(std::string_view(text).substr(0, size), progress, head, why),
                  ParseState::kNeedMore);
        ASSERT_EQ(progress.searched, size == 1 ? 1 : size);
    }
    EXPECT_EQ(parse_head(text, progress, head, why), ParseState::kDone);
    EXPECT_EQ(progress.searched, 0U) << "not fresh for the next request";
}

TEST(HttpParser, a_head_can_be_used_again) {
    RequestHead head;
    HeadProgress progress;
    Reject why{};
    const std::string first = "POST /caf%C3%A9 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n";
    ASSERT_EQ(parse_head(first, progress, head, why), ParseState::kDone);
    EXPECT_EQ(head.path, "/caf\xc3\xa9");
    const std::string second = get("");
    ASSERT_EQ(parse_head(second, progress, head, why), ParseState::kDone);
    EXPECT_EQ(head.path, "/");
    EXPECT_FALSE(head.has_body());
    EXPECT_FALSE(head.has_length);
}

TEST(HttpParser, every_reject_has_a_name_a_status_and_a_sentence) {
    for (std::size_t i = 0; i < kRejects; ++i) {
        const RejectInfo& info = describe(static_cast<Reject>(i));
        EXPECT_FALSE(info.name.empty());
        EXPECT_GE(info.status, 400);
        EXPECT_TRUE(info.sentence.ends_with('.')) << info.name;
    }
}

}  // namespace
}  // namespace candor::web
