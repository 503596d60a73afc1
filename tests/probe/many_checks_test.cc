// 2,000 checks at once on the prober's one thread: every result comes, and the processor time is
// what a round of them every 10 s can afford on one core.
#include <sys/resource.h>

#include <set>

#include "tests/probe/probe_fixture.h"
#include "tests/probe/scripted_server.h"

namespace candor::probe::testing {
namespace {

constexpr int kChecks = 2000;
// Of one core during the 10 s until the next round, the test's own server included.
constexpr double kCpuSecondsMax = 5;

double cpu_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds_of = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
}

using ManyChecksTest = ProbeFixture;

TEST_F(ManyChecksTest, two_thousand_run_at_once_on_one_thread) {
    const ScriptedServer server(answers(response(200, "ok")));
    std::vector<CheckSpec> checks;
    for (int i = 0; i < kChecks; ++i) {
        HttpTarget target;
        target.url = server.url("/" + std::to_string(i));
        target.body_contains = "ok";
        checks.push_back(check_spec(std::to_string(i), target, seconds(30)));
    }
    prober_->configure(checks);
    const double before = cpu_seconds();
    for (int i = 0; i < kChecks; ++i) {
        prober_->start(CheckId{std::to_string(i)}, static_cast<std::uint64_t>(i));
    }
    std::set<std::uint64_t> runs;
    for (const ProbeResult& result : wait_for(kChecks)) {
        runs.insert(result.run);
        EXPECT_EQ(result.observation.result, ObservationResult::kPass) << result.observation.detail;
    }
    EXPECT_EQ(runs.size(), static_cast<std::size_t>(kChecks));
    const double used = cpu_seconds() - before;
    RecordProperty("cpu_ms", static_cast<int>(used * 1000));
    EXPECT_LT(used, kCpuSecondsMax);
}

}  // namespace
}  // namespace candor::probe::testing
