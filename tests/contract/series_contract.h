// What every implementation of ports/series.h must do; one suite, run on each of them.
//
// To run it on another implementation, instantiate SeriesContract with a maker of harnesses.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ports/series.h"

namespace candor::test {

struct SeriesHarness {
    std::function<Result<std::unique_ptr<Series>>()> open;
};

struct SeriesImplementation {
    std::string name;
    std::function<SeriesHarness()> make;
};

class SeriesContract : public testing::TestWithParam<SeriesImplementation> {
   protected:
    void SetUp() override {
        harness_ = GetParam().make();
        reopen();
    }
    void reopen() {
        series_.reset();
        auto opened = harness_.open();
        ASSERT_TRUE(opened) << opened.error().message;
        series_ = std::move(*opened);
    }
    // Steps of maintain() until nothing is left to do at once.
    void maintain_all(Timestamp now, Duration keep = days(35));

    SeriesHarness harness_;
    std::unique_ptr<Series> series_;
};

Observation observation(const std::string& check, std::uint64_t number, Timestamp at,
                        std::int64_t total_us = 1'000);

}  // namespace candor::test
