#include "detect/judge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace candor::detect {
namespace {

// A judge fed with one result every ten seconds: p passes, f fails, s is silent, o could not run;
// of outcomes, a digit fails for that many of a hundred customers, and x for one customer alone.
class Fed {
   public:
    explicit Fed(CheckRule rule) : rule_(std::move(rule)), judge_(VerdictChange{}) {}

    // The verdicts it gave, in the letters P F N, a dot where nothing changed.
    std::string feed(std::string_view results, Sight sight = Sight::kClear) {
        std::string out;
        for (const char c : results) {
            Observation o;
            o.check = CheckId{"shop/1"};
            o.number = ++number_;
            o.at = Timestamp{static_cast<std::int64_t>(number_) * 10'000};
            o.result = c == 'p'   ? ObservationResult::kPass
                       : c == 's' ? ObservationResult::kSilent
                                  : ObservationResult::kFail;
            if (c == 'o') o.evidence.kind = FailureKind::kCouldNotRun;
            if (c == 'x') o.scope = {CustomerId{"17"}};
            if (c == 'x' || (c >= '0' && c <= '9')) {
                o.evidence = {FailureKind::kOutcomesFailed, c == 'x' ? 1 : c - '0', 100};
            }
            const auto change = judge_.observe(rule_, o, [&](Timestamp) { return sight; });
            if (change) last_ = *change;
            out += !change                               ? '.'
                   : change->verdict == Verdict::kPass   ? 'P'
                   : change->verdict == Verdict::kFail   ? 'F'
                   : change->verdict == Verdict::kNoData ? 'N'
                                                         : '?';
        }
        return out;
    }

    std::int64_t since() const { return last_.since.ms / 10'000; }
    const VerdictChange& last() const { return last_; }
    Judge& judge() { return judge_; }
    const CheckRule& rule() const { return rule_; }

   private:
    CheckRule rule_;
    Judge judge_;
    VerdictChange last_;
    std::uint64_t number_ = 0;
};

CheckRule rule(Confirmation fail_after, Confirmation pass_after = {2, 2}) {
    CheckRule r;
    r.fail_after = fail_after;
    r.pass_after = pass_after;
    return r;
}

TEST(Judge, outcomes_are_told_again_when_far_more_customers_fail) {
    Fed judge(rule({1, 1}));
    EXPECT_EQ(judge.feed("2345"), "F.F.") << "twice as many is news, a few more are not";
    EXPECT_EQ(judge.since(), 1) << "it is the same failure";
    EXPECT_EQ(judge.last().evidence.value, 4);
}

TEST(Judge, what_fails_for_one_customer_and_then_for_many_begins_anew) {
    Fed judge(rule({1, 1}));
    EXPECT_EQ(judge.feed("xx3"), "F.F");
    EXPECT_TRUE(judge.last().scope.is_all());
    EXPECT_EQ(judge.since(), 3);
}

TEST(Judge, what_is_left_for_one_customer_is_confirmed_like_a_recovery) {
    Fed judge(rule({1, 1}));
    EXPECT_EQ(judge.feed("3x3xx"), "F...F");
    EXPECT_EQ(judge.last().scope, Scope{CustomerId{"17"}});
}

TEST(Judge, each_failure_confirms_anew_what_is_left_of_it) {
    Fed judge(rule({1, 1}));
    EXPECT_EQ(judge.feed("3xpp3xx"), "F..PF.F");
}

TEST(Judge, a_probe_that_cannot_run_is_no_failure_of_its_target) {
    Fed judge(rule({3, 3}));
    EXPECT_EQ(judge.feed("ppoooo"), "P...N.") << "never red";
    EXPECT_EQ(judge.since(), 2) << "not measured since the last good one";
    EXPECT_EQ(judge.feed("oooo"), "....");
    EXPECT_EQ(judge.feed("p"), "P");
    EXPECT_EQ(judge.feed("fffoo"), "..F..") << "what is red stays red";
}

TEST(Judge, the_first_pass_ever_is_believed_at_once) {
    Fed judge(rule({4, 4}));
    EXPECT_EQ(judge.feed("ppp"), "P..");
    EXPECT_EQ(judge.since(), 1);
}

TEST(Judge, a_failure_at_the_very_beginning_needs_confirmation) {
    Fed judge(rule({3, 3}));
    EXPECT_EQ(judge.feed("fff"), "..F");
    EXPECT_EQ(judge.since(), 1);
    EXPECT_EQ(judge.last().observation, 3U);
}

TEST(Judge, red_needs_k_failures_and_names_the_first) {
    Fed judge(rule({4, 4}));
    EXPECT_EQ(judge.feed("pppfff"), "P.....");
    EXPECT_TRUE(judge.judge().suspect());
    EXPECT_TRUE(judge.judge().unsettled());
    EXPECT_EQ(judge.feed("f"), "F");
    EXPECT_EQ(judge.since(), 4);
    EXPECT_FALSE(judge.judge().suspect());
    EXPECT_FALSE(judge.judge().unsettled());
}

TEST(Judge, a_pass_between_failures_starts_a_run_anew) {
    Fed judge(rule({3, 3}));
    EXPECT_EQ(judge.feed("pffpffpff"), "P........");
    EXPECT_EQ(judge.feed("f"), "F");
    EXPECT_EQ(judge.since(), 8);
}

TEST(Judge, k_of_n_names_the_oldest_failure_that_counts) {
    Fed judge(rule({3, 5}));
    EXPECT_EQ(judge.feed("pppfpfpf"), "P......F");
    EXPECT_EQ(judge.since(), 4);
}

TEST(Judge, k_of_n_does_not_reach_back_to_what_left_the_window) {
    Fed judge(rule({3, 4}));
    EXPECT_EQ(judge.feed("pfpppfff"), "P......F");
    EXPECT_EQ(judge.since(), 6);
}

TEST(Judge, a_run_longer_than_the_window_keeps_its_beginning) {
    Fed judge(rule({2, 2}));
    EXPECT_EQ(judge.feed("pff", Sight::kUnsure), "P..");
    EXPECT_EQ(judge.feed("ff", Sight::kUnsure), "..");
    EXPECT_EQ(judge.feed("f"), "F");
    EXPECT_EQ(judge.since(), 2);
}

TEST(Judge, green_needs_passes_in_a_row_and_names_the_first) {
    Fed judge(rule({1, 1}, {3, 3}));
    EXPECT_EQ(judge.feed("pf"), "PF");
    EXPECT_EQ(judge.feed("ppfpp"), ".....");
    EXPECT_TRUE(judge.judge().unsettled());
    EXPECT_EQ(judge.feed("p"), "P");
    EXPECT_EQ(judge.since(), 6);
}

TEST(Judge, silence_is_no_data_since_the_last_good_result) {
    Fed judge(rule({1, 1}));
    EXPECT_EQ(judge.feed("pps"), "P.N");
    EXPECT_EQ(judge.since(), 2);
    EXPECT_EQ(judge.feed("s"), ".");
    EXPECT_EQ(judge.feed("p"), "P");
}

TEST(Judge, silence_can_be_a_failure) {
    CheckRule strict = rule({1, 1});
    strict.missed_is_failure = true;
    Fed judge(strict);
    EXPECT_EQ(judge.feed("ps"), "PF");
    EXPECT_EQ(judge.since(), 2);
}

TEST(Judge, silence_after_a_failure_leaves_the_failure) {
    Fed judge(rule({1, 1}));
    EXPECT_EQ(judge.feed("pfs"), "PF.");
}

TEST(Judge, no_failure_is_believed_without_clear_sight) {
    for (const Sight sight : {Sight::kUnsure, Sight::kBlind}) {
        Fed judge(rule({2, 2}));
        EXPECT_EQ(judge.feed("p"), "P");
        EXPECT_EQ(judge.feed("fff", sight), "...");
        EXPECT_TRUE(judge.judge().suspect());
        const auto now =
            judge.judge().reconsider(judge.rule(), [](Timestamp) { return Sight::kClear; });
        ASSERT_TRUE(now.has_value());
        EXPECT_EQ(now->verdict, Verdict::kFail);
        EXPECT_EQ(now->since.ms, 20'000);
    }
}

TEST(Judge, reconsidering_needs_enough_failures_still) {
    const auto clear = [](Timestamp) { return Sight::kClear; };
    Fed judge(rule({2, 2}));
    EXPECT_EQ(judge.feed("pf"), "P.");
    EXPECT_FALSE(judge.judge().reconsider(judge.rule(), clear).has_value());
    EXPECT_EQ(judge.feed("f", Sight::kBlind), ".");
    EXPECT_EQ(judge.feed("p"), ".");
    EXPECT_FALSE(judge.judge().reconsider(judge.rule(), clear).has_value());
}

TEST(Judge, blindness_is_told_once_and_dated_by_the_last_sight) {
    Fed judge(rule({2, 2}));
    EXPECT_EQ(judge.feed("ppf"), "P..");
    const auto blind = judge.judge().blind(CheckId{"shop/1"});
    ASSERT_TRUE(blind.has_value());
    EXPECT_EQ(blind->verdict, Verdict::kBlind);
    EXPECT_EQ(blind->since.ms, 20'000);
    EXPECT_FALSE(judge.judge().blind(CheckId{"shop/1"}).has_value());
}

TEST(Judge, a_check_without_a_verdict_is_not_blinded) {
    Fed judge(rule({2, 2}));
    EXPECT_EQ(judge.feed("f"), ".");
    EXPECT_FALSE(judge.judge().blind(CheckId{"shop/1"}).has_value());
    EXPECT_EQ(judge.feed("f"), ".");  // what came before blindness is no part of a run
    EXPECT_EQ(judge.feed("f"), "F");
    EXPECT_EQ(judge.since(), 2);
}

TEST(Judge, sight_that_returns_confirms_what_was_believed_with_one_result) {
    Fed good(rule({4, 4}));
    good.feed("pp");
    good.judge().blind(CheckId{"shop/1"});
    EXPECT_EQ(good.feed("p"), "P");

    Fed bad(rule({4, 4}));
    bad.feed("pffff");
    bad.judge().blind(CheckId{"shop/1"});
    EXPECT_EQ(bad.feed("f"), "F");

    Fed recovered(rule({4, 4}, {2, 2}));
    recovered.feed("pffff");
    recovered.judge().blind(CheckId{"shop/1"});
    EXPECT_EQ(recovered.feed("pp"), ".P");
}

TEST(Judge, a_flapping_check_stays_red_until_it_is_calm) {
    Fed judge(rule({1, 1}, {1, 1}));
    EXPECT_EQ(judge.feed("pfpfpf"), "PFPFPF");
    judge.feed("pfpf");
    EXPECT_TRUE(judge.judge().flapping());
    EXPECT_EQ(judge.judge().confirmed(), Verdict::kFail);
    const std::string calm = judge.feed("pppppppppppppppppppp");
    EXPECT_EQ(calm.find('P'), calm.find_first_not_of('.'));
    EXPECT_GT(calm.find('P'), 5U);
    EXPECT_EQ(judge.judge().confirmed(), Verdict::kPass);
    // What counts as recovered is the first pass of the calm, not the day it was believed.
    EXPECT_EQ(judge.since(), 11);
}

// Whatever comes: alternating verdicts, never two equal ones, and red never without k failures
// among the newest n.
TEST(Judge, properties_hold_on_random_results) {
    std::mt19937 random(7);
    for (int round = 0; round < 500; ++round) {
        const auto n = static_cast<std::int64_t>(random() % 6 + 1);
        const auto k = static_cast<std::int64_t>(random() % static_cast<unsigned>(n) + 1);
        Fed judge(rule({k, n}, {1, 1}));
        std::string all;
        Verdict before = Verdict::kNone;
        for (int i = 0; i < 100; ++i) {
            all += random() % 3 == 0 ? 'f' : 'p';
            const std::string out = judge.feed(all.substr(all.size() - 1));
            if (out == ".") continue;
            ASSERT_NE(judge.last().verdict, before);
            before = judge.last().verdict;
            if (before != Verdict::kFail) continue;
            const std::string newest =
                all.substr(all.size() - std::min(all.size(), static_cast<std::size_t>(n)));
            ASSERT_GE(std::ranges::count(newest, 'f'), k) << all;
            ASSERT_EQ(all[static_cast<std::size_t>(judge.since() - 1)], 'f') << all;
        }
    }
}

}  // namespace
}  // namespace candor::detect
