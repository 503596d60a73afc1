// The dns check against a name server that says what the test wants, by UDP and by TCP.
#include <arpa/nameser.h>

#include "tests/probe/probe_fixture.h"
#include "tests/probe/scripted_dns.h"
#include "tests/probe/scripted_server.h"

namespace candor::probe::testing {
namespace {

using DnsProbeTest = ProbeFixture;

DnsTarget ask(const ScriptedDns& server, std::string type, std::vector<std::string> expect = {}) {
    return DnsTarget{"api.example.net", std::move(type), std::move(expect), server.address()};
}

DnsRecord a(const char (&bytes)[5]) {
    return {ns_t_a, std::string(bytes, 4)};
}

TEST_F(DnsProbeTest, any_record_of_the_type_passes_without_an_expectation) {
    const ScriptedDns server({.records = {a("\xc0\x00\x02\x07")}});
    const Observation seen = run(ask(server, "A"));
    EXPECT_EQ(seen.result, ObservationResult::kPass) << seen.detail;
    EXPECT_GT(seen.timing.name_us, 0);
    EXPECT_EQ(server.udp_questions(), 1);
    EXPECT_EQ(server.tcp_questions(), 0);
}

TEST_F(DnsProbeTest, the_exact_set_is_wanted_in_any_order) {
    const ScriptedDns server({.records = {a("\xc0\x00\x02\x07"), a("\xc0\x00\x02\x08")}});
    EXPECT_EQ(run(ask(server, "A", {"192.0.2.8", "192.0.2.7"})).result, ObservationResult::kPass);
    const Observation fewer = run(ask(server, "A", {"192.0.2.7"}));
    EXPECT_EQ(fewer.evidence.kind, FailureKind::kNameMismatch);
    EXPECT_NE(fewer.detail.find("192.0.2.7, 192.0.2.8"), std::string::npos) << fewer.detail;
    EXPECT_EQ(run(ask(server, "A", {"192.0.2.7", "192.0.2.8", "192.0.2.9"})).evidence.kind,
              FailureKind::kNameMismatch);
}

TEST_F(DnsProbeTest, every_type_is_read) {
    const std::string v6("\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01", 16);
    const ScriptedDns server(
        {.records = {{ns_t_aaaa, v6},
                     {ns_t_mx, std::string("\0\x0a", 2) + wire_name("Mail.Example.net")},
                     {ns_t_txt, std::string("\x02v=\x04spf1")},
                     {ns_t_ns, wire_name("ns1.example.net")},
                     {ns_t_cname, wire_name("edge.example.net")}}});
    EXPECT_EQ(run(ask(server, "AAAA", {"2001:DB8:0::1"})).result, ObservationResult::kPass);
    EXPECT_EQ(run(ask(server, "MX", {"10 mail.example.net."})).result, ObservationResult::kPass);
    EXPECT_EQ(run(ask(server, "TXT", {"v=spf1"})).result, ObservationResult::kPass);
    EXPECT_EQ(run(ask(server, "NS", {"NS1.example.net"})).result, ObservationResult::kPass);
    EXPECT_EQ(run(ask(server, "CNAME", {"edge.example.net"})).result, ObservationResult::kPass);
    EXPECT_EQ(run(ask(server, "SRV")).evidence.kind, FailureKind::kCouldNotRun);
}

TEST_F(DnsProbeTest, no_such_name_and_no_such_record_are_not_found) {
    const ScriptedDns no_name({.response_code = ns_r_nxdomain});
    EXPECT_EQ(run(ask(no_name, "A")).evidence.kind, FailureKind::kNameNotFound);
    const ScriptedDns no_record({});
    EXPECT_EQ(run(ask(no_record, "A")).evidence.kind, FailureKind::kNameNotFound);
    const ScriptedDns another_class({.records = {{ns_t_a, "abcd", ns_c_chaos}}});
    EXPECT_EQ(run(ask(another_class, "A")).evidence.kind, FailureKind::kNameNotFound);
}

TEST_F(DnsProbeTest, a_server_that_fails_is_told_from_a_name_that_is_missing) {
    const ScriptedDns fails({.response_code = ns_r_servfail});
    EXPECT_EQ(run(ask(fails, "A")).evidence.kind, FailureKind::kNameServerFailed);
    const ScriptedDns refuses({.response_code = ns_r_refused});
    EXPECT_EQ(run(ask(refuses, "A")).evidence.kind, FailureKind::kNameServerFailed);
    const ScriptedDns silent({.silent = true});
    const Observation seen = run(ask(silent, "A"), milliseconds(300));
    EXPECT_EQ(seen.evidence.kind, FailureKind::kNameServerFailed);
    EXPECT_GE(seen.timing.total_us, 300'000);
}

TEST_F(DnsProbeTest, an_answer_that_does_not_fit_is_asked_for_by_tcp) {
    DnsScript script{.udp_truncated = true};
    for (char last = 1; last <= 100; ++last) {
        script.records.push_back({ns_t_a, std::string("\xc0\x00\x02", 3) + last});
    }
    const ScriptedDns server(std::move(script));
    EXPECT_EQ(run(ask(server, "A")).result, ObservationResult::kPass);
    EXPECT_EQ(server.tcp_questions(), 1);
    EXPECT_EQ(run(ask(server, "A", {"192.0.2.1"})).evidence.kind, FailureKind::kNameMismatch)
        << "the records that came by TCP are compared";
}

TEST_F(DnsProbeTest, an_answer_to_another_question_is_not_believed) {
    const ScriptedDns server({.records = {a("\xc0\x00\x02\x07")}, .foreign_id = true});
    EXPECT_EQ(run(ask(server, "A"), milliseconds(300)).evidence.kind,
              FailureKind::kNameServerFailed);
}

TEST_F(DnsProbeTest, a_malformed_answer_is_a_failure_and_nothing_else) {
    const std::string head("\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c", 10);
    for (const std::string& bytes : {head + std::string("\x00\x40", 2) + "ab",   // runs out
                                     head + std::string("\x00\x03", 2) + "abc",  // 3 bytes of A
                                     std::string("\xc0\xff\x00\x01", 4)}) {
        const ScriptedDns server({.raw_answers = bytes});
        const Observation seen = run(ask(server, "A"), milliseconds(500));
        EXPECT_EQ(seen.result, ObservationResult::kFail);
        EXPECT_TRUE(seen.evidence.kind == FailureKind::kProtocol ||
                    seen.evidence.kind == FailureKind::kNameServerFailed)
            << seen.detail;
    }
}

TEST_F(DnsProbeTest, nobody_at_the_servers_address_is_its_failure) {
    const ClosedPort closed;
    DnsTarget target{"api.example.net", "A", {}, "127.0.0.1:" + std::to_string(closed.port())};
    EXPECT_EQ(run(target, milliseconds(500)).evidence.kind, FailureKind::kNameServerFailed);
    target.server = "not an address";
    EXPECT_EQ(run(target).evidence.kind, FailureKind::kCouldNotRun);
}

TEST_F(DnsProbeTest, a_silent_server_delays_no_question_to_another) {
    const ScriptedDns silent({.silent = true});
    const ScriptedDns server({.records = {a("\xc0\x00\x02\x07")}});
    prober_->configure({check_spec("slow", ask(silent, "A"), seconds(2)),
                        check_spec("quick", ask(server, "A"), seconds(2))});
    for (std::uint64_t run = 1; run <= 20; ++run) prober_->start(CheckId{"slow"}, run);
    prober_->start(CheckId{"quick"}, 21);
    const auto results = wait_for(1);
    ASSERT_FALSE(results.empty());
    EXPECT_EQ(results[0].run, 21U);
}

}  // namespace
}  // namespace candor::probe::testing
