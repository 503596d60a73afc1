#include "tests/probe/probe_fixture.h"

#include <chrono>
#include <utility>

namespace candor::probe::testing {

CheckSpec check_spec(std::string id, CheckTarget target, Duration timeout) {
    CheckSpec spec;
    spec.rule.id = CheckId{std::move(id)};
    spec.rule.kind = static_cast<CheckKind>(target.index());
    spec.rule.timeout = timeout;
    spec.target = std::move(target);
    return spec;
}

void ProbeFixture::start_prober(ProberOptions options) {
    auto made = make_prober(std::move(options), [this](ProbeResult result) {
        {
            const std::lock_guard lock(mutex_);
            results_.push_back(std::move(result));
        }
        arrived_.notify_all();
    });
    ASSERT_TRUE(made) << made.error().message;
    prober_ = std::move(*made);
}

std::vector<ProbeResult> ProbeFixture::wait_for(std::size_t n) {
    std::unique_lock lock(mutex_);
    const bool all = arrived_.wait_for(lock, std::chrono::seconds(kPatienceSeconds),
                                       [&] { return results_.size() >= n; });
    EXPECT_TRUE(all) << "only " << results_.size() << " of " << n << " results came";
    return std::exchange(results_, {});
}

Observation ProbeFixture::run(CheckTarget target, Duration timeout) {
    prober_->configure({check_spec("it", std::move(target), timeout)});
    prober_->start(CheckId{"it"}, 7);
    const std::vector<ProbeResult> results = wait_for(1);
    if (results.size() != 1) return {};
    EXPECT_EQ(results[0].run, 7U);
    EXPECT_EQ(results[0].observation.check, CheckId{"it"});
    EXPECT_EQ(results[0].observation.number, 0U);
    EXPECT_EQ(results[0].observation.at, Timestamp{});
    EXPECT_LE(results[0].observation.detail.size(), kDetailBytesMax);
    return results[0].observation;
}

}  // namespace candor::probe::testing
