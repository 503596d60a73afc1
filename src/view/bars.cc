#include "view/bars.h"

#include <algorithm>

namespace candor::view {
namespace {

bool touches_exclusion(const core::Timeline& timeline, Timestamp from, Timestamp to) {
    return std::ranges::any_of(timeline.exclusions(), [&](const core::Exclusion& e) {
        return e.from < to && e.to > from;
    });
}

Bar whole_bar(Timestamp start, Duration length, ComponentStatus status) {
    Bar bar{.start = start, .tally = {}, .worst = status};
    switch (status) {
        case ComponentStatus::kOperational: bar.tally.operational_ms = length.ms; break;
        case ComponentStatus::kDegradedPerformance: bar.tally.degraded_ms = length.ms; break;
        case ComponentStatus::kPartialOutage: bar.tally.partial_ms = length.ms; break;
        case ComponentStatus::kMajorOutage: bar.tally.major_ms = length.ms; break;
        case ComponentStatus::kUnderMaintenance: bar.tally.maintenance_ms = length.ms; break;
        case ComponentStatus::kUnknown:
            bar.tally.unmeasured_ms = length.ms;
            bar.worst = std::nullopt;
            break;
    }
    return bar;
}

}  // namespace

std::vector<Bar> build_bars(const core::Timeline& timeline, const BarScale& scale,
                            Timestamp as_of) {
    std::vector<Bar> bars;
    bars.reserve(static_cast<std::size_t>(scale.count));
    Timestamp start = first_bar(scale, as_of);
    const std::vector<core::Span> spans = timeline.between(start, as_of);
    std::size_t at = 0;
    for (std::int64_t i = 0; i < scale.count; ++i, start = start + scale.step) {
        const Timestamp end = std::min(start + scale.step, as_of);
        while (at + 1 < spans.size() && spans[at + 1].from <= start) ++at;
        const bool before_any = spans.empty() || spans[at].from >= end;
        const bool one_span = !before_any && spans[at].from <= start &&
                              (at + 1 == spans.size() || spans[at + 1].from >= end);
        if (before_any || (one_span && !touches_exclusion(timeline, start, end))) {
            const ComponentStatus status =
                before_any ? ComponentStatus::kUnknown : spans[at].status;
            bars.push_back(whole_bar(start, end - start, status));
        } else {
            bars.push_back({start, core::tally(timeline, start, end),
                            core::worst_status(timeline, start, end)});
        }
    }
    return bars;
}

core::Tally total_of(const std::vector<Bar>& bars) {
    core::Tally sum;
    for (const Bar& bar : bars) {
        sum.operational_ms += bar.tally.operational_ms;
        sum.degraded_ms += bar.tally.degraded_ms;
        sum.partial_ms += bar.tally.partial_ms;
        sum.major_ms += bar.tally.major_ms;
        sum.maintenance_ms += bar.tally.maintenance_ms;
        sum.unmeasured_ms += bar.tally.unmeasured_ms;
    }
    return sum;
}

}  // namespace candor::view
