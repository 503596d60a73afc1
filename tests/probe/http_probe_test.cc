#include <stdlib.h>
#include <sys/socket.h>
#include <zlib.h>

#include "probe/http_expect.h"
#include "tests/probe/probe_fixture.h"
#include "tests/probe/scripted_server.h"

namespace candor::probe::testing {
namespace {

using HttpProbeTest = ProbeFixture;

HttpTarget target_of(const ScriptedServer& server, std::string_view path = "/") {
    HttpTarget target;
    target.url = server.url(path);
    return target;
}

std::string gzip(std::string_view plain) {
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string out(deflateBound(&stream, plain.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

TEST_F(HttpProbeTest, a_2xx_passes_and_its_phases_are_measured) {
    const ScriptedServer server(answers(response(204, "")));
    const Observation seen = run(target_of(server));
    EXPECT_EQ(seen.result, ObservationResult::kPass) << seen.detail;
    EXPECT_EQ(seen.evidence, Evidence{});
    EXPECT_GT(seen.timing.connect_us, 0);
    EXPECT_GT(seen.timing.first_byte_us, 0);
    EXPECT_EQ(seen.timing.tls_us, 0);
    EXPECT_GE(seen.timing.total_us, seen.timing.connect_us + seen.timing.first_byte_us);
    EXPECT_FALSE(seen.certificate_expires);
}

TEST_F(HttpProbeTest, another_status_fails_with_both_numbers) {
    const ScriptedServer server(answers(response(503, "down")));
    EXPECT_EQ(run(target_of(server)).evidence, (Evidence{FailureKind::kHttpStatus, 503, 200}));
    HttpTarget wants_401 = target_of(server);
    wants_401.status = 401;
    EXPECT_EQ(run(wants_401).evidence, (Evidence{FailureKind::kHttpStatus, 503, 401}));
    wants_401.status = 503;
    EXPECT_EQ(run(wants_401).result, ObservationResult::kPass);
}

TEST_F(HttpProbeTest, method_fields_and_body_reach_the_server) {
    const ScriptedServer server([](int fd) {
        const std::string head = read_head(fd);
        std::string body(5, '\0');
        ::recv(fd, body.data(), body.size(), MSG_WAITALL);
        send_all(fd, response(200, head + body));
    });
    HttpTarget target = target_of(server, "/x?q=1");
    target.method = "PUT";
    target.headers = {{"X-Key", "secret"}, {"X-Empty", ""}};
    target.body = "hello";
    target.body_contains = "PUT /x?q=1 HTTP/1.1\r\n";
    EXPECT_EQ(run(target).result, ObservationResult::kPass);
    target.body_contains = "X-Key: secret\r\n";
    EXPECT_EQ(run(target).result, ObservationResult::kPass);
    target.body_contains = "X-Empty:\r\n";
    EXPECT_EQ(run(target).result, ObservationResult::kPass);
    target.body_contains = "\r\n\r\nhello";
    EXPECT_EQ(run(target).result, ObservationResult::kPass);
    target.body_contains = "User-Agent: Candor-Check/1\r\n";
    EXPECT_EQ(run(target).result, ObservationResult::kPass);
}

TEST_F(HttpProbeTest, a_line_break_in_a_field_is_never_sent) {
    const ScriptedServer server(answers(response(200, "")));
    HttpTarget target = target_of(server);
    target.headers = {{"X", "a\r\nY: b"}};
    EXPECT_EQ(run(target).evidence.kind, FailureKind::kCouldNotRun);
    EXPECT_EQ(server.connections(), 0);
}

TEST_F(HttpProbeTest, missing_text_is_a_body_mismatch) {
    const ScriptedServer server(answers(response(200, "all fine")));
    HttpTarget target = target_of(server);
    target.body_contains = "ok";
    const Observation seen = run(target);
    EXPECT_EQ(seen.evidence.kind, FailureKind::kBodyMismatch);
    EXPECT_NE(seen.detail.find("all fine"), std::string::npos);
}

TEST_F(HttpProbeTest, json_is_compared_at_its_pointer) {
    const ScriptedServer server(answers(response(200, R"({"db":"up","n":3})")));
    HttpTarget target = target_of(server);
    target.json = JsonExpectation{"/db", "up"};
    EXPECT_EQ(run(target).result, ObservationResult::kPass);
    target.json = JsonExpectation{"/n", "4"};
    EXPECT_EQ(run(target).evidence.kind, FailureKind::kJsonMismatch);
}

TEST_F(HttpProbeTest, an_answer_slower_than_max_latency_is_too_slow) {
    const ScriptedServer server(answers(response(200, "")));
    HttpTarget target = target_of(server);
    target.max_latency = milliseconds(0);
    const Observation seen = run(target);
    EXPECT_EQ(seen.evidence.kind, FailureKind::kTooSlow);
    EXPECT_GE(seen.evidence.value, 1);
    EXPECT_EQ(seen.evidence.limit, 0);
}

TEST_F(HttpProbeTest, no_answer_is_a_timeout_at_the_deadline) {
    const ScriptedServer server(wait_for_close);
    const Observation seen = run(target_of(server), milliseconds(150));
    EXPECT_EQ(seen.evidence, (Evidence{FailureKind::kTimeout, 150, 150}));
    EXPECT_GE(seen.timing.total_us, 150'000);
    EXPECT_NE(seen.detail.find("answer"), std::string::npos) << seen.detail;
}

TEST_F(HttpProbeTest, an_answer_that_trickles_for_ever_is_a_timeout) {
    const ScriptedServer server([](int fd) {
        read_head(fd);
        send_all(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx");
        wait_for_close(fd);
    });
    EXPECT_EQ(run(target_of(server), milliseconds(150)).evidence.kind, FailureKind::kTimeout);
}

TEST_F(HttpProbeTest, a_full_backlog_is_a_timeout_while_connecting) {
    const SilentPort port;
    HttpTarget target;
    target.url = "http://127.0.0.1:" + std::to_string(port.port()) + "/";
    const Observation seen = run(target, milliseconds(200));
    EXPECT_EQ(seen.evidence.kind, FailureKind::kTimeout) << seen.detail;
    EXPECT_NE(seen.detail.find("connecting"), std::string::npos) << seen.detail;
}

TEST_F(HttpProbeTest, a_closed_port_is_refused) {
    const ClosedPort port;
    HttpTarget target;
    target.url = "http://127.0.0.1:" + std::to_string(port.port()) + "/";
    EXPECT_EQ(run(target).evidence.kind, FailureKind::kRefused);
}

TEST_F(HttpProbeTest, closing_before_an_answer_is_unreachable) {
    const ScriptedServer server([](int fd) { read_head(fd); });
    EXPECT_EQ(run(target_of(server)).evidence.kind, FailureKind::kUnreachable);
}

TEST_F(HttpProbeTest, closing_in_the_middle_of_an_answer_is_a_protocol_failure) {
    const ScriptedServer server(answers("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"));
    EXPECT_EQ(run(target_of(server)).evidence.kind, FailureKind::kProtocol);
}

TEST_F(HttpProbeTest, what_is_not_http_is_a_protocol_failure) {
    for (const char* bytes : {"220 mail.example ESMTP\r\n", "\x16\x03\x01garbage\r\n\r\n",
                              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nabc",
                              "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip at all"}) {
        const ScriptedServer server(answers(bytes));
        const Observation seen = run(target_of(server));
        EXPECT_EQ(seen.evidence.kind, FailureKind::kProtocol) << bytes << ": " << seen.detail;
    }
}

TEST_F(HttpProbeTest, one_byte_over_the_bound_is_too_large_when_the_body_is_judged) {
    const std::string at_bound(kAnswerBytesMax, 'x');
    const ScriptedServer fits(answers(response(200, at_bound)));
    HttpTarget target = target_of(fits);
    target.body_contains = "xxx";
    EXPECT_EQ(run(target).result, ObservationResult::kPass);

    const ScriptedServer over(answers(response(200, at_bound + "x")));
    target.url = over.url();
    EXPECT_EQ(run(target).evidence,
              (Evidence{FailureKind::kTooLarge, 0, static_cast<std::int64_t>(kAnswerBytesMax)}));
    target.body_contains = "";
    EXPECT_EQ(run(target).result, ObservationResult::kPass) << "only the status is judged";
}

TEST_F(HttpProbeTest, an_endless_answer_is_cut_at_the_bound) {
    const ScriptedServer server([](int fd) {
        read_head(fd);
        send_all(fd, "HTTP/1.1 200 OK\r\n\r\n");
        while (send_all(fd, std::string(16'384, 'x'))) {
        }
    });
    HttpTarget target = target_of(server);
    target.body_contains = "never";
    EXPECT_EQ(run(target).evidence.kind, FailureKind::kTooLarge);
}

TEST_F(HttpProbeTest, endless_header_fields_are_cut) {
    const ScriptedServer server([](int fd) {
        read_head(fd);
        send_all(fd, "HTTP/1.1 200 OK\r\n");
        while (send_all(fd, "X-More: " + std::string(1000, 'x') + "\r\n")) {
        }
    });
    EXPECT_EQ(run(target_of(server)).evidence,
              (Evidence{FailureKind::kTooLarge, 0, static_cast<std::int64_t>(kHeaderBytesMax)}));
}

TEST_F(HttpProbeTest, gzip_is_understood_and_a_bomb_is_not_inflated) {
    const std::string_view field = "Content-Encoding: gzip\r\n";
    const ScriptedServer good(answers(response(200, gzip("status: ok"), field)));
    HttpTarget target = target_of(good);
    target.body_contains = "status: ok";
    EXPECT_EQ(run(target).result, ObservationResult::kPass);

    const ScriptedServer bomb(answers(response(200, gzip(std::string(900'000, 'x')), field)));
    target.url = bomb.url();
    const Observation seen = run(target);
    EXPECT_EQ(seen.evidence.kind, FailureKind::kTooLarge);
    EXPECT_NE(seen.detail.find("100 times"), std::string::npos) << seen.detail;
}

TEST_F(HttpProbeTest, redirects_are_answers_unless_asked_for) {
    const ScriptedServer server([](int fd) {
        const std::string head = read_head(fd);
        send_all(fd, head.starts_with("GET /a ") ? response(302, "", "Location: /b\r\n")
                                                 : response(200, "arrived"));
    });
    HttpTarget target = target_of(server, "/a");
    EXPECT_EQ(run(target).evidence, (Evidence{FailureKind::kHttpStatus, 302, 200}));
    target.redirects_max = 1;
    target.body_contains = "arrived";
    EXPECT_EQ(run(target).result, ObservationResult::kPass);
}

TEST_F(HttpProbeTest, a_redirect_loop_ends_at_redirects_max) {
    const ScriptedServer server(answers(response(302, "", "Location: /\r\n")));
    HttpTarget target = target_of(server);
    target.redirects_max = 5;
    const Observation seen = run(target);
    EXPECT_EQ(seen.evidence, (Evidence{FailureKind::kHttpStatus, 302, 200}));
    EXPECT_EQ(server.connections(), 6);
}

TEST_F(HttpProbeTest, a_redirect_to_another_origin_carries_no_fields_and_no_body) {
    const ScriptedServer other([](int fd) { send_all(fd, response(200, read_head(fd))); });
    const ScriptedServer server(
        answers(response(307, "", "Location: " + other.url("/there") + "\r\n")));
    HttpTarget target = target_of(server);
    target.method = "POST";
    target.body = "private";
    target.headers = {{"Authorization", "Bearer private"}};
    target.redirects_max = 1;
    target.body_contains = "private";
    EXPECT_EQ(run(target).evidence.kind, FailureKind::kBodyMismatch);
    target.body_contains = "GET /there HTTP/1.1";
    EXPECT_EQ(run(target).result, ObservationResult::kPass);
}

TEST_F(HttpProbeTest, other_schemes_are_never_followed) {
    for (const char* where : {"file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/x"}) {
        const ScriptedServer server(
            answers(response(302, "", std::string("Location: ") + where + "\r\n")));
        HttpTarget target = target_of(server);
        target.redirects_max = 3;
        EXPECT_EQ(run(target).evidence.kind, FailureKind::kProtocol) << where;
    }
    HttpTarget target;
    target.url = "file:///etc/passwd";
    EXPECT_EQ(run(target).evidence.kind, FailureKind::kCouldNotRun);
}

TEST_F(HttpProbeTest, a_name_is_looked_up_and_cookies_are_not_kept) {
    const ScriptedServer server([](int fd) {
        const std::string head = read_head(fd);
        send_all(fd, response(200, head, "Set-Cookie: a=b\r\n"));
    });
    HttpTarget target;
    target.url = "http://localhost:" + std::to_string(server.port()) + "/";
    target.body_contains = "Host: localhost:";
    EXPECT_EQ(run(target).result, ObservationResult::kPass);
    target.body_contains = "Cookie";
    EXPECT_EQ(run(target).evidence.kind, FailureKind::kBodyMismatch);
    EXPECT_EQ(server.connections(), 2) << "each probe connects anew";
}

TEST_F(HttpProbeTest, proxies_of_the_environment_are_not_used) {
    const ClosedPort nobody;
    const std::string proxy = "http://127.0.0.1:" + std::to_string(nobody.port());
    ::setenv("http_proxy", proxy.c_str(), 1);
    ::setenv("ALL_PROXY", proxy.c_str(), 1);
    const ScriptedServer server(answers(response(200, "")));
    EXPECT_EQ(run(target_of(server)).result, ObservationResult::kPass);
    ::unsetenv("http_proxy");
    ::unsetenv("ALL_PROXY");
}

}  // namespace
}  // namespace candor::probe::testing
