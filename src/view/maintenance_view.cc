#include "view/maintenance_view.h"

#include <algorithm>

#include "core/windows.h"
#include "view/human_text.h"
#include "view/statuspage.h"

namespace candor::view {
namespace {

std::string name_in(const core::MaintenanceState& window, const ViewOptions& options) {
    if (window.sealed_name.empty()) return window.name;
    const Result<std::string> name = human_text(window.sealed_name, options);
    return name ? *name : missing_title("A maintenance", name.error().code);
}

MaintenanceUpdateView build_update(const core::MaintenanceUpdate& u, const ViewOptions& options) {
    MaintenanceUpdateView out{u.id, u.at, u.origin, u.phase, u.text, {}};
    if (u.sealed_text.empty()) return out;
    if (Result<std::string> text = human_text(u.sealed_text, options)) {
        out.text = std::move(*text);
    } else {
        out.missing = missing_text(text.error().code);
    }
    return out;
}

// Told early enough to leave the uptime, as a whole, in part or not at all (rule 12).
Counting counting_of(const core::MaintenanceState& window) {
    if (window.uncounted_to <= window.uncounted_from) return Counting::kCounted;
    const bool whole = window.uncounted_from <= window.start && window.uncounted_to >= window.end;
    return whole ? Counting::kLeftOut : Counting::kPartly;
}

template <class Ids>
void build_all(std::vector<MaintenanceView>& out, const core::State& state, const Ids& ids,
               const ComponentNames& names, const ViewOptions& options, std::size_t limit) {
    for (const MaintenanceId& id : ids) {
        if (out.size() == limit) return;
        out.push_back(build_maintenance(*state.maintenances.at(id), names, options));
    }
}

}  // namespace

MaintenanceView build_maintenance(const core::MaintenanceState& window, const ComponentNames& names,
                                  const ViewOptions& options) {
    MaintenanceView out;
    out.id = window.id;
    out.statuspage_id = statuspage_id("maintenance", window.id.value);
    out.name = name_in(window, options);
    out.phase = window.phase;
    out.start = window.start;
    out.end = window.end;
    out.announced = window.announced;
    out.started = window.started;
    out.ended = window.ended;
    out.changed = window.changed;
    out.sequence = window.sequence;
    out.counting = counting_of(window);
    for (const MaintenanceComponent& c : window.components) {
        out.components.push_back({c.id, c.name, names.qualified(c.id)});
    }
    for (const core::MaintenanceUpdate& u : window.updates) {
        out.updates.push_back(build_update(u, options));
    }
    std::ranges::reverse(out.updates);
    return out;
}

void add_maintenances(PublicView& view, const core::State& state, const ComponentNames& names,
                      const ViewOptions& options) {
    build_all(view.maintenances, state, state.active_maintenances, names, options,
              kMaintenancesOpenMax);
    build_all(view.upcoming, state, state.scheduled_maintenances, names, options,
              kMaintenancesOpenMax);
    std::vector<MaintenanceId> closed = state.closed_maintenances;
    std::ranges::reverse(closed);
    build_all(view.past_maintenances, state, closed, names, options, kPastMaintenancesMax);
}

std::vector<MaintenanceView> maintenances_between(const core::State& state,
                                                  const ViewOptions& options, Timestamp from,
                                                  Timestamp to) {
    const ComponentNames names(*state.topology);
    std::vector<MaintenanceView> out;
    for (const auto& [id, window] : state.maintenances) {
        if (window->started.ms == 0 || window->started < from || window->started >= to) continue;
        out.push_back(build_maintenance(*window, names, options));
    }
    std::ranges::sort(out, std::greater{},
                      [](const MaintenanceView& m) { return std::pair(m.started, m.id); });
    return out;
}

Sentence maintenance_sentence(const core::State& state, const ComponentId& component) {
    Timestamp end;
    for (const MaintenanceId& id : state.active_maintenances) {
        const core::MaintenanceState& window = *state.maintenances.at(id);
        if (core::names_component(window, component)) end = std::max(end, window.end);
    }
    Sentence out;
    const CheckId& failing = state.components.at(component)->check;
    const auto check = state.checks.find(failing);
    if (!failing.empty() && check != state.checks.end()) {
        out.say("Maintenance; checks failing since ").at(check->second.last.since).say(".");
    } else {
        out.say("Maintenance; all its checks pass.");
    }
    if (end.ms != 0) out.say(" Planned to end at ").at(end).say(".");
    return out;
}

}  // namespace candor::view
