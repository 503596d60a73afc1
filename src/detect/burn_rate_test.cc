#include "detect/burn_rate.h"

#include <gtest/gtest.h>

namespace candor::detect {
namespace {

constexpr Timestamp kNow{1'775'350'800'000};

class BurnRate : public testing::Test {
   protected:
    BurnRate() {
        check_.rule.id = CheckId{"logins"};
        check_.rule.kind = CheckKind::kOutcomes;
    }
    Observation judge(OutcomeWindows windows) {
        if (windows.newest == Timestamp{}) windows.newest = kNow;
        return judge_outcomes(check_, target_, windows, kNow);
    }

    CheckSpec check_;
    OutcomesTarget target_{.stream = "login"};
};

TEST_F(BurnRate, an_hour_and_its_last_five_minutes_must_both_burn) {
    // 1.44 % of failures use up a 99.9 % objective 14.4 times too fast.
    const OutcomeWindow burning{10'000, 144, 20};
    const OutcomeWindow fine{10'000, 143, 20};
    OutcomeWindows w{.five_minutes = burning, .hour = burning, .active_customers = 400};
    EXPECT_EQ(judge(w).result, ObservationResult::kFail);
    EXPECT_EQ(judge(w).evidence, (Evidence{FailureKind::kOutcomesFailed, 20, 400}));
    EXPECT_TRUE(judge(w).scope.is_all());
    w.five_minutes = fine;
    EXPECT_EQ(judge(w).result, ObservationResult::kPass) << "it is over";
    w = {.five_minutes = burning, .hour = fine};
    EXPECT_EQ(judge(w).result, ObservationResult::kPass) << "it was a blip";
}

TEST_F(BurnRate, six_hours_at_six_times_are_trouble_too) {
    const OutcomeWindow slow{100'000, 600, 50};
    EXPECT_EQ(judge({.half_hour = slow, .six_hours = slow}).result, ObservationResult::kFail);
    const OutcomeWindow fine{100'000, 599, 50};
    EXPECT_EQ(judge({.half_hour = fine, .six_hours = slow}).result, ObservationResult::kPass);
}

TEST_F(BurnRate, little_traffic_needs_ten_failures_of_two_customers) {
    const auto both = [&](OutcomeWindow w) {
        return judge({.five_minutes = w, .hour = w, .active_customers = 5}).result;
    };
    EXPECT_EQ(both({20, 10, 2}), ObservationResult::kFail);
    EXPECT_EQ(both({20, 9, 2}), ObservationResult::kPass);
    EXPECT_EQ(both({20, 10, 1}), ObservationResult::kPass);
}

TEST_F(BurnRate, one_customer_who_is_down_is_a_failure_of_that_customer) {
    const Observation o =
        judge({.five_minutes = {100'000, 40, 9},
               .active_customers = 5'000,
               .down = {.count = 1, .attempts = 30, .failures = 30, .first = 17}});
    EXPECT_EQ(o.result, ObservationResult::kFail);
    EXPECT_EQ(o.scope, Scope{CustomerId{"17"}});
    EXPECT_EQ(o.evidence, (Evidence{FailureKind::kOutcomesFailed, 1, 5'000}));
}

TEST_F(BurnRate, a_few_of_thousands_are_noise_and_a_few_of_a_hundred_are_not) {
    const auto down = [&](std::int64_t count, std::int64_t active) {
        return judge({.active_customers = active, .down = {.count = count}}).result;
    };
    EXPECT_EQ(down(2, 200), ObservationResult::kFail);
    EXPECT_EQ(down(2, 201), ObservationResult::kPass);
    EXPECT_EQ(down(50, 5'000), ObservationResult::kFail);
    EXPECT_EQ(down(49, 5'000), ObservationResult::kPass);
}

TEST_F(BurnRate, silence_is_not_a_pass) {
    const Observation never = judge_outcomes(check_, target_, {}, kNow);
    EXPECT_EQ(never.result, ObservationResult::kSilent);
    EXPECT_EQ(never.evidence.kind, FailureKind::kNoOutcomes);
    OutcomeWindows w{.newest = kNow - hours(1)};
    EXPECT_EQ(judge_outcomes(check_, target_, w, kNow).result, ObservationResult::kPass);
    w.newest = kNow - hours(1) - milliseconds(1);
    EXPECT_EQ(judge_outcomes(check_, target_, w, kNow).result, ObservationResult::kSilent);
}

TEST_F(BurnRate, the_largest_numbers_do_not_overflow) {
    constexpr std::int64_t kMany = std::int64_t{1} << 62;
    const OutcomeWindow w{kMany, kMany, 1'000'000};
    EXPECT_EQ(judge({.five_minutes = w, .hour = w, .active_customers = 1'000'000}).result,
              ObservationResult::kFail);
}

}  // namespace
}  // namespace candor::detect
