// A series with one defect, over a sound one: the negative control of the contract suite.
//
// Never used but to show that the suite fails on it. Thread rule: as ports/series.h.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "tests/world/forwarding_series.h"

namespace candor::test {

enum class SeriesDefect : std::uint8_t { kCountsBlindTime, kLosesTheLastOfAGroup, kNeverTrims };

class BrokenSeries final : public world::ForwardingSeries {
   public:
    BrokenSeries(std::unique_ptr<Series> sound, SeriesDefect defect)
        : ForwardingSeries(std::move(sound)), defect_(defect) {}

    Result<void> append(std::span<const Observation> observations) override {
        std::vector<Observation> passed(observations.begin(), observations.end());
        if (defect_ == SeriesDefect::kLosesTheLastOfAGroup && passed.size() > 1) passed.pop_back();
        for (Observation& o : passed) {
            if (defect_ == SeriesDefect::kCountsBlindTime) o.blind = false;
        }
        return inner().append(passed);
    }
    Result<bool> maintain(Timestamp now, Duration keep) override {
        return inner().maintain(now, defect_ == SeriesDefect::kNeverTrims ? days(9'999) : keep);
    }

   private:
    SeriesDefect defect_;
};

}  // namespace candor::test
