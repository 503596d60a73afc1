#include "impact/judge.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace candor::impact {
namespace {

// 1,000 customers of whom 100 are affected.
const Counts kThousand{.affected = 100, .total = 1000};

Judge judge_of(const Counts& everything, double excess) {
    Judge judge(everything, 100);
    judge.set_total_excess(excess);
    return judge;
}

TEST(Judge, without_history_the_overall_rate_is_expected) {
    const Judge judge = judge_of(kThousand, 90);
    const Counts half{.affected = 95, .total = 500};
    EXPECT_DOUBLE_EQ(judge.expected(half), 50);
    EXPECT_DOUBLE_EQ(judge.excess(half), 45);
    EXPECT_DOUBLE_EQ(judge.lift(half), 0.09);
    EXPECT_DOUBLE_EQ(judge.coverage(half), 0.5);
    EXPECT_DOUBLE_EQ(judge.lift({}), 0);
}

TEST(Judge, history_counts_half_by_rate_and_half_by_number) {
    // Four minutes of history beside one: a fifth of the history's number is expected of each
    // group.
    const Counts all{.affected = 300, .total = 1000, .history_affected = 80, .history_total = 4000};
    const Judge judge = judge_of(all, 0);
    const Counts group{.affected = 60, .total = 100, .history_affected = 40, .history_total = 980};
    const double rate = (40 + 20 * 0.02) / (980 + 20);
    EXPECT_DOUBLE_EQ(judge.expected(group), (100 * rate + 40 * 0.25) / 2);
    EXPECT_DOUBLE_EQ(judge.total_excess(), 300 - 1000 * 0.02);
}

TEST(Judge, coverage_stays_between_none_and_all) {
    const Judge judge = judge_of(kThousand, 10);
    EXPECT_EQ(judge.coverage({.affected = 95, .total = 500}), 1);
    EXPECT_EQ(judge.coverage({.affected = 1, .total = 500}), 0);
    EXPECT_EQ(judge_of(kThousand, 0).coverage({.affected = 95, .total = 500}), 0);
}

TEST(Judge, surprise_understates_the_poisson_tail) {
    const Judge judge = judge_of(kThousand, 90);
    // P(X >= v) for X ~ Poisson(E), summed here; the bound may only be larger.
    for (const std::uint64_t total : {10u, 50u, 200u}) {
        const double wanted = static_cast<double>(total) / 10;
        for (std::uint64_t affected = total / 10 + 1; affected < total; affected += 3) {
            double tail = 0;
            for (std::uint64_t k = affected; k < affected + 400; ++k) {
                const auto x = static_cast<double>(k);
                tail += std::exp(x * std::log(wanted) - wanted - std::lgamma(x + 1));
            }
            EXPECT_LE(tail, std::exp(-judge.surprise({.affected = affected, .total = total})));
        }
    }
    EXPECT_EQ(judge.surprise({.affected = 1, .total = 500}), 0);
}

TEST(Judge, a_short_history_is_believed_less) {
    const Counts all{.affected = 300, .total = 1000, .history_affected = 80, .history_total = 4000};
    const Judge judge = judge_of(all, 100);
    const Counts known{.affected = 20, .total = 100, .history_affected = 8, .history_total = 400};
    const Counts unknown{.affected = 20, .total = 100, .history_affected = 0, .history_total = 2};
    EXPECT_GT(judge.surprise(known), judge.surprise(unknown) / 2);
    EXPECT_LT(judge.surprise(unknown),
              judge.surprise(
                  {.affected = 20, .total = 100, .history_affected = 0, .history_total = 4000}));
}

TEST(Judge, small_weak_and_likely_patterns_are_nothing) {
    const Judge judge = judge_of(kThousand, 90);
    const std::array everything = {kThousand};
    const auto scores = [&](std::uint64_t affected, std::uint64_t total) {
        return judge.judge({.affected = affected, .total = total}, everything);
    };
    EXPECT_TRUE(scores(80, 100));
    EXPECT_FALSE(scores(kAffectedMin - 1, kAffectedMin - 1));  // an anecdote
    EXPECT_FALSE(scores(50, 450));                             // chance
    EXPECT_FALSE(scores(95, 900));                             // under the least lift
    EXPECT_FALSE(scores(100, 1000));                           // everybody
    EXPECT_FALSE(judge_of(kThousand, 10'000).judge({.affected = 80, .total = 100}, everything));
}

TEST(Judge, the_more_was_asked_the_surer_it_must_be) {
    const Counts some{.affected = 25, .total = 100};
    EXPECT_TRUE(Judge(kThousand, 2).stands_out(some));
    EXPECT_FALSE(Judge(kThousand, 1e9).stands_out(some));
}

TEST(Judge, a_term_that_changes_nothing_makes_a_pattern_nothing) {
    const Judge judge = judge_of(kThousand, 90);
    const Counts inside{.affected = 45, .total = 50};
    const Counts same_outside{.affected = 90, .total = 100};
    const Counts clean_outside{.affected = 45, .total = 100};
    EXPECT_FALSE(judge.judge(inside, std::array{same_outside, clean_outside}));
    EXPECT_FALSE(judge.judge(inside, std::array{inside, clean_outside}));
    const auto scores = judge.judge(inside, std::array{clean_outside, clean_outside});
    ASSERT_TRUE(scores);
    EXPECT_EQ(scores->need, 1);
    EXPECT_DOUBLE_EQ(scores->lift, 0.8);
    EXPECT_DOUBLE_EQ(scores->lead, scores->coverage * scores->coverage * std::sqrt(0.8));
    EXPECT_NEAR(scores->alternative, scores->coverage * std::sqrt(0.8) * std::exp(-0.2), 1e-12);
}

TEST(Judge, bounds_are_never_below_a_score) {
    const Judge judge = judge_of(kThousand, 90);
    const std::array everything = {kThousand};
    for (std::uint64_t affected = 5; affected <= 100; affected += 5) {
        for (std::uint64_t total = affected; total < 900; total += 7) {
            const Counts inside{.affected = affected, .total = total};
            const auto scores = judge.judge(inside, everything);
            if (!scores) continue;
            for (const std::uint64_t known : {affected, (affected + total) / 2, total}) {
                const Scores bound = judge.bound(affected, known, 1);
                EXPECT_GE(bound.lead, scores->lead);
                EXPECT_GE(bound.alternative, scores->alternative);
            }
            const double coverage = judge.bound(affected, 0, 1).coverage;
            EXPECT_LE(Judge::lift_for_lead(scores->lead, coverage), scores->lift);
            EXPECT_LE(Judge::lift_for_alternative(scores->alternative, coverage, 1), scores->lift);
            EXPECT_GE(judge.total_max(affected, scores->lift), total);
            EXPECT_GE(judge.total_max_surprising(affected, judge.surprise(inside)), total);
        }
    }
}

}  // namespace
}  // namespace candor::impact
