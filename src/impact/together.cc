#include "impact/together.h"

#include <algorithm>
#include <array>
#include <utility>

namespace candor::impact {

namespace {

constexpr std::size_t kValuesMax = 4;
// Each must carry a tenth of the excess: a crumb beside a cause is not a second cause.
constexpr double kShareMin = 0.1;
// One pattern is simpler than several; they must be better by more than a tenth.
constexpr double kMargin = 1.1;

struct Value {
    Pattern pattern;
    Counts counts;
};

std::vector<Value> worst_values(const Population& population, const Judge& judge,
                                std::size_t column) {
    std::vector<Value> out;
    const auto values = population.values(column);
    for (std::size_t code = 0; code < values.size(); ++code) {
        const Counts& counts = values[code];
        if (counts.affected < kAffectedMin || judge.coverage(counts) < kShareMin) continue;
        if (judge.lift(counts) < kLiftMin || !judge.stands_out(counts)) continue;
        const Term term{static_cast<std::uint16_t>(column), TermKind::kIs,
                        static_cast<std::uint16_t>(code)};
        out.push_back({Pattern().with(term), counts});
    }
    std::ranges::stable_sort(out, [&](const Value& a, const Value& b) {
        return judge.lift(a.counts) > judge.lift(b.counts);
    });
    if (out.size() > kValuesMax) out.resize(kValuesMax);
    return out;
}

}  // namespace

std::vector<Pattern> together(const Population& population, const Judge& judge, double lead) {
    std::vector<Value> best;
    double best_lead = kMargin * lead;
    for (std::size_t column = 0; column < population.table().columns().size(); ++column) {
        if (population.table().columns()[column].kind != ColumnKind::kLabels) continue;
        const std::vector<Value> values = worst_values(population, judge, column);
        Counts joined;
        for (std::size_t size = 1; size <= values.size(); ++size) {
            joined += values[size - 1].counts;
            if (size == 1) continue;
            const std::array without = {population.everything()};
            const auto scores = judge.judge(joined, without);
            if (!scores || scores->lead <= best_lead) continue;
            best_lead = scores->lead;
            best.assign(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(size));
        }
    }
    std::ranges::stable_sort(
        best, [](const Value& a, const Value& b) { return a.counts.affected > b.counts.affected; });
    std::vector<Pattern> out;
    for (const Value& value : best) out.push_back(value.pattern);
    return out;
}

}  // namespace candor::impact
