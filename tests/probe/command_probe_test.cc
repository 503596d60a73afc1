// The command check against real programs of the system: what they get, how they end, what stays.
#include <poll.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <string>

#include "tests/probe/probe_fixture.h"

namespace candor::probe::testing {
namespace {

using CommandProbeTest = ProbeFixture;

CommandTarget shell(std::string script) {
    return CommandTarget{{"sh", "-c", std::move(script)}};
}

// Waits until the process has ended; false when it still lives after `wait_ms`.
bool ends_within(pid_t pid, int wait_ms) {
    const int pidfd = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
    if (pidfd < 0) return true;  // already collected
    pollfd ended{pidfd, POLLIN, 0};
    const bool gone = ::poll(&ended, 1, wait_ms) == 1;
    ::close(pidfd);
    return gone;
}

bool ends(const std::string& pid) {
    return ends_within(std::stoi(pid), kPatienceSeconds * 1000);
}

TEST_F(CommandProbeTest, exit_code_zero_passes_and_what_it_said_is_kept) {
    const Observation seen = run(CommandTarget{{"echo", "lag", "3 s"}});
    EXPECT_EQ(seen.result, ObservationResult::kPass);
    EXPECT_EQ(seen.detail, "lag 3 s");
    EXPECT_GT(seen.timing.total_us, 0);
}

TEST_F(CommandProbeTest, another_exit_code_fails_with_its_number) {
    const Observation seen = run(shell("echo broken >&2; exit 3"));
    EXPECT_EQ(seen.evidence, (Evidence{FailureKind::kExitCode, 3, 0}));
    EXPECT_EQ(seen.detail, "broken");
    EXPECT_EQ(run(CommandTarget{{"false"}}).detail, "ended with exit code 1");
}

TEST_F(CommandProbeTest, a_signal_is_told_from_an_exit_code) {
    EXPECT_EQ(run(shell("kill -9 $$")).evidence, (Evidence{FailureKind::kKilled, 9, 0}));
}

TEST_F(CommandProbeTest, what_cannot_start_could_not_run) {
    const Observation seen = run(CommandTarget{{"/nowhere/check"}});
    EXPECT_EQ(seen.evidence.kind, FailureKind::kCouldNotRun);
    EXPECT_NE(seen.detail.find("/nowhere/check"), std::string::npos) << seen.detail;
    EXPECT_EQ(run(CommandTarget{}).evidence.kind, FailureKind::kCouldNotRun);
}

TEST_F(CommandProbeTest, no_shell_reads_the_arguments) {
    EXPECT_EQ(run(CommandTarget{{"echo", "$HOME", "; exit 1", "*"}}).detail, "$HOME ; exit 1 *");
}

TEST_F(CommandProbeTest, it_gets_four_variables_no_input_and_no_descriptor) {
    ::setenv("CANDOR_TEST_SECRET", "s3cret", 1);
    const Observation environment = run(CommandTarget{{"env"}});
    ::unsetenv("CANDOR_TEST_SECRET");
    EXPECT_EQ(environment.detail.find("s3cret"), std::string::npos);
    for (const char* name : {"PATH=", "HOME=", "LANG=", "CANDOR_CHECK_ID=it"}) {
        EXPECT_NE(environment.detail.find(name), std::string::npos) << environment.detail;
    }
    EXPECT_EQ(run(CommandTarget{{"cat"}}).result, ObservationResult::kPass)
        << "input is at its end";
    // 3 is the folder that ls itself reads.
    EXPECT_EQ(run(CommandTarget{{"ls", "/proc/self/fd"}}).detail, "0 1 2 3");
}

TEST_F(CommandProbeTest, it_leads_a_process_group_of_its_own) {
    const std::string ids = run(CommandTarget{{"cut", "-d ", "-f1,5", "/proc/self/stat"}}).detail;
    const std::size_t space = ids.find(' ');
    ASSERT_NE(space, std::string::npos) << ids;
    EXPECT_EQ(ids.substr(0, space), ids.substr(space + 1));
}

TEST_F(CommandProbeTest, at_the_timeout_it_is_killed_with_its_children) {
    const Observation seen = run(shell("sleep 1000 & echo $! $$; wait"), milliseconds(500));
    EXPECT_EQ(seen.evidence, (Evidence{FailureKind::kTimeout, 500, 500}));
    const std::size_t space = seen.detail.find(' ');
    ASSERT_NE(space, std::string::npos) << seen.detail;
    EXPECT_TRUE(ends(seen.detail.substr(0, space))) << "the child";
    EXPECT_TRUE(ends(seen.detail.substr(space + 1))) << "the command";
}

TEST_F(CommandProbeTest, a_child_left_behind_is_killed_when_the_command_ends) {
    const Observation seen = run(shell("sleep 1000 & echo $!"));
    EXPECT_EQ(seen.result, ObservationResult::kPass);
    EXPECT_TRUE(ends(seen.detail));
}

TEST_F(CommandProbeTest, stopping_the_prober_kills_what_runs) {
    prober_->configure({check_spec("slow", shell("sleep 1000"), hours(1)),
                        check_spec("look", CommandTarget{{"true"}})});
    prober_->start(CheckId{"slow"}, 1);
    prober_->start(CheckId{"look"}, 2);
    ASSERT_EQ(wait_for(1).size(), 1U);  // the slow one was started before
    prober_.reset();
    start_prober();
    EXPECT_EQ(run(CommandTarget{{"true"}}).result, ObservationResult::kPass);
}

// The control: the way these tests look for survivors does find one.
TEST(CommandProbeControl, a_living_process_is_noticed) {
    EXPECT_FALSE(ends_within(::getpid(), 0));
}

TEST_F(CommandProbeTest, only_the_end_of_its_output_is_kept) {
    const Observation seen = run(shell("echo first; seq 1 20000; echo last"));
    EXPECT_EQ(seen.result, ObservationResult::kPass);
    EXPECT_TRUE(seen.detail.ends_with("20000 last")) << seen.detail;
    EXPECT_EQ(seen.detail.find("first"), std::string::npos);
    EXPECT_LE(seen.detail.size(), kDetailBytesMax);
    EXPECT_GE(seen.detail.size(), kDetailBytesMax - 8);
}

TEST_F(CommandProbeTest, endless_output_delays_nobody_and_ends_at_the_timeout) {
    prober_->configure({check_spec("endless", CommandTarget{{"yes"}}, milliseconds(1500)),
                        check_spec("quick", CommandTarget{{"true"}})});
    prober_->start(CheckId{"endless"}, 1);
    prober_->start(CheckId{"quick"}, 2);
    const auto first = wait_for(1);
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first[0].observation.check, CheckId{"quick"});
    const auto second = wait_for(1);
    ASSERT_EQ(second.size(), 1U);
    EXPECT_EQ(second[0].observation.evidence.kind, FailureKind::kTimeout);
    EXPECT_LE(second[0].observation.detail.size(), kDetailBytesMax);
}

TEST_F(CommandProbeTest, bytes_that_are_no_text_become_text) {
    EXPECT_EQ(run(CommandTarget{{"printf", "a\\377b\\001c\\n"}}).detail, "a?b c");
}

}  // namespace
}  // namespace candor::probe::testing
