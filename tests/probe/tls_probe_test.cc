// Certificates as the tls and the http check see them, signed by an authority of the test's own.
#include <signal.h>

#include "tests/probe/probe_fixture.h"
#include "tests/probe/scripted_server.h"
#include "tests/probe/test_authority.h"

namespace candor::probe::testing {
namespace {

class TlsProbeTest : public ProbeFixture {
   protected:
    void SetUp() override {
        // The test's own servers write to connections that the probe has closed.
        ::signal(SIGPIPE, SIG_IGN);
        start_prober({.ca_file = authority_.file()});
    }

    ScriptedServer::Script signed_server(const CertificateRequest& request) {
        return answers_over_tls(authority_.sign(request), response(200, "fine"));
    }

    static TlsTarget shake(const ScriptedServer& server) {
        return TlsTarget{"127.0.0.1", server.port(), 14};
    }
    static HttpTarget fetch(const ScriptedServer& server) {
        HttpTarget target;
        target.url = server.url("/", "https");
        return target;
    }

    TestAuthority authority_;
};

TEST_F(TlsProbeTest, a_good_certificate_passes_and_its_expiry_is_told) {
    const ScriptedServer server(signed_server({.expires_in = days(90)}));
    const Observation seen = run(shake(server));
    EXPECT_EQ(seen.result, ObservationResult::kPass) << seen.detail;
    EXPECT_GT(seen.timing.connect_us, 0);
    EXPECT_GT(seen.timing.tls_us, 0);
    EXPECT_TRUE(seen.certificate_expires);
}

TEST_F(TlsProbeTest, https_is_verified_measured_and_tells_the_same_expiry) {
    const ScriptedServer server(signed_server({.expires_in = days(90)}));
    HttpTarget target = fetch(server);
    target.body_contains = "fine";
    const Observation by_http = run(target);
    EXPECT_EQ(by_http.result, ObservationResult::kPass) << by_http.detail;
    EXPECT_GT(by_http.timing.tls_us, 0);
    EXPECT_GT(by_http.timing.first_byte_us, 0);
    EXPECT_GE(by_http.timing.total_us,
              by_http.timing.connect_us + by_http.timing.tls_us + by_http.timing.first_byte_us);
    EXPECT_EQ(by_http.certificate_expires, run(shake(server)).certificate_expires);
}

TEST_F(TlsProbeTest, fewer_days_than_wanted_fail_with_both_numbers) {
    const ScriptedServer server(signed_server({.expires_in = days(10) + hours(1)}));
    EXPECT_EQ(run(shake(server)).evidence, (Evidence{FailureKind::kCertExpiring, 10, 14}));
    TlsTarget patient = shake(server);
    patient.days_min = 10;
    EXPECT_EQ(run(patient).result, ObservationResult::kPass);
    EXPECT_EQ(run(fetch(server)).result, ObservationResult::kPass) << "https asks for trust only";
}

TEST_F(TlsProbeTest, an_expired_certificate_is_told_as_such) {
    const ScriptedServer server(
        signed_server({.expires_in = milliseconds(-(days(2) + hours(1)).ms)}));
    const Observation seen = run(shake(server));
    EXPECT_EQ(seen.evidence, (Evidence{FailureKind::kCertExpired, 2, 0}));
    EXPECT_TRUE(seen.certificate_expires);
    const Observation by_http = run(fetch(server));
    EXPECT_EQ(by_http.evidence, (Evidence{FailureKind::kCertExpired, 2, 0}));
    EXPECT_EQ(by_http.certificate_expires, seen.certificate_expires);
}

TEST_F(TlsProbeTest, another_name_is_not_trusted) {
    const ScriptedServer server(signed_server({.alternative_names = "DNS:other.example"}));
    EXPECT_EQ(run(shake(server)).evidence.kind, FailureKind::kTlsFailed);
    EXPECT_EQ(run(fetch(server)).evidence.kind, FailureKind::kTlsFailed);
}

TEST_F(TlsProbeTest, another_authority_is_not_trusted) {
    const TestAuthority stranger;
    const ScriptedServer server(answers_over_tls(stranger.sign({}), response(200, "fine")));
    const Observation seen = run(shake(server));
    EXPECT_EQ(seen.evidence.kind, FailureKind::kTlsFailed);
    EXPECT_NE(seen.detail.find("not trusted"), std::string::npos) << seen.detail;
    EXPECT_TRUE(seen.certificate_expires) << "seen, though not trusted";
    EXPECT_EQ(run(fetch(server)).evidence.kind, FailureKind::kTlsFailed);
}

// The control: with the system's authorities the same good server is refused.
TEST_F(TlsProbeTest, the_tests_authority_is_trusted_only_where_it_is_named) {
    const ScriptedServer server(signed_server({}));
    start_prober();
    EXPECT_EQ(run(shake(server)).evidence.kind, FailureKind::kTlsFailed);
}

TEST_F(TlsProbeTest, a_server_without_tls_fails_the_handshake) {
    const ScriptedServer server([](int fd) {
        send_all(fd, "220 mail.example ESMTP\r\n");
        wait_for_close(fd);
    });
    EXPECT_EQ(run(shake(server)).evidence.kind, FailureKind::kTlsFailed);
}

TEST_F(TlsProbeTest, silence_in_the_handshake_is_a_timeout_that_says_where) {
    const ScriptedServer server(wait_for_close);
    const Observation seen = run(shake(server), milliseconds(200));
    EXPECT_EQ(seen.evidence, (Evidence{FailureKind::kTimeout, 200, 200}));
    EXPECT_NE(seen.detail.find("TLS handshake"), std::string::npos) << seen.detail;
}

TEST_F(TlsProbeTest, closing_in_the_handshake_is_unreachable) {
    const ScriptedServer server([](int) {});
    EXPECT_EQ(run(shake(server)).evidence.kind, FailureKind::kUnreachable);
}

TEST_F(TlsProbeTest, a_closed_port_is_refused) {
    const ClosedPort closed;
    EXPECT_EQ(run(TlsTarget{"127.0.0.1", closed.port(), 14}).evidence.kind, FailureKind::kRefused);
}

TEST(TlsAuthorities, a_file_that_is_none_is_refused_at_the_start) {
    const auto made = make_prober({.ca_file = "/nowhere/ca.pem"}, [](ProbeResult) {});
    ASSERT_FALSE(made);
    EXPECT_NE(made.error().message.find("/nowhere/ca.pem"), std::string::npos);
}

}  // namespace
}  // namespace candor::probe::testing
