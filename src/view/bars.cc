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

void add(core::Tally& sum, const core::Tally& more) {
    sum.operational_ms += more.operational_ms;
    sum.degraded_ms += more.degraded_ms;
    sum.partial_ms += more.partial_ms;
    sum.major_ms += more.major_ms;
    sum.maintenance_ms += more.maintenance_ms;
    sum.unmeasured_ms += more.unmeasured_ms;
}

// Trouble and maintenance keep one value per bar: each is named by its day.
bool stands_together(ComponentStatus status) {
    return status == ComponentStatus::kOperational || status == ComponentStatus::kUnknown;
}

// Joins a bar that one status covers wholly to those of the same status before it.
void add_whole(std::vector<Bar>& bars, const Bar& bar, ComponentStatus status) {
    if (bars.empty() || !stands_together(status) || bars.back().worst != bar.worst) {
        bars.push_back(bar);
        return;
    }
    add(bars.back().tally, bar.tally);
    ++bars.back().count;
}

}  // namespace

std::vector<Bar> build_bars(const core::Timeline& timeline, const BarScale& scale,
                            Timestamp as_of) {
    std::vector<Bar> bars;
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
            add_whole(bars, whole_bar(start, end - start, status), status);
        } else {
            bars.push_back({start, core::tally(timeline, start, end),
                            core::worst_status(timeline, start, end)});
        }
    }
    return bars;
}

core::Tally total_of(const std::vector<Bar>& bars) {
    core::Tally sum;
    for (const Bar& bar : bars) add(sum, bar.tally);
    return sum;
}

std::size_t bar_count(const std::vector<Bar>& bars) {
    std::size_t n = 0;
    for (const Bar& bar : bars) n += bar.count;
    return n;
}

}  // namespace candor::view
