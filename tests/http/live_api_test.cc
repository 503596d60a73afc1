// The private API: who may call, what it takes, what it answers.
#include <gmock/gmock.h>

#include "tests/http/live_web.h"

namespace candor::test {
namespace {

using testing::HasSubstr;

constexpr const char* kDeclare =
    R"({"title":"Directory is down","text":"We look.","components":{"db":"major_outage"}})";

class LiveApi : public LiveWeb {
   protected:
    struct Call {
        std::string path = "/api/v1/incidents";
        std::string body = kDeclare;
        std::string token = kToken;
        std::string headers = "Content-Type: application/json\r\n";
    };
    static std::string written(const Call& call) {
        return "POST " + call.path + " HTTP/1.1\r\nHost: a\r\n" +
               (call.token.empty() ? "" : "Authorization: Bearer " + call.token + "\r\n") +
               call.headers + "Content-Length: " + std::to_string(call.body.size()) + "\r\n\r\n" +
               call.body;
    }
    HttpAnswer post(const Call& call) {
        Talk talk(port());
        talk.send(written(call));
        return talk.answer();
    }
};

TEST_F(LiveApi, declares_an_incident) {
    const HttpAnswer answer = post({});
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.body, "{\"id\":\"abc\",\"position\":7}\n");
    EXPECT_EQ(answer.header("cache-control"), "no-store");
    EXPECT_EQ(answer.header("access-control-allow-origin"), "");
    const auto commands = operator_.commands();
    ASSERT_EQ(commands.size(), 1U);
    EXPECT_EQ(std::get<command::Declare>(commands[0].what).title, "Directory is down");
    EXPECT_EQ(commands[0].actor.value, "operator");
}

TEST_F(LiveApi, every_command_has_its_url) {
    EXPECT_EQ(post({.path = "/api/v1/incidents/i1/updates", .body = R"({"text":"x"})"}).status,
              201);
    EXPECT_EQ(post({.path = "/api/v1/incidents/i1/retract", .body = R"({"text":"x"})"}).status,
              200);
    EXPECT_EQ(post({.path = "/api/v1/components/c1/accept-monitoring", .body = ""}).status, 200);
    const auto commands = operator_.commands();
    ASSERT_EQ(commands.size(), 3U);
    EXPECT_EQ(std::get<command::Post>(commands[0].what).incident.value, "i1");
    EXPECT_EQ(std::get<command::AcceptMonitoring>(commands[2].what).component.value, "c1");
    const HttpAnswer state =
        Talk(port()).get("/api/v1/state", "Authorization: Bearer " + std::string(kToken) + "\r\n");
    EXPECT_EQ(state.status, 200);
    EXPECT_EQ(state.header("cache-control"), "no-store");
}

TEST_F(LiveApi, without_the_token_nothing_happens) {
    for (const char* token :
         {"", "wrong", "correct-hors", "correct-horsf", "correct-horse-battery"}) {
        const HttpAnswer answer = post({.token = token});
        EXPECT_EQ(answer.status, 401) << token;
        EXPECT_EQ(answer.header("www-authenticate"), "Bearer realm=\"candor\"");
        EXPECT_TRUE(answer.closes()) << "the body of a stranger is not read";
    }
    EXPECT_EQ(Talk(port()).get("/api/v1/state").status, 401);
    EXPECT_TRUE(operator_.commands().empty());
}

TEST_F(LiveApi, a_server_without_a_token_refuses_every_call) {
    auto server = web::start_server({.threads = 1}, operator_, pages_, {});
    server_ = std::move(*server);
    EXPECT_EQ(post({.token = " "}).status, 401);
    EXPECT_EQ(post({.token = ""}).status, 401);
}

TEST_F(LiveApi, mistakes_are_problems_with_their_place) {
    const HttpAnswer bad = post({.body = R"({"title":"x","text":"y","components":{"db":"red"}})"});
    EXPECT_EQ(bad.status, 422);
    EXPECT_EQ(bad.header("content-type"), "application/problem+json");
    EXPECT_THAT(bad.body, HasSubstr("#/components/db"));
    EXPECT_EQ(post({.headers = "Content-Type: text/plain\r\n"}).status, 415);
    EXPECT_EQ(post({.headers = ""}).status, 415) << "forms of other sites are no API calls";
    EXPECT_EQ(post({.headers = "Content-Type: application/json; charset=utf-8\r\n"}).status, 201);
    EXPECT_EQ(
        post({.headers = "Content-Type: application/json\r\nIdempotency-Key: a b\r\n"}).status,
        422);
    EXPECT_EQ(Talk(port()).get("/api/v1/incidents").status, 401);
    EXPECT_EQ(Talk(port()).get("/api/v1/incidents/x/retract").status, 405);
}

TEST_F(LiveApi, the_idempotency_key_is_handed_on) {
    post({.headers = "Content-Type: application/json\r\nIdempotency-Key: \"k-1\"\r\n"});
    EXPECT_EQ(operator_.commands().at(0).idempotency_key, "k-1");
}

TEST_F(LiveApi, if_match_is_handed_on_and_what_changed_meanwhile_is_412) {
    const std::string json = "Content-Type: application/json\r\n";
    const std::string path = "/api/v1/incidents/i1/updates";
    const std::string body = R"({"text":"x"})";
    post({.path = path, .body = body, .headers = json + "If-Match: \"abc.def\"\r\n"});
    post({.path = path, .body = body, .headers = json});
    const auto commands = operator_.commands();
    EXPECT_EQ(commands.at(0).revisions, Revisions(std::vector<std::string>{"abc"}));
    EXPECT_EQ(commands.at(1).revisions, Revisions());
    operator_.fail_with({ErrorCode::kChanged, "because of this"});
    const HttpAnswer refused = post({.path = path, .body = body});
    EXPECT_EQ(refused.status, 412);
    EXPECT_EQ(refused.header("content-type"), "application/problem+json");
    EXPECT_EQ(post({.headers = json + "If-Match: \"abc.def\"\r\n"}).status, 412)
        << "a list has no tag";
    EXPECT_EQ(operator_.commands().size(), 3U);
}

TEST_F(LiveApi, a_reading_with_a_revision_has_a_tag_and_is_not_sent_twice) {
    const std::string auth = "Authorization: Bearer " + std::string(kToken) + "\r\n";
    pages_.answer_with({.content_type = "application/json", .body = "{}", .revision = "r1"});
    Talk talk(port());
    const HttpAnswer read = talk.get("/api/v1/incidents/i1", auth);
    const std::string known = "If-None-Match: " + read.header("etag") + "\r\n";
    const HttpAnswer same = talk.get("/api/v1/incidents/i1", auth + known);
    EXPECT_EQ(same.status, 304);
    EXPECT_EQ(same.body, "");
    EXPECT_EQ(same.header("etag"), read.header("etag"));
    pages_.answer_with({.content_type = "application/json", .body = "{}", .revision = "r2"});
    EXPECT_EQ(talk.get("/api/v1/incidents/i1", auth + known).status, 200);
}

TEST_F(LiveApi, the_body_bound_holds_before_and_while_reading) {
    const std::string over(256 * 1024 + 1, ' ');
    EXPECT_EQ(post({.body = over}).status, 413);
    EXPECT_EQ(post({.body = over.substr(1)}).status, 422) << "read whole, then found to be no JSON";
    Talk chunked(port());
    chunked.send(
        "POST /api/v1/incidents HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " +
        std::string(kToken) +
        "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n40001\r\n" + over);
    EXPECT_EQ(chunked.answer().status, 413);
    EXPECT_TRUE(chunked.ends());
}

TEST_F(LiveApi, errors_of_the_engine_keep_their_meaning) {
    const std::pair<ErrorCode, int> kCodes[] = {
        {ErrorCode::kNotFound, 404}, {ErrorCode::kConflict, 409}, {ErrorCode::kBusy, 503},
        {ErrorCode::kDiskFull, 507}, {ErrorCode::kIo, 500},       {ErrorCode::kInvalid, 422}};
    for (const auto& [code, status] : kCodes) {
        operator_.fail_with({code, "because of this"});
        const HttpAnswer answer = post({});
        EXPECT_EQ(answer.status, status);
        EXPECT_THAT(answer.body, HasSubstr("because of this"));
    }
}

TEST_F(LiveApi, an_answer_that_does_not_come_is_503_in_time) {
    start({.answer = milliseconds(200)});
    operator_.hold();
    Talk talk(port());
    talk.send(written({}));
    const HttpAnswer late = talk.answer();
    EXPECT_EQ(late.status, 503);
    EXPECT_TRUE(talk.ends());
    operator_.release();  // to nobody
    EXPECT_EQ(post({}).status, 201);
    EXPECT_EQ(metric("candor_http_closed_total{reason=\"answer_late\"}"), 1);
}

TEST_F(LiveApi, a_caller_that_left_does_not_matter) {
    operator_.hold();
    {
        Talk talk(port());
        talk.send(written({}));
        operator_.wait_for_held(1);
    }
    Talk other(port());
    EXPECT_EQ(other.get("/").status, 200);
    operator_.release();
    EXPECT_EQ(other.get("/").status, 200);
}

TEST_F(LiveApi, calls_beyond_the_rate_are_told_to_come_later) {
    start({.api_calls_per_second = 1, .api_calls_burst = 3});
    std::size_t refused = 0;
    for (int i = 0; i < 30 && refused == 0; ++i) {
        const HttpAnswer answer = post({});
        if (answer.status != 429) continue;
        ++refused;
        EXPECT_EQ(answer.header("retry-after"), "1");
        EXPECT_GE(i, 3) << "the burst was not given";
    }
    EXPECT_EQ(refused, 1U);
    EXPECT_EQ(post({.token = "wrong"}).status, 401) << "strangers use up nothing";
}

}  // namespace
}  // namespace candor::test
