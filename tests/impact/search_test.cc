// The search against the oracle, on whole populations and on what is left of them.

#include "impact/search.h"

#include <gtest/gtest.h>

#include "impact/term_list.h"
#include "tests/impact/naive_search.h"
#include "tests/impact/worlds.h"

namespace candor::impact {
namespace {

Judge judge_of(const Population& population) {
    Judge judge(population.everything(), possible_patterns(population.table()));
    judge.set_total_excess(largest_excess(population, judge));
    return judge;
}

bool same(const Candidate& a, const Candidate& b) {
    return a.pattern == b.pattern && a.counts == b.counts && a.scores.lead == b.scores.lead &&
           a.scores.alternative == b.scores.alternative;
}

::testing::AssertionResult agree(const Population& population, const Found& real,
                                 const Found& oracle) {
    const auto say = [&](const char* who, const Found& found) {
        std::string out = std::string(who) + ":";
        for (const Candidate& one : found.alternatives) {
            out += "\n  " + worlds::text(population.table(), one.pattern) + " " +
                   std::to_string(one.scores.alternative);
        }
        return out;
    };
    bool good = real.lead.has_value() == oracle.lead.has_value() &&
                real.alternatives.size() == oracle.alternatives.size();
    good = good && (!real.lead || same(*real.lead, *oracle.lead));
    for (std::size_t i = 0; good && i < real.alternatives.size(); ++i) {
        good = same(real.alternatives[i], oracle.alternatives[i]);
    }
    if (good) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << say("search", real) << "\n" << say("oracle", oracle);
}

TEST(Search, agrees_with_counting_every_pattern_of_counted_rows) {
    int found = 0;
    int deep = 0;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        const AttributeTable table = worlds::counted(seed);
        Population population(table);
        for (int round = 0; round < 3 && population.everything().total > 0; ++round) {
            const Judge judge = judge_of(population);
            const Found real = search(population, judge);
            ASSERT_TRUE(agree(population, real, naive_search(population, judge)))
                << "seed " << seed;
            if (!real.lead) break;
            ++found;
            for (const Candidate& one : real.alternatives) deep += one.pattern.size() == 3;
            population.remove(table.rows_of(real.lead->pattern));
        }
    }
    // Not vacuous: most tables had something to find, and some of it was three terms deep.
    EXPECT_GT(found, 150);
    EXPECT_GT(deep, 50);
}

TEST(Search, agrees_with_counting_every_pattern_of_customers) {
    int found = 0;
    for (std::uint64_t seed = 1; seed <= 15; ++seed) {
        const worlds::World world = worlds::planted(seed, {.rows = 800, .columns = 4});
        Population population(world.table, world.affected);
        for (int round = 0; round < 2; ++round) {
            const Judge judge = judge_of(population);
            const Found real = search(population, judge);
            ASSERT_TRUE(agree(population, real, naive_search(population, judge)))
                << "seed " << seed;
            if (!real.lead) break;
            ++found;
            population.remove(world.table.rows_of(real.lead->pattern));
        }
    }
    EXPECT_GE(found, 15);
}

TEST(Search, the_oracle_notices_a_wrong_answer) {
    for (std::uint64_t seed = 1;; ++seed) {
        const AttributeTable some = worlds::counted(seed);
        const Population population(some);
        const Judge judge = judge_of(population);
        Found real = search(population, judge);
        if (real.alternatives.size() < 2) continue;
        const Found oracle = naive_search(population, judge);
        ASSERT_TRUE(agree(population, real, oracle));
        std::swap(real.alternatives[0], real.alternatives[1]);
        EXPECT_FALSE(agree(population, real, oracle));
        return;
    }
}

}  // namespace
}  // namespace candor::impact
