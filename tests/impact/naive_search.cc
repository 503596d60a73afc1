#include "tests/impact/naive_search.h"

#include <algorithm>
#include <vector>

#include "impact/term_list.h"

namespace candor::impact {

namespace {

constexpr double kGrowMin = 8;  // as search.cc has it

bool remains(const Population& population, std::size_t row) {
    return population.remaining() == nullptr || population.remaining()->contains(row);
}

Counts count(const Population& population, const Pattern& pattern) {
    Counts sum;
    for (std::size_t row = 0; row < population.table().rows(); ++row) {
        if (remains(population, row) && population.table().matches(row, pattern)) {
            sum += population.row(row);
        }
    }
    return sum;
}

std::vector<Term> all_terms(const Population& population, const Judge& judge) {
    std::vector<Term> terms;
    const AttributeTable& table = population.table();
    for (std::size_t column = 0; column < table.columns().size(); ++column) {
        if (table.columns()[column].kind != ColumnKind::kLabels) {
            for (const Cut& cut : best_cuts(population, column, judge)) terms.push_back(cut.term);
            continue;
        }
        for (std::size_t code = 0; code < table.codes(column); ++code) {
            terms.push_back({static_cast<std::uint16_t>(column), TermKind::kIs,
                             static_cast<std::uint16_t>(code)});
        }
    }
    return terms;
}

Pattern pattern_of(const std::vector<Term>& terms, std::size_t without = kTermsPerPatternMax) {
    Pattern out;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        if (i != without) out = out.with(terms[i]);
    }
    return out;
}

void consider(const Population& population, const Judge& judge, const std::vector<Term>& terms,
              std::vector<Candidate>& out) {
    const Pattern pattern = pattern_of(terms);
    const Counts inside = count(population, pattern);
    std::vector<Counts> without;
    bool grown = terms.size() < 3;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        without.push_back(terms.size() == 1 ? population.everything()
                                            : count(population, pattern_of(terms, i)));
        grown = grown || judge.surprise(without.back()) >= kGrowMin;
    }
    if (!grown) return;
    if (const auto scores = judge.judge(inside, without)) out.push_back({pattern, inside, *scores});
}

void extend(const Population& population, const Judge& judge, const std::vector<Term>& all,
            std::size_t from, std::vector<Term>& terms, std::vector<Candidate>& out) {
    for (std::size_t i = from; i < all.size(); ++i) {
        if (std::ranges::find(terms, all[i].column, &Term::column) != terms.end()) continue;
        terms.push_back(all[i]);
        consider(population, judge, terms, out);
        if (terms.size() < kTermsPerPatternMax) extend(population, judge, all, i + 1, terms, out);
        terms.pop_back();
    }
}

}  // namespace

Found naive_search(const Population& population, const Judge& judge) {
    std::vector<Candidate> all;
    std::vector<Term> terms;
    extend(population, judge, all_terms(population, judge), 0, terms, all);
    Found found;
    if (all.empty()) return found;
    found.lead = *std::ranges::min_element(all, [](const Candidate& a, const Candidate& b) {
        if (a.scores.lead != b.scores.lead) return a.scores.lead > b.scores.lead;
        return a.pattern < b.pattern;
    });
    std::ranges::sort(all, [](const Candidate& a, const Candidate& b) {
        if (a.scores.alternative != b.scores.alternative) {
            return a.scores.alternative > b.scores.alternative;
        }
        return a.pattern < b.pattern;
    });
    if (all.size() > kAlternativesMax) all.resize(kAlternativesMax);
    found.alternatives = std::move(all);
    return found;
}

}  // namespace candor::impact
