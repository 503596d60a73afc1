// What every implementation of the outcomes port promises, as one suite.
//
// Each implementation brings a way to open itself; opening again after letting go is a restart.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ports/outcome_store.h"

namespace candor::test {

struct OutcomesImplementation {
    std::string name;
    // A fresh place to keep outcomes, as something that opens it.
    std::function<std::function<Result<std::unique_ptr<OutcomeStore>>()>()> make;
};

class OutcomesContract : public testing::TestWithParam<OutcomesImplementation> {
   protected:
    void SetUp() override {
        open_ = GetParam().make();
        reopen();
    }
    void reopen();

    // Every name as "list/stream/attribute/number name".
    std::vector<std::string> names();
    // "start bytes" of those in [from, to).
    std::vector<std::string> minutes(std::uint32_t stream, Timestamp from, Timestamp to);

    std::function<Result<std::unique_ptr<OutcomeStore>>()> open_;
    std::unique_ptr<OutcomeStore> store_;
};

}  // namespace candor::test
