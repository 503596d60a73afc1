// ProbeFixture: a real prober and what it reports, awaited without sleeping.
//
// The only time limit is kPatienceSeconds, far beyond every deadline in these tests: reaching it
// means that a result was lost.
#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "probe/prober.h"

namespace candor::probe::testing {

// Far beyond any deadline used here: reaching it means that a result was lost.
inline constexpr int kPatienceSeconds = 60;

class ProbeFixture : public ::testing::Test {
   protected:
    void start_prober(ProberOptions options = {});
    void SetUp() override { start_prober(); }
    void TearDown() override { prober_.reset(); }

    // Configures just this check and waits for its one result.
    Observation run(CheckTarget target, Duration timeout = seconds(5));

    // The first `n` results since the last call, in order of arrival.
    std::vector<ProbeResult> wait_for(std::size_t n);

    std::unique_ptr<Prober> prober_;

   private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<ProbeResult> results_;
};

CheckSpec check_spec(std::string id, CheckTarget target, Duration timeout = seconds(5));

}  // namespace candor::probe::testing
