// What every implementation of the deliveries promises, as one suite.
//
// Each implementation brings a way to open itself; opening again after letting go is a restart.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "ports/deliveries.h"

namespace candor::test {

struct DeliveriesHarness {
    std::function<Result<std::unique_ptr<Deliveries>>()> open;
};

struct DeliveriesImplementation {
    std::string name;
    std::function<DeliveriesHarness()> make;
};

class DeliveriesContract : public testing::TestWithParam<DeliveriesImplementation> {
   protected:
    void SetUp() override {
        harness_ = GetParam().make();
        reopen();
    }
    void reopen();

    // Announces under `subject` for everybody at `due`; returns its number.
    std::uint64_t announce(Position position, const std::string& subject, Timestamp due,
                           Audience audience = Audience::kSubscribers);
    void expand(std::uint64_t number, const std::vector<Delivery>& rows);
    std::vector<std::string> due_ids(const std::string& lane, Timestamp now,
                                     std::size_t limit = 100);

    DeliveriesHarness harness_;
    std::unique_ptr<Deliveries> deliveries_;
};

}  // namespace candor::test
