// Pages as browsers, caches and other programs ask for them.
#include <gmock/gmock.h>

#include "tests/http/live_web.h"
#include "web/routes.h"

namespace candor::test {
namespace {

using testing::HasSubstr;

class LivePages : public LiveWeb {
   protected:
    HttpAnswer get(std::string_view path, std::string_view headers = "") {
        return Talk(port()).get(path, headers);
    }
    HttpAnswer ask(std::string_view method, std::string_view path, std::string_view more = "\r\n") {
        Talk talk(port());
        talk.send(std::string(method) + " " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n" +
                  std::string(more));
        return talk.answer(method == "HEAD" ? BodyExpected::kNone : BodyExpected::kByHeaders);
    }
};

TEST_F(LivePages, a_page_says_how_long_it_may_be_kept) {
    const HttpAnswer page = get("/");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.body, "<p>position 1");
    EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.header("cache-control"),
              "public, max-age=5, stale-while-revalidate=30, stale-if-error=86400");
    EXPECT_EQ(page.header("vary"), "Accept-Encoding");
    EXPECT_TRUE(page.header("date").ends_with(" GMT"));
    EXPECT_EQ(page.header("set-cookie"), "");
    EXPECT_EQ(page.header("access-control-allow-origin"), "");
}

TEST_F(LivePages, one_connection_serves_many_requests) {
    Talk talk(port());
    for (int i = 0; i < 500; ++i) ASSERT_EQ(talk.get("/").status, 200) << i;
    EXPECT_EQ(metric("candor_http_accepted_total"), 3) << "the fixture's, this one, and the scrape";
}

TEST_F(LivePages, pipelined_requests_are_answered_in_their_order) {
    Talk talk(port());
    std::string many;
    for (int i = 0; i < 300; ++i) {
        many += i % 3 == 2 ? "GET /at/" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n"
                           : "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    }
    talk.send(many);
    for (int i = 0; i < 300; ++i) {
        const HttpAnswer answer = talk.answer();
        ASSERT_EQ(answer.body, i % 3 == 2 ? "/at/" + std::to_string(i) + "?" : "<p>position 1");
    }
}

TEST_F(LivePages, a_half_closed_client_still_gets_its_answers) {
    Talk talk(port());
    talk.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /at/x HTTP/1.1\r\nHost: a\r\n\r\n");
    talk.finish_sending();
    EXPECT_EQ(talk.answer().status, 200);
    EXPECT_EQ(talk.answer().status, 200);
    EXPECT_TRUE(talk.ends());
    EXPECT_EQ(metric("candor_http_closed_total{reason=\"idle\"}"), 0) << "closed at once, not late";
}

TEST_F(LivePages, old_clients_are_closed_unless_they_ask) {
    Talk close(port());
    close.send("GET / HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(close.answer().closes());
    EXPECT_TRUE(close.ends());
    Talk keep(port());
    keep.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(keep.answer().header("connection"), "keep-alive");
    EXPECT_EQ(keep.get("/").status, 200);
}

TEST_F(LivePages, a_client_that_wishes_to_close_is_closed) {
    Talk talk(port());
    EXPECT_TRUE(talk.get("/", "Connection: close\r\n").closes());
    EXPECT_TRUE(talk.ends());
}

TEST_F(LivePages, encodings_are_negotiated) {
    const HttpAnswer plain = get("/");
    const HttpAnswer gzip = get("/", "Accept-Encoding: gzip\r\n");
    const HttpAnswer brotli = get("/", "Accept-Encoding: gzip, deflate, br\r\n");
    EXPECT_EQ(plain.header("content-encoding"), "");
    EXPECT_EQ(gzip.header("content-encoding"), "gzip");
    EXPECT_EQ(gzip.body, "gzip of <p>position 1");
    EXPECT_EQ(brotli.header("content-encoding"), "br");
    EXPECT_EQ(get("/", "Accept-Encoding: br;q=0, gzip\r\n").header("content-encoding"), "gzip");
    EXPECT_NE(plain.header("etag"), gzip.header("etag"));
    EXPECT_NE(gzip.header("etag"), brotli.header("etag"));
}

TEST_F(LivePages, an_unchanged_page_is_not_sent_again) {
    Talk talk(port());
    const std::string etag = talk.get("/").header("etag");
    const HttpAnswer same = talk.get("/", "If-None-Match: " + etag + "\r\n");
    EXPECT_EQ(same.status, 304);
    EXPECT_EQ(same.header("etag"), etag);
    EXPECT_THAT(same.header("cache-control"), HasSubstr("max-age=5"));
    EXPECT_EQ(same.header("vary"), "Accept-Encoding");
    EXPECT_EQ(talk.get("/", "If-None-Match: W/" + etag + "\r\n").status, 304);
    EXPECT_EQ(talk.get("/", "If-None-Match: \"other\"\r\n").status, 200);
    // The tag of another representation is not this one's.
    EXPECT_EQ(talk.get("/", "If-None-Match: " + etag + "\r\nAccept-Encoding: br\r\n").status, 200);
    publish(2);
    while (talk.get("/").header("etag") == etag) {
    }
    EXPECT_EQ(talk.get("/", "If-None-Match: " + etag + "\r\n").status, 200);
}

TEST_F(LivePages, head_is_get_without_the_body) {
    const HttpAnswer whole = get("/");
    const HttpAnswer head = ask("HEAD", "/");
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("content-length"), whole.header("content-length"));
    EXPECT_EQ(head.header("etag"), whole.header("etag"));
    Talk talk(port());
    talk.send("HEAD /at/x HTTP/1.1\r\nHost: a\r\n\r\nHEAD /none HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(talk.answer(BodyExpected::kNone).status, 200);
    EXPECT_EQ(talk.answer(BodyExpected::kNone).status, 404);
    EXPECT_EQ(talk.get("/").body, "<p>position 1") << "no stray body byte in between";
}

TEST_F(LivePages, other_programs_may_read_the_api_from_any_origin) {
    const HttpAnswer summary = get("/api/v2/summary.json", "Origin: https://widget.example\r\n");
    EXPECT_EQ(summary.header("access-control-allow-origin"), "*");
    EXPECT_EQ(summary.header("cache-control"), "public, max-age=5");
    const HttpAnswer asked = ask("OPTIONS", "/api/v2/summary.json",
                                 "Origin: https://w\r\nAccess-Control-Request-Method: GET\r\n\r\n");
    EXPECT_EQ(asked.status, 204);
    EXPECT_EQ(asked.header("access-control-allow-origin"), "*");
    EXPECT_EQ(asked.header("access-control-allow-methods"), "GET, HEAD, OPTIONS");
    EXPECT_EQ(ask("OPTIONS", "/").header("access-control-allow-origin"), "");
    EXPECT_EQ(ask("OPTIONS", "*").status, 204);
}

TEST_F(LivePages, assets_are_kept_for_ever) {
    EXPECT_EQ(get("/assets/abc/page.css").header("cache-control"),
              "public, max-age=31536000, immutable");
}

TEST_F(LivePages, what_is_not_there_has_a_page_of_its_own) {
    const HttpAnswer none = get("/nothing/here");
    EXPECT_EQ(none.status, 404);
    EXPECT_EQ(none.body, "<p>no page");
    EXPECT_FALSE(none.closes());
}

TEST_F(LivePages, a_document_that_is_not_there_is_told_in_its_own_kind) {
    const HttpAnswer api = get("/api/v2/nosuch.json");
    EXPECT_EQ(api.status, 404);
    EXPECT_EQ(api.body, "{\"error\":\"not found\"}\n");
    EXPECT_EQ(api.header("content-type"), "application/json; charset=utf-8");
    EXPECT_EQ(api.header("access-control-allow-origin"), "*");
    EXPECT_EQ(api.header("cache-control"), "no-store");
    EXPECT_EQ(get("/badge/nosuch.svg").status, 404);
    EXPECT_EQ(get("/badge/nosuch.svg").header("content-type"), "image/svg+xml");
    EXPECT_THAT(get("/badge/nosuch.json").body, HasSubstr("\"message\":\"unknown\""));
}

TEST_F(LivePages, the_console_answers_to_no_strange_name) {
    for (const char* path : {"/metrics", "/healthz", "/api/v1/state"}) {
        Talk rebound(port());
        rebound.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: evil.example:8082\r\n\r\n");
        const HttpAnswer answer = rebound.answer();
        EXPECT_EQ(answer.status, 421) << path;
        EXPECT_EQ(answer.body.find("candor_"), std::string::npos);
    }
    Talk page(port());
    page.send("GET / HTTP/1.1\r\nHost: any.example\r\n\r\n");
    EXPECT_EQ(page.answer().status, 200) << "the public page may stand behind any name";
    for (const char* host : {"127.0.0.1:8082", "localhost:8082", "[::1]", "candor"}) {
        Talk talk(port());
        talk.send("GET /metrics HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n");
        EXPECT_EQ(talk.answer().status, 200) << host;
    }
}

TEST_F(LivePages, a_wrong_method_is_told_the_right_ones) {
    for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"}) {
        const HttpAnswer answer = ask(method, "/");
        EXPECT_EQ(answer.status, 405) << method;
        EXPECT_EQ(answer.header("allow"), "GET, HEAD, OPTIONS") << method;
        EXPECT_EQ(answer.body.find("Host"), std::string::npos) << "nothing is echoed";
    }
    EXPECT_EQ(ask("CONNECT", "a:443").status, 405);
    // Statuspage's client subscribes by GET: no state is made, POST is named.
    const HttpAnswer subscribe = get("/api/v2/subscribers.json?subscriber[email]=a@b");
    EXPECT_EQ(subscribe.status, 405);
    EXPECT_EQ(subscribe.header("allow"), "POST");
    EXPECT_EQ(ask("DELETE", "/api/v2/incidents.json?subscriber[id]=x").status, 405);
}

TEST_F(LivePages, a_body_that_nobody_wants_closes_the_connection) {
    Talk talk(port());
    talk.send("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
    EXPECT_EQ(talk.answer().status, 413);
    EXPECT_TRUE(talk.ends());
}

TEST_F(LivePages, the_reader_renders_what_is_not_kept) {
    EXPECT_EQ(get("/history").body, "<p>history");
    EXPECT_EQ(get("/history?month=2026-04").body, "/history?month=2026-04");
    EXPECT_EQ(get("/at/2026-04-04T21:05Z").body, "/at/2026-04-04T21:05Z?");
    EXPECT_EQ(get("/at/x").header("cache-control"),
              "public, max-age=5, stale-while-revalidate=30, stale-if-error=86400");
    pages_.answer_with(
        {.status = 503, .content_type = "text/html", .body = "busy", .retry_after_s = 2});
    const HttpAnswer busy = get("/at/x");
    EXPECT_EQ(busy.status, 503);
    EXPECT_EQ(busy.header("retry-after"), "2");
    EXPECT_EQ(busy.header("cache-control"), "no-store");
}

TEST_F(LivePages, before_the_first_page_there_is_an_answer) {
    server_.reset();
    auto server = web::start_server({.threads = 1}, operator_, pages_, {});
    ASSERT_TRUE(server) << server.error().message;
    server_ = std::move(*server);
    const HttpAnswer starting = get("/");
    EXPECT_EQ(starting.status, 503);
    EXPECT_EQ(starting.header("retry-after"), "1");
    EXPECT_EQ(get("/readyz").status, 503);
    EXPECT_EQ(get("/healthz").status, 200);
    EXPECT_EQ(get("/ping/nightly").status, 404);
}

TEST_F(LivePages, readiness_says_why_not) {
    EXPECT_EQ(get("/readyz").body, "ready\n");
    server_->set_ready("the disk is full");
    const HttpAnswer not_ready = get("/readyz");
    EXPECT_EQ(not_ready.status, 503);
    EXPECT_EQ(not_ready.body, "the disk is full\n");
    EXPECT_EQ(get("/healthz").body, "alive\n");
}

TEST_F(LivePages, metrics_come_in_both_forms) {
    const HttpAnswer text = get("/metrics");
    EXPECT_EQ(text.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_THAT(text.body, HasSubstr("# TYPE candor_http_requests_total counter\n"));
    const HttpAnswer open = get("/metrics", "Accept: application/openmetrics-text\r\n");
    EXPECT_EQ(open.header("content-type"),
              "application/openmetrics-text; version=1.0.0; charset=utf-8");
    EXPECT_TRUE(open.body.ends_with("# EOF\n"));
    EXPECT_EQ(get("/metrics", "Accept-Encoding: gzip\r\n").header("content-encoding"), "gzip");
}

TEST_F(LivePages, each_listener_serves_its_own_urls_only) {
    start({}, Addresses::kApart);
    Talk intake(port(web::Listener::kIntake), {.host = "127.0.0.2"});
    Talk console(port(web::Listener::kConsole), {.host = "127.0.0.3"});
    EXPECT_EQ(get("/metrics").status, 404);
    EXPECT_EQ(get("/ping/nightly").status, 404);
    EXPECT_EQ(intake.get("/").status, 404);
    EXPECT_EQ(intake.get("/metrics").status, 404);
    EXPECT_EQ(console.get("/").header("location"), "/console/");
    EXPECT_EQ(console.get("/ping/nightly").status, 404);
    EXPECT_EQ(console.get("/metrics").status, 200);
    EXPECT_EQ(intake.get("/ping/nightly").status, 200);
}

TEST_F(LivePages, sharing_one_address_is_for_loopback_only) {
    const web::Address everywhere{.host = "0.0.0.0", .port = 0};
    const auto server = web::start_server(
        {.public_pages = everywhere, .intake = everywhere, .console = {}}, operator_, pages_, {});
    ASSERT_FALSE(server);
    EXPECT_THAT(server.error().message, HasSubstr("allowed on loopback only"));
}

TEST_F(LivePages, a_second_server_on_the_same_port_is_refused) {
    const web::Address taken{.host = "127.0.0.1", .port = port()};
    const auto second = web::start_server(
        {.public_pages = taken, .intake = taken, .console = taken}, operator_, pages_, {});
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().message, HasSubstr("stop the program that holds it"));
}

TEST_F(LivePages, several_threads_serve_the_same_site) {
    start({}, Addresses::kShared, 3);
    for (int i = 0; i < 60; ++i) ASSERT_EQ(get("/").body, "<p>position 1");
}

}  // namespace
}  // namespace candor::test
