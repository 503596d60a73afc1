// Pings to this machine. A system that forbids unprivileged ICMP is told from a target that is
// silent: the probe says that it could not run, and how to allow it.
#include "tests/probe/probe_fixture.h"

namespace candor::probe::testing {
namespace {

using PingProbeTest = ProbeFixture;

void expect_answer_or_remedy(const Observation& seen) {
    if (seen.result == ObservationResult::kPass) {
        EXPECT_GT(seen.timing.first_byte_us, 0);
        EXPECT_GE(seen.timing.total_us, seen.timing.first_byte_us);
        return;
    }
    EXPECT_EQ(seen.evidence.kind, FailureKind::kCouldNotRun) << seen.detail;
    EXPECT_NE(seen.detail.find("net.ipv4.ping_group_range"), std::string::npos) << seen.detail;
}

TEST_F(PingProbeTest, this_machine_answers_or_the_remedy_is_named) {
    expect_answer_or_remedy(run(PingTarget{"127.0.0.1"}));
}

TEST_F(PingProbeTest, a_name_is_looked_up_first) {
    const Observation seen = run(PingTarget{"localhost"});
    EXPECT_GT(seen.timing.name_us, 0);
    if (seen.evidence.kind == FailureKind::kUnreachable) return;  // ::1 without IPv6
    expect_answer_or_remedy(seen);
}

// The control: not everything passes.
TEST_F(PingProbeTest, a_name_that_is_none_is_a_failure_of_the_name) {
    const Observation seen = run(PingTarget{std::string(70, 'x')});
    EXPECT_EQ(seen.result, ObservationResult::kFail);
    EXPECT_NE(seen.evidence.kind, FailureKind::kCouldNotRun) << seen.detail;
}

}  // namespace
}  // namespace candor::probe::testing
