// A series that hands every call on to another: the base of those that watch or sabotage one.
//
// Overrides everything with plain forwarding, so that a test series names only what it changes.
// For tests; one thread, like what it wraps.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "ports/series.h"

namespace candor::world {

class ForwardingSeries : public Series {
   public:
    explicit ForwardingSeries(std::unique_ptr<Series> inner) : inner_(std::move(inner)) {}

    Result<void> append(std::span<const Observation> observations) override {
        return inner_->append(observations);
    }
    Result<bool> maintain(Timestamp now, Duration keep) override {
        return inner_->maintain(now, keep);
    }
    Result<std::vector<Observation>> observations_after(const CheckId& check, std::uint64_t after,
                                                        std::size_t limit) override {
        return inner_->observations_after(check, after, limit);
    }
    Result<std::vector<Observation>> newest(const CheckId& check, std::size_t limit) override {
        return inner_->newest(check, limit);
    }
    Result<std::vector<Rollup>> rollups(const CheckId& check, Resolution resolution, Timestamp from,
                                        Timestamp to) override {
        return inner_->rollups(check, resolution, from, to);
    }
    Result<std::uint64_t> last_number() override { return inner_->last_number(); }
    Result<Timestamp> last_at() override { return inner_->last_at(); }
    Result<std::unique_ptr<SeriesReader>> open_reader() override { return inner_->open_reader(); }

   protected:
    Series& inner() { return *inner_; }

   private:
    std::unique_ptr<Series> inner_;
};

}  // namespace candor::world
