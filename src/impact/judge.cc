#include "impact/judge.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "impact/pattern.h"

namespace candor::impact {

namespace {

// So many customers of the overall rate are added to each group's history.
constexpr double kHistoryPrior = 20;
// An alternative of one more term must be better by a fifth: e^-0.2 and e^-0.4, written out because
// the exponential of the C library differs between machines.
constexpr std::array kPerTerm = {1.0, 0.81873075307798182, 0.67032004603563933};
constexpr double kLogOfTwo = 0.69314718055994529;
constexpr double kLogOf150 = 5.0106352940962555;

double real(std::uint64_t count) {
    return static_cast<double>(count);
}

constexpr std::uint64_t kAny = std::numeric_limits<std::uint64_t>::max();

// The lift whose root is `depth`, a little less: a bound must hold in spite of rounding.
double lift_of_depth(double depth) {
    return std::min(1.0, depth * depth * (1 - 1e-9));
}

// An upper bound of the natural logarithm that needs no libm.
double log_above(double x) {
    double log = kLogOfTwo;
    for (double power = 2; power < x; power *= 2) log += kLogOfTwo;
    return log;
}

}  // namespace

Judge::Judge(const Counts& everything, double patterns)
    : everything_(everything), surprise_min_(log_above(patterns) + kLogOf150) {
    CHECK(everything.total > 0);
    const bool history = everything.history_total > 0;
    usual_rate_ = history ? real(everything.history_affected) / real(everything.history_total)
                          : real(everything.affected) / real(everything.total);
    if (history) history_share_ = real(everything.total) / real(everything.history_total);
}

double Judge::expected(const Counts& counts) const {
    if (everything_.history_total == 0) return real(counts.total) * usual_rate_;
    const double rate = (real(counts.history_affected) + kHistoryPrior * usual_rate_) /
                        (real(counts.history_total) + kHistoryPrior);
    const double by_number = real(counts.history_affected) * history_share_;
    return (real(counts.total) * rate + by_number) / 2;
}

double Judge::excess(const Counts& counts) const {
    return real(counts.affected) - expected(counts);
}

double Judge::lift(const Counts& counts) const {
    return counts.total == 0 ? 0 : excess(counts) / real(counts.total);
}

void Judge::set_total_excess(double excess) {
    // More affected than usual overall is excess even where no column shows it.
    total_excess_ =
        std::max({excess, real(everything_.affected) - real(everything_.total) * usual_rate_, 0.0});
}

double Judge::coverage(const Counts& counts) const {
    if (total_excess_ <= 0) return 0;
    return std::clamp(excess(counts) / total_excess_, 0.0, 1.0);
}

double Judge::surprise(const Counts& counts) const {
    const double wanted = expected(counts);
    const double seen = real(counts.affected);
    if (seen <= wanted) return 0;
    const double distance = std::sqrt(seen) - std::sqrt(wanted);
    // What is expected from a short history is itself uncertain.
    const double doubt = everything_.history_total == 0
                             ? 0
                             : real(counts.total) / (real(counts.history_total) + kHistoryPrior);
    return 2 * distance * distance / (1 + doubt);
}

void Judge::score(Scores& scores, std::size_t terms) {
    const double depth = std::sqrt(scores.lift * scores.need);
    scores.lead = scores.coverage * scores.coverage * depth;
    scores.alternative = scores.coverage * depth * kPerTerm[terms - 1];
}

std::optional<Scores> Judge::judge(const Counts& inside, std::span<const Counts> without) const {
    if (inside.affected < kAffectedMin) return {};
    Scores scores;
    scores.lift = lift(inside);
    scores.coverage = coverage(inside);
    if (scores.lift < kLiftMin || scores.coverage < kCoverageMin || !stands_out(inside)) return {};
    scores.need = 1;
    for (const Counts& wider : without) {
        const Counts beside = wider - inside;
        if (beside.total == 0) return {};
        scores.need = std::min(scores.need, 1 - std::max(0.0, lift(beside)) / scores.lift);
    }
    if (scores.need <= 0) return {};
    score(scores, without.size());
    return scores;
}

Scores Judge::bound(std::uint64_t affected, std::uint64_t total, std::size_t terms) const {
    Scores scores{.lift = 1, .need = 1};
    if (total > affected) scores.lift = real(affected) / real(total);
    if (total_excess_ > 0) scores.coverage = std::min(1.0, real(affected) / total_excess_);
    score(scores, terms);
    return scores;
}

std::uint64_t Judge::total_max(std::uint64_t affected, double lift) const {
    if (everything_.history_total > 0 || usual_rate_ + lift <= 0) return kAny;
    // One more than the exact bound, so that rounding never drops a pattern on it.
    return static_cast<std::uint64_t>(real(affected) / (usual_rate_ + lift)) + 1;
}

std::uint64_t Judge::total_max_surprising(std::uint64_t affected, double surprise) const {
    const double root = std::sqrt(real(affected)) - std::sqrt(surprise / 2);
    if (root <= 0) return 0;
    // The expected number may be root² and no more; total_max divides by the same rate.
    return total_max(static_cast<std::uint64_t>(root * root) + 1, 0);
}

double Judge::lift_for_lead(double lead, double coverage) {
    return coverage <= 0 ? 1 : lift_of_depth(lead / (coverage * coverage));
}

double Judge::lift_for_alternative(double alternative, double coverage, std::size_t terms) {
    return coverage <= 0 ? 1 : lift_of_depth(alternative / (coverage * kPerTerm[terms - 1]));
}

}  // namespace candor::impact
