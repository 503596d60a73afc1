// Where checks may connect to: judged by the address, after names, at every redirect.
#include "base/reach.h"

#include "tests/probe/probe_fixture.h"
#include "tests/probe/scripted_server.h"

namespace candor::probe::testing {
namespace {

class ProbeReach : public ProbeFixture {
   protected:
    void start_with(std::initializer_list<const char*> items) {
        ProberOptions options;
        options.reach = {};
        for (const char* item : items) EXPECT_TRUE(options.reach.add(item)) << item;
        start_prober(options);
    }
    static HttpTarget at(std::string url) {
        HttpTarget target;
        target.url = std::move(url);
        return target;
    }
    static std::string port_of(const ScriptedServer& server) {
        return std::to_string(server.port());
    }
};

TEST_F(ProbeReach, every_kind_asks_before_it_connects) {
    start_with({"public"});
    const ScriptedServer server(answers(response(200, "")));
    const CheckTarget targets[] = {
        at(server.url("/")),
        at("http://localhost:" + port_of(server) + "/"),
        TcpTarget{"127.0.0.1", server.port()},
        TcpTarget{"localhost", server.port()},
        TlsTarget{"127.0.0.1", server.port(), 1},
        PingTarget{"127.0.0.1"},
        PingTarget{"localhost"},
        DnsTarget{.name = "a.example", .type = "A", .expect = {}, .server = "127.0.0.1:53"}};
    for (const CheckTarget& target : targets) {
        const Observation seen = run(target);
        EXPECT_EQ(seen.evidence.kind, FailureKind::kCouldNotRun) << seen.detail;
        EXPECT_NE(seen.detail.find("is a loopback address, which reach.probes does not allow"),
                  std::string::npos)
            << seen.detail;
    }
    EXPECT_EQ(server.connections(), 0);
}

TEST_F(ProbeReach, a_range_opens_its_addresses_only) {
    start_with({"public", "127.0.0.1"});
    const ScriptedServer server(answers(response(200, "")));
    EXPECT_EQ(run(at(server.url("/"))).result, ObservationResult::kPass);
    EXPECT_EQ(run(at("http://127.0.0.2:" + port_of(server) + "/")).evidence.kind,
              FailureKind::kCouldNotRun);
    EXPECT_EQ(run(TcpTarget{"127.0.0.1", server.port()}).result, ObservationResult::kPass);
}

TEST_F(ProbeReach, a_redirect_is_asked_anew) {
    start_with({"public", "127.0.0.1"});
    const auto redirects_to = [&](const std::string& place) {
        const ScriptedServer server(answers(response(302, "", "Location: " + place + "\r\n")));
        HttpTarget target = at(server.url("/"));
        target.redirects_max = 3;
        return run(target);
    };
    for (const char* place :
         {"http://127.0.0.2:9/", "http://169.254.169.254/latest/meta-data/", "http://[::1]:9/",
          "http://0.0.0.0:9/", "http://[::ffff:10.0.0.1]/"}) {
        const Observation seen = redirects_to(place);
        EXPECT_EQ(seen.evidence.kind, FailureKind::kProtocol) << place << ' ' << seen.detail;
        EXPECT_NE(seen.detail.find("reach.probes"), std::string::npos) << seen.detail;
    }
    const ScriptedServer inner(answers(response(200, "")));
    EXPECT_EQ(redirects_to(inner.url("/")).result, ObservationResult::kPass);
}

TEST_F(ProbeReach, by_default_metadata_and_link_local_are_closed) {
    for (const char* host : {"169.254.169.254", "169.254.1.1", "0.0.0.0", "224.0.0.1"}) {
        const Observation seen = run(TcpTarget{host, 80});
        EXPECT_EQ(seen.evidence.kind, FailureKind::kCouldNotRun) << host << ' ' << seen.detail;
    }
}

}  // namespace
}  // namespace candor::probe::testing
