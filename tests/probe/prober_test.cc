// What holds for every kind: one result per start, no probe delays another, configuration, stop.
#include <set>

#include "tests/probe/probe_fixture.h"
#include "tests/probe/scripted_server.h"

namespace candor::probe::testing {
namespace {

using ProberTest = ProbeFixture;

TcpTarget tcp_to(std::uint16_t port) {
    return TcpTarget{"127.0.0.1", port};
}

TEST_F(ProberTest, tcp_passes_when_the_connection_is_accepted) {
    const ScriptedServer server(wait_for_close);
    const Observation seen = run(tcp_to(server.port()));
    EXPECT_EQ(seen.result, ObservationResult::kPass) << seen.detail;
    EXPECT_GT(seen.timing.connect_us, 0);
    EXPECT_GE(seen.timing.total_us, seen.timing.connect_us);
}

TEST_F(ProberTest, tcp_tells_refused_from_silent) {
    const ClosedPort closed;
    EXPECT_EQ(run(tcp_to(closed.port())).evidence.kind, FailureKind::kRefused);
    const SilentPort silent;
    EXPECT_EQ(run(tcp_to(silent.port()), milliseconds(150)).evidence,
              (Evidence{FailureKind::kTimeout, 150, 150}));
}

TEST_F(ProberTest, tcp_looks_names_up_and_tries_the_next_address) {
    const ScriptedServer server(wait_for_close);
    // localhost is ::1 and 127.0.0.1; the server listens on the second only.
    const Observation seen = run(TcpTarget{"localhost", server.port()});
    EXPECT_EQ(seen.result, ObservationResult::kPass) << seen.detail;
    EXPECT_GT(seen.timing.name_us, 0);
}

TEST_F(ProberTest, a_slow_target_delays_no_other) {
    const SilentPort silent;
    const ScriptedServer server(wait_for_close);
    std::vector<CheckSpec> checks;
    for (int i = 0; i < 50; ++i) {
        checks.push_back(
            check_spec("slow-" + std::to_string(i), tcp_to(silent.port()), milliseconds(700)));
    }
    checks.push_back(check_spec("quick", tcp_to(server.port()), milliseconds(700)));
    prober_->configure(checks);
    for (int i = 0; i < 50; ++i) prober_->start(CheckId{"slow-" + std::to_string(i)}, 1);
    prober_->start(CheckId{"quick"}, 2);
    const std::vector<ProbeResult> results = wait_for(1);
    ASSERT_FALSE(results.empty());
    EXPECT_EQ(results[0].observation.check, CheckId{"quick"});
    EXPECT_EQ(results.size() + wait_for(51 - results.size()).size(), 51U);
}

TEST_F(ProberTest, each_start_has_exactly_one_result) {
    const ScriptedServer server(answers(response(200, "")));
    const ClosedPort closed;
    HttpTarget http;
    http.url = server.url();
    prober_->configure({check_spec("a", http), check_spec("b", tcp_to(closed.port()))});
    for (std::uint64_t run = 0; run < 300; ++run) {
        prober_->start(CheckId{run % 2 == 0 ? "a" : "b"}, run);
    }
    std::set<std::uint64_t> runs;
    for (const ProbeResult& result : wait_for(300)) runs.insert(result.run);
    EXPECT_EQ(runs.size(), 300U);
    // Anything that came twice would arrive before this one.
    prober_->start(CheckId{"b"}, 1000);
    const auto last = wait_for(1);
    ASSERT_EQ(last.size(), 1U);
    EXPECT_EQ(last[0].run, 1000U);
}

// A watch that outlives its descriptor would meet the next owner of the same number.
TEST_F(ProberTest, a_command_leaves_no_watch_behind) {
    const ScriptedServer server(answers(response(200, "")));
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(run(CommandTarget{{"true"}}).result, ObservationResult::kPass);
        HttpTarget http;
        http.url = server.url();
        EXPECT_EQ(run(http).result, ObservationResult::kPass);
    }
}

TEST_F(ProberTest, unknown_checks_and_heartbeats_yield_nothing) {
    const ScriptedServer server(wait_for_close);
    prober_->configure(
        {check_spec("beat", HeartbeatTarget{}), check_spec("real", tcp_to(server.port()))});
    prober_->start(CheckId{"nobody"}, 1);
    prober_->start(CheckId{"beat"}, 2);
    prober_->start(CheckId{"real"}, 3);
    const auto results = wait_for(1);
    ASSERT_EQ(results.size(), 1U);
    EXPECT_EQ(results[0].run, 3U);
}

TEST_F(ProberTest, a_running_probe_survives_reconfiguration) {
    const SilentPort silent;
    prober_->configure({check_spec("old", tcp_to(silent.port()), milliseconds(200))});
    prober_->start(CheckId{"old"}, 5);
    prober_->configure({});
    const auto results = wait_for(1);
    ASSERT_EQ(results.size(), 1U);
    EXPECT_EQ(results[0].observation.evidence.kind, FailureKind::kTimeout);
}

TEST_F(ProberTest, stopping_does_not_wait_for_slow_probes) {
    const SilentPort silent;
    prober_->configure({check_spec("slow", tcp_to(silent.port()), hours(1))});
    prober_->start(CheckId{"slow"}, 1);
    prober_.reset();  // the test's own time limit is the assertion
}

TEST_F(ProberTest, one_probe_over_the_limit_could_not_run) {
    start_prober({.running_max = 2});
    const SilentPort silent;
    prober_->configure({check_spec("slow", tcp_to(silent.port()), milliseconds(300))});
    for (std::uint64_t run = 1; run <= 3; ++run) prober_->start(CheckId{"slow"}, run);
    const auto results = wait_for(3);
    ASSERT_EQ(results.size(), 3U);
    EXPECT_EQ(results[0].run, 3U);
    EXPECT_EQ(results[0].observation.evidence.kind, FailureKind::kCouldNotRun);
    EXPECT_EQ(results[1].observation.evidence.kind, FailureKind::kTimeout);
}

TEST_F(ProberTest, a_full_queue_holds_the_caller_back_and_loses_nothing) {
    start_prober({.queued_max = 1});
    const ClosedPort closed;
    prober_->configure({check_spec("a", tcp_to(closed.port()))});
    for (std::uint64_t run = 0; run < 200; ++run) prober_->start(CheckId{"a"}, run);
    EXPECT_EQ(wait_for(200).size(), 200U);
}

}  // namespace
}  // namespace candor::probe::testing
