// Judge: how well a pattern explains who is affected, as numbers that rank.
//
// After reference "attribute DIFF" (MacroBase, arXiv 1603.00567; Adtributor, NSDI'14): excess over
// what history leads one to expect, the share of all excess it covers (C), the lift of its rate
// (L), and how much each of its terms is needed (N). Rank by C² √(L·N), alternatives by C √(L·N)
// less per term. Knows counts only, no table and no search. Thread rule: plain value, pure
// functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "impact/counts.h"

namespace candor::impact {

// A pattern with fewer affected is an anecdote.
inline constexpr std::uint64_t kAffectedMin = 5;
// A pattern that covers less of the excess than this is not what happened.
inline constexpr double kCoverageMin = 0.05;
// Rates that differ by less are not worth a sentence: two in a hundred.
inline constexpr double kLiftMin = 0.02;

struct Scores {
    double coverage = 0;     // of all excess, 0..1
    double lift = 0;         // rate inside less the rate expected
    double need = 0;         // 0: some term changes nothing; 1: outside each term nothing is wrong
    double lead = 0;         // ranks what to name first
    double alternative = 0;  // ranks what to name beside it: cares less about coverage
};

class Judge final {
   public:
    // `everything`: the whole table, with at least one in total. `patterns`: how many patterns
    // could have been asked; the more, the surer one must be of each.
    Judge(const Counts& everything, double patterns);

    // How many affected history leads one to expect. Half by rate, half by number: a group is hit
    // when its rate rises, and also when it grows where the rate was bad already. A short history
    // is drawn towards the overall rate. Without any, the overall rate now is what is expected.
    double expected(const Counts& counts) const;
    double excess(const Counts& counts) const;
    double lift(const Counts& counts) const;  // 0 where nobody is

    // Of all excess, which `set_total_excess` names: what the best-explaining column adds up to.
    double coverage(const Counts& counts) const;
    void set_total_excess(double excess);
    double total_excess() const { return total_excess_; }

    // Twice the squared distance of the roots of affected and expected: at least as strict as the
    // Chernoff bound on minus the logarithm of the chance to see this by accident.
    double surprise(const Counts& counts) const;
    // Whether chance would show it in fewer than one question in 150, however many patterns were
    // asked.
    bool stands_out(const Counts& counts) const { return surprise(counts) >= surprise_min_; }

    // `without`: for each term, the counts of the pattern without it. Nothing when the pattern is
    // too small, too weak, likely chance, or has a term that adds nothing.
    std::optional<Scores> judge(const Counts& inside, std::span<const Counts> without) const;

    // No pattern of `terms` terms with `affected` affected and at least `total` in total can score
    // more.
    Scores bound(std::uint64_t affected, std::uint64_t total, std::size_t terms) const;
    // With more in total a pattern with `affected` affected cannot reach `lift`. Any number, when
    // there is a history.
    std::uint64_t total_max(std::uint64_t affected, double lift) const;
    // The same for a surprise.
    std::uint64_t total_max_surprising(std::uint64_t affected, double surprise) const;

    // The lift without which a pattern of `terms` terms and `coverage` cannot score so much.
    static double lift_for_lead(double lead, double coverage);
    static double lift_for_alternative(double alternative, double coverage, std::size_t terms);

   private:
    static void score(Scores& scores, std::size_t terms);

    Counts everything_;
    double usual_rate_ = 0;
    double history_share_ = 0;  // everyone now per everyone in the history; 0 without history
    double surprise_min_ = 0;
    double total_excess_ = 0;
};

}  // namespace candor::impact
