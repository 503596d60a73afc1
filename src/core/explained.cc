#include "core/explained.h"

#include <algorithm>
#include <vector>

#include "core/uptime.h"

namespace candor::core {
namespace {

using Interval = Exclusion;  // [from, to)

// Ascending and without overlaps.
std::vector<Interval> merged(std::vector<Interval> all) {
    std::ranges::sort(all, {}, &Interval::from);
    std::vector<Interval> out;
    for (const Interval& one : all) {
        if (one.to <= one.from) continue;
        if (!out.empty() && one.from <= out.back().to) {
            out.back().to = std::max(out.back().to, one.to);
        } else {
            out.push_back(one);
        }
    }
    return out;
}

Duration overlap(const std::vector<Interval>& a, const std::vector<Interval>& b) {
    Duration sum;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size()) {
        const Timestamp from = std::max(a[i].from, b[j].from);
        const Timestamp to = std::min(a[i].to, b[j].to);
        if (from < to) sum = sum + (to - from);
        a[i].to < b[j].to ? ++i : ++j;
    }
    return sum;
}

std::vector<Interval> red_time(const State& state, const IncidentState& incident, Timestamp end) {
    std::vector<Interval> red;
    for (const IncidentComponent& c : incident.components) {
        const auto found = state.components.find(c.component);
        if (found == state.components.end()) {
            // Its timeline left with it: what is left says only how long the incident lasted.
            const bool recovered = incident.recovered_at.ms != 0;
            red.push_back({incident.opened, recovered ? incident.recovered_at : end});
            continue;
        }
        const auto trouble = trouble_in(found->second->timeline, incident.opened, end);
        red.insert(red.end(), trouble.begin(), trouble.end());
    }
    return merged(std::move(red));
}

std::vector<Interval> unexplained_time(const IncidentState& incident, Timestamp end) {
    const auto first = std::ranges::find(incident.updates, Origin::kHuman, &UpdateState::origin);
    const bool never = first == incident.updates.end();
    std::vector<Interval> out{{incident.opened, never ? end : first->at}};
    for (const Lapse& lapse : incident.clock.lapses) out.push_back({lapse.since, lapse.until});
    if (incident.clock.overdue_since.ms != 0) out.push_back({incident.clock.overdue_since, end});
    return merged(std::move(out));
}

}  // namespace

Duration unexplained_red(const State& state, const IncidentState& incident, Timestamp as_of) {
    if (incident.retracted || incident.record.drill) return {};
    const Timestamp end = incident.is_open() ? as_of : incident.resolved_at;
    return overlap(red_time(state, incident, end), unexplained_time(incident, end));
}

Duration unexplained_red_since(const State& state, Timestamp from, Timestamp as_of) {
    Duration sum;
    for (const auto& [id, incident] : state.incidents) {
        if (incident->visibility != Visibility::kPublic) continue;
        if (!incident->is_open() && incident->resolved_at < from) continue;
        sum = sum + unexplained_red(state, *incident, as_of);
    }
    return sum;
}

}  // namespace candor::core
