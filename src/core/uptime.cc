#include "core/uptime.h"

#include <algorithm>

namespace candor::core {
namespace {

// Calls visit(begin, end, status) for each part of [from, to) that a span covers and no exclusion
// does.
template <class Visit>
void for_each_counted(const Timeline& timeline, Timestamp from, Timestamp to, Visit&& visit) {
    const std::vector<Span> spans = timeline.between(from, to);
    for (std::size_t i = 0; i < spans.size(); ++i) {
        Timestamp begin = std::max(spans[i].from, from);
        const Timestamp end = std::min(i + 1 < spans.size() ? spans[i + 1].from : to, to);
        for (const Exclusion& e : timeline.exclusions()) {
            if (e.to <= begin) continue;
            if (e.from >= end) break;
            if (e.from > begin) visit(begin, e.from, spans[i].status);
            begin = std::min(e.to, end);
        }
        if (begin < end) visit(begin, end, spans[i].status);
    }
}

}  // namespace

Tally tally(const Timeline& timeline, Timestamp from, Timestamp to) {
    Tally out;
    std::int64_t counted = 0;
    for_each_counted(timeline, from, to,
                     [&](Timestamp begin, Timestamp end, ComponentStatus status) {
                         const std::int64_t ms = (end - begin).ms;
                         switch (status) {
                             case ComponentStatus::kOperational: out.operational_ms += ms; break;
                             case ComponentStatus::kDegradedPerformance:
                                 out.degraded_ms += ms;
                                 break;
                             case ComponentStatus::kPartialOutage: out.partial_ms += ms; break;
                             case ComponentStatus::kMajorOutage: out.major_ms += ms; break;
                             case ComponentStatus::kUnderMaintenance:
                                 out.maintenance_ms += ms;
                                 break;
                             case ComponentStatus::kUnknown: return;
                         }
                         counted += ms;
                     });
    out.unmeasured_ms = std::max<std::int64_t>(0, (to - from).ms) - counted;
    return out;
}

std::optional<std::int64_t> uptime_ppm(const Tally& t) {
    const std::int64_t measured = t.measured_ms();
    if (measured <= 0) return std::nullopt;
    return (measured - t.down_ms()) * 1'000'000 / measured;
}

std::vector<Exclusion> trouble_in(const Timeline& timeline, Timestamp from, Timestamp to) {
    std::vector<Exclusion> out;
    for_each_counted(timeline, from, to,
                     [&](Timestamp begin, Timestamp end, ComponentStatus status) {
                         if (is_trouble(status)) out.push_back({begin, end});
                     });
    return out;
}

std::optional<ComponentStatus> worst_status(const Timeline& timeline, Timestamp from,
                                            Timestamp to) {
    std::optional<ComponentStatus> worst;
    for_each_counted(timeline, from, to, [&](Timestamp, Timestamp, ComponentStatus status) {
        if (status == ComponentStatus::kUnknown) return;
        worst = worst ? worse_of(*worst, status) : status;
    });
    return worst;
}

}  // namespace candor::core
