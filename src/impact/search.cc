#include "impact/search.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <map>
#include <span>

#include "impact/term_list.h"

namespace candor::impact {

namespace {

using Entry = TermList::Entry;

// A pair is looked into with a third term when chance would show it in one of 3,000 tries: far less
// than what makes an answer, because its best third may be all there is to it.
constexpr double kGrowMin = 8;

bool before(double score_a, double score_b, const Candidate& a, const Candidate& b) {
    if (score_a != score_b) return score_a > score_b;
    return a.pattern < b.pattern;
}

// What is worth keeping so far, and what a newcomer must score.
class Kept final {
   public:
    // Whether a pattern that scores at most `bound` could still be kept.
    bool could_keep(const Scores& bound) const {
        return bound.lead >= lead_min() || bound.alternative >= alternative_min();
    }
    double lead_min() const { return found_.lead ? found_.lead->scores.lead : 0; }
    double alternative_min() const {
        const bool full = found_.alternatives.size() == kAlternativesMax;
        return full ? found_.alternatives.back().scores.alternative : 0;
    }
    void offer(const Candidate& one) {
        const auto ahead = [](const Candidate& a, const Candidate& b) {
            return before(a.scores.alternative, b.scores.alternative, a, b);
        };
        if (!found_.lead || before(one.scores.lead, found_.lead->scores.lead, one, *found_.lead)) {
            found_.lead = one;
        }
        auto& list = found_.alternatives;
        list.insert(std::ranges::upper_bound(list, one, ahead), one);
        if (list.size() > kAlternativesMax) list.pop_back();
    }
    Found take() { return std::move(found_); }

   private:
    Found found_;
};

class Orders final {
   public:
    Orders(const Population& population, const Judge& judge)
        : population_(population), judge_(judge), list_(population, judge) {
        const double covering = kCoverageMin * judge.total_excess();
        affected_min_ = kAffectedMin;
        while (static_cast<double>(affected_min_) < covering) ++affected_min_;
    }

    Found run() {
        singles();
        pairs();
        triples();
        return kept_.take();
    }

   private:
    struct Pair {
        std::size_t first = 0;  // in entries()
        std::size_t second = 0;
        std::uint64_t affected = 0;
    };

    const std::vector<Entry>& entries() const { return list_.entries(); }

    void singles() {
        for (const Entry& entry : entries()) {
            const std::array without = {population_.everything()};
            offer(Pattern().with(entry.term), entry.counts, without);
        }
    }

    void offer(const Pattern& pattern, const Counts& counts, std::span<const Counts> without) {
        if (const auto scores = judge_.judge(counts, without)) {
            kept_.offer({pattern, counts, *scores});
        }
    }

    // How many affected are in both sets of hits.
    std::uint64_t affected(const RowSet& a, const RowSet& b) const {
        if (!population_.counted()) return count_common(a, b);
        std::uint64_t sum = 0;
        a.for_each_common(b, [&](std::size_t at) { sum += population_.weights()[at]; });
        return sum;
    }

    // The counts of the rows in both sets, or nothing when there are more than `limit` in total.
    std::optional<Counts> common(const RowSet& a, const RowSet& b, std::uint64_t hit,
                                 std::uint64_t limit) const {
        if (!population_.counted()) {
            const std::size_t total = count_common(a, b, limit);
            if (total > limit) return {};
            return Counts{.affected = hit, .total = total};
        }
        Counts sum;
        a.for_each_common(b, [&](std::size_t row) { sum += population_.table().counts()[row]; });
        return sum;
    }

    // The largest total with which a pattern could still be kept: its rate must lift it over what
    // is kept already.
    std::uint64_t total_max(std::uint64_t hit, std::size_t terms) const {
        const double coverage = judge_.bound(hit, 0, terms).coverage;
        const double for_alternative =
            Judge::lift_for_alternative(kept_.alternative_min(), coverage, terms);
        const double for_lead = Judge::lift_for_lead(kept_.lead_min(), coverage);
        return judge_.total_max(hit, std::max(kLiftMin, std::min(for_alternative, for_lead)));
    }

    void pairs();
    void count_hits_of_pairs();
    void pair(const Pair& pair);
    void triples();
    void triples_from(const Pair& pair);
    void triple(const Pair& pair, std::size_t third, std::uint64_t hit);
    const Counts& pair_counts(std::size_t a, std::size_t b);
    bool grows_first(const Pair& pair, std::size_t third) const;

    // Position of a pair in the square of all.
    std::size_t at(std::size_t a, std::size_t b) const {
        return std::min(a, b) * entries().size() + std::max(a, b);
    }

    const Population& population_;
    const Judge& judge_;
    TermList list_;
    std::uint64_t affected_min_ = 0;
    Kept kept_;
    std::vector<Pair> pairs_;
    std::vector<std::uint64_t> pair_affected_;   // by at()
    std::vector<bool> grows_;                    // by at(): stands out enough to be looked into
    std::map<std::size_t, Counts> pair_counts_;  // by at(), as far as counted
    RowSet hits_of_pair_;
    RowSet rows_of_pair_;
    bool rows_are_of_pair_ = false;
};

void Orders::count_hits_of_pairs() {
    const std::size_t size = entries().size();
    pair_affected_.assign(size * size, 0);
    grows_.assign(size * size, false);
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = i + 1; j < size; ++j) {
            if (entries()[i].term.column == entries()[j].term.column) continue;
            const std::uint64_t hit = affected(entries()[i].hits, entries()[j].hits);
            pair_affected_[at(i, j)] = hit;
            if (hit >= affected_min_) pairs_.push_back({i, j, hit});
        }
    }
    // The largest first: the sooner something good is kept, the more is proved to be worse.
    std::ranges::stable_sort(pairs_, std::greater(), &Pair::affected);
}

void Orders::pairs() {
    count_hits_of_pairs();
    for (const Pair& one : pairs_) {
        // What cannot be kept cannot grow into what can: more terms never cover more.
        if (kept_.could_keep(judge_.bound(one.affected, one.affected, 2))) pair(one);
    }
}

void Orders::pair(const Pair& one) {
    const Entry& a = entries()[one.first];
    const Entry& b = entries()[one.second];
    const std::uint64_t limit =
        std::max(total_max(one.affected, 2), judge_.total_max_surprising(one.affected, kGrowMin));
    const auto counts = common(*a.rows, *b.rows, one.affected, limit);
    if (!counts) return;
    const std::size_t place = at(one.first, one.second);
    pair_counts_.emplace(place, *counts);
    grows_[place] = judge_.surprise(*counts) >= kGrowMin;
    const std::array without = {b.counts, a.counts};
    offer(Pattern().with(a.term).with(b.term), *counts, without);
}

void Orders::triples() {
    for (const Pair& one : pairs_) {
        if (!grows_[at(one.first, one.second)]) continue;
        if (kept_.could_keep(judge_.bound(one.affected, one.affected, 3))) triples_from(one);
    }
}

// Whether this pair is the first of the triple's three that grows: then the triple is its own.
bool Orders::grows_first(const Pair& one, std::size_t third) const {
    std::array terms = {one.first, one.second, third};
    std::ranges::sort(terms);
    for (const std::size_t place :
         {at(terms[0], terms[1]), at(terms[0], terms[2]), at(terms[1], terms[2])}) {
        if (grows_[place]) return place == at(one.first, one.second);
    }
    return false;
}

void Orders::triples_from(const Pair& one) {
    const Entry& a = entries()[one.first];
    const Entry& b = entries()[one.second];
    hits_of_pair_.assign_common(a.hits, b.hits);
    rows_are_of_pair_ = false;
    for (std::size_t third = 0; third < entries().size(); ++third) {
        const std::uint16_t column = entries()[third].term.column;
        if (column == a.term.column || column == b.term.column) continue;
        const std::uint64_t most =
            std::min(pair_affected_[at(one.first, third)], pair_affected_[at(one.second, third)]);
        if (most < affected_min_ || !kept_.could_keep(judge_.bound(most, most, 3))) continue;
        if (!grows_first(one, third)) continue;
        const std::uint64_t hit = affected(hits_of_pair_, entries()[third].hits);
        if (hit < affected_min_ || !kept_.could_keep(judge_.bound(hit, hit, 3))) continue;
        triple(one, third, hit);
    }
}

void Orders::triple(const Pair& one, std::size_t third, std::uint64_t hit) {
    const Entry& a = entries()[one.first];
    const Entry& b = entries()[one.second];
    const Entry& c = entries()[third];
    if (!rows_are_of_pair_) rows_of_pair_.assign_common(*a.rows, *b.rows);
    rows_are_of_pair_ = true;
    const auto counts = common(rows_of_pair_, *c.rows, hit, total_max(hit, 3));
    if (!counts || !kept_.could_keep(judge_.bound(hit, counts->total, 3))) return;
    const std::array without = {pair_counts(one.second, third), pair_counts(one.first, third),
                                pair_counts(one.first, one.second)};
    offer(Pattern().with(a.term).with(b.term).with(c.term), *counts, without);
}

const Counts& Orders::pair_counts(std::size_t a, std::size_t b) {
    const std::size_t place = at(a, b);
    const auto found = pair_counts_.find(place);
    if (found != pair_counts_.end()) return found->second;
    const auto counts = common(*entries()[a].rows, *entries()[b].rows, pair_affected_[place],
                               std::numeric_limits<std::uint64_t>::max());
    return pair_counts_.emplace(place, *counts).first->second;
}

}  // namespace

Found search(const Population& population, const Judge& judge) {
    return Orders(population, judge).run();
}

}  // namespace candor::impact
