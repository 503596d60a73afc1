#include "detect/heartbeat.h"

#include <gtest/gtest.h>

namespace candor::detect {
namespace {

const CheckId kCheck{"backups/1"};

HeartbeatTarget target(Duration grace, Duration max_runtime = {}) {
    HeartbeatTarget t;
    t.every = minutes(10);
    t.grace = grace;
    t.max_runtime = max_runtime;
    return t;
}

HeartbeatPing ping(PingKind kind, std::int64_t exit_code = 0, std::string run = "") {
    return {kCheck, kind, exit_code, std::move(run), ""};
}

// Zero stands for "never" in the watch, so the world begins a million seconds later.
constexpr Timestamp at(std::int64_t second) {
    return Timestamp{(1'000'000 + second) * 1'000};
}

// Pings at `second`, with the next one due ten minutes later.
Observation beat(HeartbeatWatch& watch, const HeartbeatTarget& t, std::int64_t second,
                 const HeartbeatPing& p) {
    return watch.ping(p, t, at(second), at(second + 600));
}

TEST(Heartbeat, nothing_is_expected_before_the_first_ping) {
    HeartbeatWatch watch;
    EXPECT_FALSE(watch.deadline(target(minutes(1))).has_value());
    EXPECT_FALSE(watch.overdue(kCheck, target(minutes(1)), at(1'000'000)).has_value());
}

TEST(Heartbeat, pings_become_results) {
    HeartbeatWatch watch;
    const HeartbeatTarget t = target(minutes(1));
    EXPECT_EQ(beat(watch, t, 1, ping(PingKind::kSuccess)).result, ObservationResult::kPass);
    EXPECT_EQ(beat(watch, t, 2, ping(PingKind::kExitCode, 0)).result, ObservationResult::kPass);
    EXPECT_EQ(beat(watch, t, 3, ping(PingKind::kLog)).result, ObservationResult::kLog);
    EXPECT_EQ(beat(watch, t, 4, ping(PingKind::kStart)).result, ObservationResult::kLog);
    const Observation failed = beat(watch, t, 5, ping(PingKind::kFail));
    EXPECT_EQ(failed.result, ObservationResult::kFail);
    EXPECT_EQ(failed.evidence.kind, FailureKind::kReportedFailure);
    const Observation exit = beat(watch, t, 6, ping(PingKind::kExitCode, 255));
    EXPECT_EQ(exit.result, ObservationResult::kFail);
    EXPECT_EQ(exit.evidence.kind, FailureKind::kExitCode);
    EXPECT_EQ(exit.evidence.value, 255);
}

TEST(Heartbeat, silence_is_told_once_at_due_plus_grace) {
    HeartbeatWatch watch;
    const HeartbeatTarget t = target(minutes(1));
    beat(watch, t, 0, ping(PingKind::kSuccess));
    EXPECT_EQ(watch.deadline(t), at(660));
    EXPECT_FALSE(watch.overdue(kCheck, t, at(659)).has_value());
    const auto silent = watch.overdue(kCheck, t, at(660));
    ASSERT_TRUE(silent.has_value());
    EXPECT_EQ(silent->check, kCheck);
    EXPECT_EQ(silent->result, ObservationResult::kSilent);
    EXPECT_EQ(silent->evidence, (Evidence{FailureKind::kMissed, 60'000, 60'000}));
    EXPECT_FALSE(watch.deadline(t).has_value());
    EXPECT_FALSE(watch.overdue(kCheck, t, at(9'999)).has_value());
}

TEST(Heartbeat, a_log_ping_postpones_nothing) {
    HeartbeatWatch watch;
    const HeartbeatTarget t = target(minutes(1));
    beat(watch, t, 0, ping(PingKind::kSuccess));
    beat(watch, t, 500, ping(PingKind::kLog));
    EXPECT_EQ(watch.deadline(t), at(660));
}

TEST(Heartbeat, a_run_has_its_own_limit_and_is_timed) {
    HeartbeatWatch watch;
    const HeartbeatTarget t = target(minutes(1), minutes(5));
    beat(watch, t, 0, ping(PingKind::kSuccess));
    beat(watch, t, 600, ping(PingKind::kStart));
    EXPECT_EQ(watch.deadline(t), at(900));
    const Observation done = beat(watch, t, 890, ping(PingKind::kSuccess));
    EXPECT_EQ(done.timing.total_us, 290'000'000);
    EXPECT_EQ(watch.deadline(t), at(890 + 660));
}

TEST(Heartbeat, without_max_runtime_the_grace_is_the_limit) {
    HeartbeatWatch watch;
    const HeartbeatTarget t = target(minutes(1));
    beat(watch, t, 600, ping(PingKind::kStart));
    const auto late = watch.overdue(kCheck, t, at(660));
    ASSERT_TRUE(late.has_value());
    EXPECT_EQ(late->result, ObservationResult::kFail);
    EXPECT_EQ(late->evidence, (Evidence{FailureKind::kRanTooLong, 60'000, 60'000}));
}

TEST(Heartbeat, an_overlong_run_that_ends_at_last_is_no_longer_running) {
    HeartbeatWatch watch;
    const HeartbeatTarget t = target(minutes(1), minutes(5));
    beat(watch, t, 0, ping(PingKind::kStart));
    ASSERT_TRUE(watch.overdue(kCheck, t, at(300)).has_value());
    const Observation done = beat(watch, t, 400, ping(PingKind::kSuccess));
    EXPECT_EQ(done.result, ObservationResult::kPass);
    EXPECT_EQ(done.timing.total_us, 0);
    EXPECT_EQ(watch.deadline(t), at(400 + 660));
}

TEST(Heartbeat, runs_are_paired_by_their_id) {
    HeartbeatWatch watch;
    const HeartbeatTarget t = target(minutes(1), minutes(5));
    beat(watch, t, 0, ping(PingKind::kStart, 0, "a"));
    beat(watch, t, 100, ping(PingKind::kSuccess, 0, "b"));
    EXPECT_EQ(watch.deadline(t), at(300));
    beat(watch, t, 200, ping(PingKind::kSuccess, 0, "a"));
    EXPECT_EQ(watch.deadline(t), at(860));
}

TEST(Heartbeat, a_failure_ends_any_run) {
    HeartbeatWatch watch;
    const HeartbeatTarget t = target(minutes(1), minutes(5));
    beat(watch, t, 0, ping(PingKind::kStart, 0, "a"));
    beat(watch, t, 100, ping(PingKind::kFail, 0, "b"));
    EXPECT_EQ(watch.deadline(t), at(760));
}

TEST(Heartbeat, a_body_is_kept_up_to_its_bound) {
    HeartbeatWatch watch;
    HeartbeatPing p = ping(PingKind::kSuccess);
    p.body = std::string(kDetailBytesMax + 1, 'x');
    EXPECT_EQ(beat(watch, target(minutes(1)), 0, p).detail.size(), kDetailBytesMax);
}

TEST(Heartbeat, expecting_anew_gives_a_whole_grace_and_forgets_the_run) {
    HeartbeatWatch watch;
    const HeartbeatTarget t = target(minutes(1), minutes(5));
    beat(watch, t, 0, ping(PingKind::kStart));
    watch.expect(at(10'000));
    EXPECT_EQ(watch.deadline(t), at(10'060));
}

}  // namespace
}  // namespace candor::detect
