#include "impact/quantile_bins.h"

#include <algorithm>

#include "impact/scalar.h"

namespace candor::impact {

namespace {

struct Point {
    double value = 0;
    std::uint32_t code = 0;
};

// Every text's position, ascending; nothing when one has none, or when numbers and times are mixed.
std::optional<std::vector<Point>> points_of(const Names& texts, ColumnKind& kind) {
    std::vector<Point> points;
    std::optional<ScalarKind> seen;
    for (std::uint32_t code = 0; code < texts.size(); ++code) {
        if (texts.name(code).empty()) continue;
        const auto scalar = parse_scalar(texts.name(code));
        if (!scalar || (seen && *seen != scalar->kind)) return {};
        seen = scalar->kind;
        points.push_back({scalar->value, code});
    }
    kind = seen == ScalarKind::kTime ? ColumnKind::kTimes : ColumnKind::kNumbers;
    std::ranges::sort(points, [](const Point& a, const Point& b) {
        return a.value != b.value ? a.value < b.value : a.code < b.code;
    });
    return points;
}

}  // namespace

std::optional<Bins> quantile_bins(const Names& texts, const std::vector<std::uint32_t>& sizes,
                                  std::size_t scalars_min) {
    if (texts.size() <= scalars_min) return {};
    Bins bins;
    const auto points = points_of(texts, bins.kind);
    if (!points || points->size() <= scalars_min) return {};
    std::uint64_t rows = 0;
    for (const Point& point : *points) rows += sizes[point.code];
    bins.bin_of_code.assign(texts.size(), kNoCode);
    bins.edges = {""};
    std::uint64_t before = 0;
    std::uint64_t part = 1;  // the next cut is due once `part` 64ths of the rows are behind
    for (std::size_t i = 0; i < points->size(); ++i) {
        const Point& point = (*points)[i];
        const bool new_value = i > 0 && point.value != (*points)[i - 1].value;
        if (new_value && before * kBinsMax >= part * rows) {
            bins.edges.emplace_back(texts.name(point.code));
            part = before * kBinsMax / rows + 1;
        }
        bins.bin_of_code[point.code] = static_cast<std::uint16_t>(bins.edges.size() - 1);
        before += sizes[point.code];
    }
    return bins;
}

}  // namespace candor::impact
