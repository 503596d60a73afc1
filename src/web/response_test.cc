#include "web/response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace candor::web {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kDate = "Thu, 26 Nov 2026 00:00:00 GMT";

std::string printed(const Answer& answer, Envelope envelope = {}) {
    envelope.date = kDate;
    std::string out;
    append_answer(out, answer, envelope);
    return out;
}
Answer text(int status, std::string body) {
    Answer answer;
    answer.status = status;
    answer.body = std::move(body);
    return answer;
}

TEST(Response, whole_answer) {
    const std::string out = printed(text(404, "gone\n"));
    EXPECT_TRUE(out.starts_with("HTTP/1.1 404 Not Found\r\nDate: Thu, 26 Nov 2026")) << out;
    EXPECT_THAT(out, HasSubstr("\r\nCache-Control: no-store\r\n"));
    EXPECT_TRUE(
        out.ends_with("Content-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r\n\r\n"
                      "gone\n"));
}

TEST(Response, every_answer_has_the_security_headers) {
    for (const int status : {200, 204, 304, 400, 503}) {
        const std::string out = printed(text(status, ""));
        EXPECT_THAT(out, HasSubstr("Content-Security-Policy: default-src 'none'; "));
        EXPECT_THAT(out, HasSubstr("frame-ancestors 'none'"));
        EXPECT_THAT(out, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
        EXPECT_THAT(out, HasSubstr("Referrer-Policy: no-referrer\r\n"));
        EXPECT_THAT(out, HasSubstr("Cross-Origin-Opener-Policy: same-origin\r\n"));
        EXPECT_THAT(out, Not(HasSubstr("Strict-Transport-Security")));
        EXPECT_THAT(out, Not(HasSubstr("Set-Cookie")));
        EXPECT_THAT(out, Not(HasSubstr("\r\nServer:")));
    }
    EXPECT_THAT(printed(text(200, ""), {.date = {}, .hsts = true}),
                HasSubstr("Strict-Transport-Security: max-age=31536000\r\n"));
}

TEST(Response, statuses_without_a_body_announce_none) {
    for (const int status : {204, 304}) {
        const std::string out = printed(text(status, "lost"));
        EXPECT_THAT(out, Not(HasSubstr("Content-Length")));
        EXPECT_TRUE(out.ends_with("\r\n\r\n"));
    }
}

TEST(Response, head_counts_the_body_without_sending_it) {
    const std::string out = printed(text(200, "hello"), {.date = {}, .head_only = true});
    EXPECT_THAT(out, HasSubstr("Content-Length: 5\r\n"));
    EXPECT_TRUE(out.ends_with("\r\n\r\n"));
}

TEST(Response, connection_header_says_what_will_happen) {
    EXPECT_THAT(printed(text(200, "")), Not(HasSubstr("Connection:")));
    EXPECT_THAT(printed(text(200, ""), {.date = {}, .keep_alive = false}),
                HasSubstr("\r\nConnection: close\r\n"));
    EXPECT_THAT(printed(text(200, ""), {.date = {}, .http11 = false}),
                HasSubstr("\r\nConnection: keep-alive\r\n"));
}

TEST(Response, problems_are_escaped_json) {
    const Answer answer = problem(422, "No \"good\"", "line\n\\x\x01");
    EXPECT_EQ(answer.content_type, "application/problem+json");
    EXPECT_EQ(answer.body,
              "{\"type\":\"about:blank\",\"title\":\"No \\\"good\\\"\",\"status\":422,"
              "\"detail\":\"line\\u000a\\\\x\\u0001\"}\n");
}

TEST(Response, every_status_in_use_has_its_phrase) {
    for (const int status : {200, 201, 204, 304, 400, 401, 403, 404, 405, 408, 409, 410,
                             413, 414, 415, 417, 422, 429, 431, 500, 501, 503, 505, 507}) {
        EXPECT_NE(reason_phrase(status), "Status") << status;
    }
}

}  // namespace
}  // namespace candor::web
