// The Healthchecks ping protocol, exactly as its clients speak it.
#include <gtest/gtest.h>

#include "tests/http/live_web.h"

namespace candor::test {
namespace {

class LivePing : public LiveWeb {
   protected:
    HttpAnswer ping(const std::string& rest, std::string_view headers = "") {
        return Talk(port()).get("/ping/" + rest, headers);
    }
    HttpAnswer post(const std::string& rest, const std::string& body) {
        Talk talk(port());
        talk.send("POST /ping/" + rest + " HTTP/1.1\r\nHost: a\r\nContent-Length: " +
                  std::to_string(body.size()) + "\r\n\r\n" + body);
        return talk.answer();
    }
    void expect(const HttpAnswer& answer, int status, const std::string& body) {
        EXPECT_EQ(answer.status, status);
        EXPECT_EQ(answer.body, body);
        EXPECT_EQ(answer.header("content-type"), "text/plain; charset=utf-8");
        EXPECT_EQ(answer.header("ping-body-limit"), "10000");
        EXPECT_EQ(answer.header("access-control-allow-origin"), "*");
        EXPECT_EQ(answer.header("cache-control"), "no-store");
    }
    HeartbeatPing last() { return operator_.pings().back(); }
};

TEST_F(LivePing, every_form_of_the_url) {
    const std::string uuid = kUuid;
    const struct {
        std::string url;
        PingKind kind;
        int exit_code;
    } kForms[] = {
        {uuid, PingKind::kSuccess, 0},
        {uuid + "/start", PingKind::kStart, 0},
        {uuid + "/fail", PingKind::kFail, 0},
        {uuid + "/log", PingKind::kLog, 0},
        {uuid + "/0", PingKind::kExitCode, 0},
        {uuid + "/255", PingKind::kExitCode, 255},
        {"k-e-y/nightly", PingKind::kSuccess, 0},
        {"k-e-y/nightly/start", PingKind::kStart, 0},
        {"k-e-y/nightly/7", PingKind::kExitCode, 7},
        {"nightly", PingKind::kSuccess, 0},
        {"nightly/fail", PingKind::kFail, 0},
    };
    for (const auto& form : kForms) {
        expect(ping(form.url), 200, "OK");
        EXPECT_EQ(last().kind, form.kind) << form.url;
        EXPECT_EQ(last().exit_code, form.exit_code) << form.url;
        EXPECT_EQ(last().check, CheckId{"nightly"});
    }
    EXPECT_EQ(operator_.pings().size(), std::size(kForms));
}

TEST_F(LivePing, get_head_and_post_alike) {
    expect(ping(kUuid), 200, "OK");
    expect(post(kUuid, ""), 200, "OK");
    Talk talk(port());
    talk.send(std::string("HEAD /ping/") + kUuid + " HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(talk.answer(BodyExpected::kNone).status, 200);
    EXPECT_EQ(operator_.pings().size(), 3U);
    Talk wrong(port());
    wrong.send(std::string("PUT /ping/") + kUuid + " HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(wrong.answer().status, 405);
}

TEST_F(LivePing, wrong_is_never_200) {
    const std::string uuid = kUuid;
    expect(ping("5bf66975-d4c7-4bf5-bcc8-b8d8a82ea279"), 404, "not found");
    expect(ping("k-e-y/weekly"), 404, "not found");
    expect(ping("no-key/nightly"), 404, "not found");
    expect(ping(uuid + "/done"), 404, "not found");
    expect(ping(uuid + "/start/x"), 404, "not found");
    expect(ping("k-e-y/Nightly"), 400, "invalid url format");
    expect(ping(uuid + "/256"), 400, "invalid url format");
    expect(ping(uuid + "?rid=nonsense"), 400, "invalid uuid format");
    EXPECT_TRUE(operator_.pings().empty());
}

TEST_F(LivePing, a_run_id_pairs_start_and_finish) {
    expect(ping(std::string(kUuid) + "/start?rid=" + kUuid), 200, "OK");
    EXPECT_EQ(last().run_id, kUuid);
}

TEST_F(LivePing, two_checks_of_one_slug_are_ambiguous) {
    const intake::PingAddress one{.uuid = kUuid, .key = "k", .slug = "s", .check = CheckId{"a"}};
    intake::PingAddress other = one;
    other.uuid.back() = '0';
    server_->set_pings({.addresses = {one, other}});
    HttpAnswer answer;
    do {  // until the worker has the new directory
        answer = ping("k/s");
    } while (answer.status == 404);
    expect(answer, 409, "ambiguous slug");
}

TEST_F(LivePing, long_bodies_are_cut_without_a_word) {
    const std::string log(20'000, 'l');
    expect(post(kUuid, log), 200, "OK");
    EXPECT_EQ(last().body, log.substr(0, kPingBodyBytesMax));
    expect(post(std::string(kUuid) + "/fail", "short"), 200, "OK");
    EXPECT_EQ(last().body, "short");
}

TEST_F(LivePing, curl_waits_for_100_continue) {
    Talk talk(port());
    talk.send(std::string("POST /ping/") + kUuid +
              " HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(talk.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    talk.send(std::string(2000, 'x'));
    expect(talk.answer(), 200, "OK");
    EXPECT_EQ(last().body.size(), 2000U);
}

TEST_F(LivePing, bare_slugs_are_for_this_machine_only) {
    for (const char* proxy :
         {"X-Forwarded-For: 192.0.2.1\r\n", "Via: 1.1 p\r\n", "Forwarded: x\r\n"}) {
        expect(ping("nightly", proxy), 404, "not found");
    }
    expect(ping("k-e-y/nightly", "X-Forwarded-For: 192.0.2.1\r\n"), 200, "OK");
}

TEST_F(LivePing, ok_means_durable) {
    operator_.hold();
    Talk talk(port());
    talk.send(std::string("GET /ping/") + kUuid + " HTTP/1.1\r\nHost: a\r\n\r\n");
    operator_.wait_for_held(1);
    // Not answered yet, and nobody else waits for it.
    EXPECT_EQ(Talk(port()).get("/").status, 200);
    operator_.release();
    expect(talk.answer(), 200, "OK");
}

TEST_F(LivePing, what_was_not_stored_is_not_ok) {
    operator_.fail_with({ErrorCode::kBusy, "the queue is full"});
    HttpAnswer answer = ping(kUuid);
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.header("retry-after"), "1");
    operator_.fail_with({ErrorCode::kDiskFull, "the disk is full"});
    answer = ping(kUuid);
    EXPECT_EQ(answer.status, 507);
    EXPECT_EQ(answer.body, "the disk is full\n");
}

TEST_F(LivePing, compressed_bodies_are_refused) {
    Talk talk(port());
    talk.send(std::string("POST /ping/") + kUuid +
              " HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nxx");
    EXPECT_EQ(talk.answer().status, 415);
    EXPECT_TRUE(talk.ends());
    EXPECT_TRUE(operator_.pings().empty());
}

TEST_F(LivePing, browsers_of_any_origin_may_ping) {
    Talk talk(port());
    talk.send(std::string("OPTIONS /ping/") + kUuid + " HTTP/1.1\r\nHost: a\r\nOrigin: x\r\n\r\n");
    const HttpAnswer answer = talk.answer();
    EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(answer.header("access-control-allow-methods"), "GET, HEAD, POST, OPTIONS");
    EXPECT_TRUE(operator_.pings().empty());
}

}  // namespace
}  // namespace candor::test
