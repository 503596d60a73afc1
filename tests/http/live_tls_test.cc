// TLS from outside: versions, ciphers, protocols, big answers, event streams, renewal, and what is
// not TLS at all. Limits are short here, so that reaching one takes no patience.
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cstdlib>

#include "tests/http/live_web.h"
#include "tests/http/test_certificate.h"
#include "tests/http/tls_talk.h"

namespace candor::test {
namespace {

web::TlsContextPtr context_of(const PemPair& pem) {
    auto made = web::TlsContext::make(pem.certificate, pem.key);
    EXPECT_TRUE(made) << made.error().message;
    return *made;
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

// The page speaks TLS, the other listeners do not.
class LiveTls : public LiveWeb {
   protected:
    void start_tls(web::ServerLimits limits = {}) {
        adjust_ = [](web::ServerOptions& options) {
            options.tls.public_pages = context_of(make_certificate());
            options.hsts = true;
            options.console.host = "127.0.0.3";
            options.intake.host = "127.0.0.3";
        };
        start(limits);
        TlsTalk first(port());
        while (!has(first.get("/"), "200 OK")) ASSERT_TRUE(first.is_established());
    }
    void SetUp() override { start_tls(); }

    double metric_of(const std::string& line) {
        Talk talk(port(web::Listener::kConsole), {.host = "127.0.0.3"});
        const std::string text = "\n" + talk.get("/metrics").body;
        const std::size_t at = text.find("\n" + line + " ");
        return at == std::string::npos ? -1 : std::strtod(&text[at + line.size() + 2], nullptr);
    }
};

TEST_F(LiveTls, serves_the_page_and_says_so_to_browsers) {
    TlsTalk talk(port());
    ASSERT_TRUE(talk.is_established());
    EXPECT_EQ(talk.version(), "TLSv1.3");
    for (int i = 0; i < 3; ++i) {
        const std::string answer = talk.get("/");
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
        EXPECT_TRUE(answer.ends_with("<p>position 1")) << answer;
        EXPECT_TRUE(has(answer, "Strict-Transport-Security: max-age=31536000\r\n")) << answer;
    }
}

TEST_F(LiveTls, plain_listeners_stay_plain) {
    Talk console(port(web::Listener::kConsole), {.host = "127.0.0.3"});
    const HttpAnswer answer = console.get("/healthz");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("strict-transport-security"), "");
    EXPECT_FALSE(TlsTalk(port(web::Listener::kConsole), {.host = "127.0.0.3"}).is_established());
}

TEST_F(LiveTls, takes_tls_1_2_and_refuses_what_is_older) {
    TlsTalk old_enough(port(), {.version_max = TLS1_2_VERSION});
    ASSERT_TRUE(old_enough.is_established());
    EXPECT_EQ(old_enough.version(), "TLSv1.2");
    EXPECT_TRUE(old_enough.cipher().starts_with("ECDHE-")) << old_enough.cipher();
    EXPECT_TRUE(has(old_enough.get("/"), "200 OK"));
    for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
        EXPECT_FALSE(TlsTalk(port(), {.version_max = version}).is_established()) << version;
    }
}

TEST_F(LiveTls, speaks_http_1_1_and_nothing_else) {
    EXPECT_EQ(TlsTalk(port(), {.protocols = "\x02h2\x08http/1.1"}).protocol(), "http/1.1");
    EXPECT_FALSE(TlsTalk(port(), {.protocols = "\x02h2"}).is_established());
    EXPECT_TRUE(TlsTalk(port()).is_established()) << "who offers none means HTTP/1.1";
}

TEST_F(LiveTls, a_big_answer_arrives_whole_also_at_a_slow_reader) {
    TlsTalk slow(port(), {.receive_buffer = 4096});
    const std::string answer = slow.get("/big");
    EXPECT_EQ(answer.size() - answer.find("\r\n\r\n") - 4, big_body().size());
    EXPECT_TRUE(answer.ends_with("xxxx"));
    EXPECT_TRUE(has(slow.get("/"), "200 OK")) << "and the connection goes on";
}

TEST_F(LiveTls, pipelined_requests_are_all_answered) {
    TlsTalk talk(port());
    std::string many;
    for (int i = 0; i < 2'000; ++i) many += "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    ASSERT_TRUE(talk.send(many));
    for (int i = 0; i < 2'000; ++i) {
        ASSERT_TRUE(talk.read_until("<p>position 1").starts_with("HTTP/1.1 200 OK")) << i;
    }
}

TEST_F(LiveTls, the_last_answer_ends_with_a_goodbye) {
    TlsTalk talk(port());
    EXPECT_TRUE(has(talk.get("/", "Connection: close\r\n"), "200 OK"));
    EXPECT_TRUE(talk.ends_cleanly());
    TlsTalk bad(port());
    bad.send("GET / HTTP/1.1\r\n\r\n");
    EXPECT_TRUE(bad.read_until("\r\n\r\n").starts_with("HTTP/1.1 400"));
    EXPECT_TRUE(bad.ends_cleanly());
}

TEST_F(LiveTls, event_streams_are_told_of_new_positions) {
    TlsTalk stream(port());
    stream.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(has(stream.read_until("\"position\":1,"), "text/event-stream"));
    publish(2);
    EXPECT_TRUE(has(stream.read_until("\"position\":2,"), "id: 2"));
}

TEST_F(LiveTls, a_renewed_certificate_is_shown_and_open_connections_go_on) {
    TlsTalk before(port());
    const long old_serial = before.certificate_serial();
    server_->set_certificate(web::Listener::kPublic, context_of(make_certificate()));
    while (TlsTalk(port()).certificate_serial() == old_serial) {
    }
    EXPECT_EQ(before.certificate_serial(), old_serial);
    EXPECT_TRUE(has(before.get("/"), "200 OK"));
}

// --- what is no TLS ------------------------------------------------------------------------------

TEST_F(LiveTls, plain_http_is_told_to_speak_tls_and_closed) {
    Talk talk(port());
    const HttpAnswer answer = talk.get("/");
    EXPECT_EQ(answer.status, 400);
    EXPECT_TRUE(has(answer.body, "HTTPS")) << answer.body;
    EXPECT_TRUE(answer.closes());
    EXPECT_TRUE(talk.ends());
    EXPECT_EQ(metric_of("candor_tls_handshakes_total{result=\"plain\"}"), 1);
}

TEST_F(LiveTls, garbage_is_closed_and_nobody_else_notices) {
    TlsTalk calm(port());
    for (const std::string& garbage :
         {std::string(1, '\0'), std::string("\x16\x03\x01\x00\x05hello", 10), std::string("\x16"),
          std::string("\x16\x03\x01\xff\xff", 5) + std::string(70'000, 'x'),
          std::string("\x80\x2e\x01\x03\x01", 5), std::string(100'000, '\xff')}) {
        Talk talk(port());
        talk.send(garbage);
        talk.finish_sending();
        EXPECT_TRUE(talk.ends());
        EXPECT_TRUE(has(calm.get("/"), "200 OK"));
    }
    EXPECT_GE(metric_of("candor_tls_handshakes_total{result=\"failed\"}"), 2);
}

TEST_F(LiveTls, a_handshake_that_does_not_end_is_closed) {
    start_tls({.handshake = milliseconds(150)});
    Talk silent(port());
    Talk slow(port());
    slow.send(std::string("\x16\x03\x01\x01\x00\x01", 6));  // a hello that does not come
    EXPECT_TRUE(silent.ends());
    EXPECT_TRUE(slow.ends());
    EXPECT_EQ(metric_of("candor_http_closed_total{reason=\"handshake\"}"), 2);
}

TEST_F(LiveTls, unfinished_handshakes_make_room_at_the_cap) {
    start_tls({.connections = 4});
    std::vector<std::unique_ptr<Talk>> stalled;
    for (int i = 0; i < 8; ++i) {
        stalled.push_back(std::make_unique<Talk>(port()));
        stalled.back()->send("\x16\x03\x01");
    }
    EXPECT_TRUE(has(TlsTalk(port()).get("/"), "200 OK"));
}

// The whole corpus of malformed requests means the same inside TLS.
TEST_F(LiveTls, malformed_requests_are_refused_inside_too) {
    for (const char* bad :
         {"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
          "GET / HTTP/1.1\nHost: a\n\n", "GET / HTTP/1.1\r\nHost : a\r\n\r\n"}) {
        TlsTalk talk(port());
        talk.send(bad);
        EXPECT_TRUE(talk.read_until("\r\n\r\n").starts_with("HTTP/1.1 400")) << bad;
        EXPECT_TRUE(talk.ends_cleanly()) << bad;
    }
}

// --- certificates --------------------------------------------------------------------------------

std::string why_not(const std::string& certificate, const std::string& key) {
    const auto made = web::TlsContext::make(certificate, key);
    return made ? "good" : made.error().message;
}

TEST(TlsContext, says_what_is_wrong_with_which_file) {
    const PemPair one = make_certificate();
    const PemPair other = make_certificate();
    EXPECT_EQ(why_not(one.certificate, one.key), "good");
    EXPECT_EQ(why_not(one.certificate + other.certificate, one.key), "good") << "with a chain";
    EXPECT_EQ(why_not(one.certificate, other.key), "the key does not belong to the certificate");
    EXPECT_EQ(why_not("", one.key), "there is no certificate in PEM in it");
    EXPECT_EQ(why_not(one.key, one.key), "there is no certificate in PEM in it");
    EXPECT_EQ(why_not(one.certificate, one.certificate),
              "there is no private key in PEM in the key's file");
    std::string damaged = one.certificate;
    damaged[damaged.size() / 2] = '*';
    EXPECT_EQ(why_not(damaged, one.key), "its certificate is damaged");
    EXPECT_TRUE(has(why_not(one.certificate, make_certificate({.passphrase = "x1y2"}).key),
                    "the key has a passphrase"));
}

TEST(TlsContext, files_and_chains_are_bounded) {
    const PemPair one = make_certificate();
    EXPECT_TRUE(has(why_not(std::string(web::kPemBytesMax + 1, ' '), one.key), "256 KiB"));
    EXPECT_TRUE(has(why_not(one.certificate, std::string(web::kPemBytesMax + 1, ' ')), "256 KiB"));
    std::string chain = one.certificate;
    for (int i = 0; i < web::kChainMax; ++i) chain += one.certificate;
    EXPECT_EQ(why_not(chain, one.key), "good");
    EXPECT_TRUE(has(why_not(chain + one.certificate, one.key), "longer than 10"));
}

TEST(Certificate, tells_its_names_and_dates) {
    const PemPair pem = make_certificate(
        {.names = "DNS:*.acme.example,DNS:acme.example,IP:::1", .expires_in = days(10)});
    const auto certificate = web::Certificate::parse(pem.certificate);
    ASSERT_TRUE(certificate);
    EXPECT_EQ(certificate->names(),
              (std::vector<std::string>{"*.acme.example", "acme.example", "::1"}));
    EXPECT_EQ(certificate->not_after() - certificate->not_before(), days(11));
    for (const char* good : {"status.acme.example", "acme.example", "ACME.example", "::1"}) {
        EXPECT_TRUE(certificate->covers(good)) << good;
    }
    for (const char* bad : {"a.b.acme.example", "example", "Test", "127.0.0.1", ""}) {
        EXPECT_FALSE(certificate->covers(bad)) << bad;
    }
}

}  // namespace
}  // namespace candor::test
