#include "view/console_maintenance.h"

#include <algorithm>
#include <iterator>

#include "core/windows.h"
#include "view/maintenance_view.h"

namespace candor::view {
namespace {

// When it was closed: its last sentence says so at that time, which can be after its planned end.
Timestamp closed_at(const core::MaintenanceState& window) {
    for (const core::MaintenanceUpdate& u : window.updates) {
        if (u.phase == MaintenancePhase::kCompleted) return std::max(u.at, window.ended);
    }
    return window.ended;
}

struct Trouble {
    std::vector<IncidentMeanwhile> incidents;
    bool overrun = false;
};

Trouble trouble_of(const core::State& state, const core::MaintenanceState& window,
                   const ViewOptions& options) {
    Trouble out;
    if (window.started.ms == 0) return out;
    const Timestamp closed = closed_at(window);
    for (const auto& [id, shared] : state.incidents) {
        const core::IncidentState& incident = *shared;
        if (incident.visibility != Visibility::kPublic) continue;
        if (!incident.is_open() && incident.resolved_at < window.started) continue;
        bool in = false;
        for (const core::IncidentComponent& c : incident.components) {
            if (!core::names_component(window, c.component)) continue;
            if (c.joined < window.started || (closed.ms != 0 && c.joined > closed)) continue;
            in = true;
            out.overrun = out.overrun || c.joined == closed;
        }
        if (in) out.incidents.push_back({id, incident_title(incident, options), incident.opened});
    }
    std::ranges::sort(out.incidents, {}, &IncidentMeanwhile::opened);
    return out;
}

}  // namespace

ConsoleMaintenance build_console_maintenance(const core::State& state,
                                             const core::MaintenanceState& window,
                                             const ComponentNames& names,
                                             const ViewOptions& options) {
    Trouble trouble = trouble_of(state, window, options);
    return {.window = build_maintenance(window, names, options),
            .origin = window.origin,
            .moved_by_hand = window.moved_by_hand,
            .expects = window.expects,
            .incidents = std::move(trouble.incidents),
            .overrun = trouble.overrun,
            .timeline = {}};
}

std::vector<MaintenanceId> maintenances_in_order(const core::State& state,
                                                 std::string_view wanted) {
    std::vector<MaintenanceId> out;
    if (wanted != "closed") {
        out = state.active_maintenances;
        std::ranges::copy(state.scheduled_maintenances, std::back_inserter(out));
    }
    if (wanted != "open") {
        std::copy(state.closed_maintenances.rbegin(), state.closed_maintenances.rend(),
                  std::back_inserter(out));
    }
    return out;
}

std::vector<Timestamp> moments_of(const core::MaintenanceState& window) {
    std::vector<Timestamp> out = {window.announced, window.changed};
    for (const core::MaintenanceUpdate& u : window.updates) out.push_back(u.at);
    std::ranges::sort(out);
    const auto repeats = std::ranges::unique(out);
    out.erase(repeats.begin(), repeats.end());
    return out;
}

}  // namespace candor::view
