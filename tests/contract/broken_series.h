// A series with one defect, over a sound one: the negative control of the contract suite.
//
// Never used but to show that the suite fails on it. Thread rule: as ports/series.h.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "ports/series.h"

namespace candor::test {

enum class SeriesDefect : std::uint8_t { kCountsBlindTime, kLosesTheLastOfAGroup, kNeverTrims };

class BrokenSeries final : public Series {
   public:
    BrokenSeries(std::unique_ptr<Series> sound, SeriesDefect defect)
        : sound_(std::move(sound)), defect_(defect) {}

    Result<std::vector<Observation>> observations_after(const CheckId& check, std::uint64_t after,
                                                        std::size_t limit) override {
        return sound_->observations_after(check, after, limit);
    }
    Result<std::vector<Observation>> newest(const CheckId& check, std::size_t limit) override {
        return sound_->newest(check, limit);
    }
    Result<std::vector<Rollup>> rollups(const CheckId& check, Resolution resolution, Timestamp from,
                                        Timestamp to) override {
        return sound_->rollups(check, resolution, from, to);
    }
    Result<std::uint64_t> last_number() override { return sound_->last_number(); }
    Result<Timestamp> last_at() override { return sound_->last_at(); }
    Result<void> append(std::span<const Observation> observations) override {
        std::vector<Observation> passed(observations.begin(), observations.end());
        if (defect_ == SeriesDefect::kLosesTheLastOfAGroup && passed.size() > 1) passed.pop_back();
        for (Observation& o : passed) {
            if (defect_ == SeriesDefect::kCountsBlindTime) o.blind = false;
        }
        return sound_->append(passed);
    }
    Result<bool> maintain(Timestamp now, Duration keep) override {
        return sound_->maintain(now, defect_ == SeriesDefect::kNeverTrims ? days(9'999) : keep);
    }
    Result<std::unique_ptr<SeriesReader>> open_reader() override { return sound_->open_reader(); }

   private:
    std::unique_ptr<Series> sound_;
    SeriesDefect defect_;
};

}  // namespace candor::test
