#include "impact/explain.h"

#include <algorithm>
#include <array>
#include <optional>

#include "impact/judge.h"
#include "impact/population.h"
#include "impact/search.h"
#include "impact/term_list.h"
#include "impact/together.h"

namespace candor::impact {

namespace {

// So often what explains the rest is asked for; three causes at once are the most that was ever
// seen.
constexpr int kRoundsMax = 3;
// A rest of less than this share of the excess needs no cause of its own.
constexpr double kRestMin = 0.1;

Judge judge_of(const Population& population) {
    Judge judge(population.everything(), possible_patterns(population.table()));
    judge.set_total_excess(largest_excess(population, judge));
    return judge;
}

// What explains the rest, again and again.
std::vector<Pattern> explain_away(Population& population, std::vector<Pattern> leads,
                                  double excess) {
    std::vector<Pattern> rest;
    for (int round = 0; round < kRoundsMax; ++round) {
        for (const Pattern& pattern : leads) population.remove(population.table().rows_of(pattern));
        const double affected = static_cast<double>(population.everything().affected);
        if (affected < kRestMin * excess || population.everything().total == 0) break;
        const Judge judge = judge_of(population);
        if (judge.total_excess() < kRestMin * excess) break;
        const Found found = search(population, judge);
        if (!found.lead) break;
        rest.push_back(found.lead->pattern);
        leads = {found.lead->pattern};
    }
    return rest;
}

// Adds answers in order, each set of rows once.
class Answers final {
   public:
    Answers(const Population& population, const Judge& judge)
        : population_(population), judge_(judge) {}

    void add(const Pattern& pattern) {
        if (answers_.size() == kAnswersMax) return;
        const AttributeTable& table = population_.table();
        const RowSet rows = table.rows_of(pattern);
        const Counts counts = population_.of(rows);
        for (const Answer& known : answers_) {
            if (known.pattern == pattern) return;
            if (known.counts == counts && table.rows_of(known.pattern) == rows) return;
        }
        answers_.push_back({pattern, counts, judge_.coverage(counts)});
    }
    std::vector<Answer> take() { return std::move(answers_); }

   private:
    const Population& population_;
    const Judge& judge_;
    std::vector<Answer> answers_;
};

Explanation explain(Population population) {
    Explanation out;
    out.everything = population.everything();
    if (out.everything.total == 0) return out;
    const Judge judge = judge_of(population);
    const Found found = search(population, judge);
    if (!found.lead) return out;
    std::vector<Pattern> leads = together(population, judge, found.lead->scores.lead);
    if (leads.empty()) leads = {found.lead->pattern};
    const Population whole = population;
    const auto rest = explain_away(population, leads, judge.total_excess());
    Answers answers(whole, judge);
    for (const Pattern& pattern : leads) answers.add(pattern);
    for (std::size_t i = 0; i < std::max(rest.size(), found.alternatives.size()); ++i) {
        if (i < rest.size()) answers.add(rest[i]);
        if (i < found.alternatives.size()) answers.add(found.alternatives[i].pattern);
    }
    out.answers = answers.take();
    return out;
}

}  // namespace

Explanation explain(const AttributeTable& table, std::span<const std::uint32_t> affected) {
    return explain(Population(table, affected));
}

Explanation explain(const AttributeTable& table) {
    return explain(Population(table));
}

}  // namespace candor::impact
