#include "core/apply_maintenance.h"

#include <algorithm>

namespace candor::core {
namespace {

template <class Change>
void edit_window(State& state, const MaintenanceId& id, Timestamp at, Change&& change) {
    const auto found = state.maintenances.find(id);
    if (found == state.maintenances.end()) return;
    found->second.edit([&](MaintenanceState& window) {
        window.changed = at;
        change(window);
    });
}

// Puts the window into the list of its phase and out of the others.
void list_by_phase(State& state, const MaintenanceId& id) {
    const auto found = state.maintenances.find(id);
    if (found == state.maintenances.end()) return;
    const MaintenanceState& window = *found->second;
    const bool was_active =
        std::ranges::find(state.active_maintenances, id) != state.active_maintenances.end();
    if (was_active && window.phase == MaintenancePhase::kInProgress) return;
    std::erase(state.scheduled_maintenances, id);
    std::erase(state.active_maintenances, id);
    std::erase(state.closed_maintenances, id);
    if (window.phase == MaintenancePhase::kInProgress) {
        state.active_maintenances.push_back(id);
    } else if (window.phase == MaintenancePhase::kScheduled) {
        const auto place =
            std::ranges::find_if(state.scheduled_maintenances, [&](const MaintenanceId& other) {
                const MaintenanceState& o = *state.maintenances.at(other);
                return o.start > window.start || (o.start == window.start && other > id);
            });
        state.scheduled_maintenances.insert(place, id);
    } else {
        state.closed_maintenances.push_back(id);
        if (state.closed_maintenances.size() <= kMaintenancesClosedMax) return;
        state.maintenances.erase(state.closed_maintenances.front());
        state.closed_maintenances.erase(state.closed_maintenances.begin());
    }
}

}  // namespace

void apply_entry(State& state, Timestamp at, const entry::MaintenanceSet& e) {
    state.maintenances[e.maintenance].edit([&](MaintenanceState& w) {
        if (w.phase == MaintenancePhase::kCancelled) {
            w.phase = MaintenancePhase::kScheduled;
            w.ended = {};
        }
        w.id = e.maintenance;
        w.origin = e.origin;
        w.name = e.name;
        w.sealed_name = e.sealed_name;
        w.description = e.description;
        w.components = e.components;
        w.expects = e.expects;
        w.start = e.start;
        w.end = e.end;
        w.announced = e.announced;
        w.uncounted_from = e.uncounted_from;
        w.uncounted_to = e.uncounted_to;
        w.sequence = e.sequence;
        w.moved_by_hand = e.moved_by_hand;
        w.counted_again = false;
        w.changed = at;
    });
    list_by_phase(state, e.maintenance);
}

void apply_entry(State& state, Timestamp at, const entry::MaintenanceStarted& e) {
    edit_window(state, e.maintenance, at, [&](MaintenanceState& w) {
        w.phase = MaintenancePhase::kInProgress;
        w.started = e.effective;
        w.uncovered = e.uncovered;
    });
    list_by_phase(state, e.maintenance);
}

void apply_entry(State& state, Timestamp at, const entry::MaintenanceCovered& e) {
    edit_window(state, e.maintenance, at,
                [&](MaintenanceState& w) { std::erase(w.uncovered, e.component); });
}

void apply_entry(State& state, Timestamp at, const entry::MaintenancePosted& e) {
    edit_window(state, e.maintenance, at, [&](MaintenanceState& w) {
        w.updates.push_back({e.update, at, e.origin, e.phase, e.text, e.sealed_text});
    });
}

void apply_entry(State& state, Timestamp at, const entry::MaintenanceEnded& e) {
    edit_window(state, e.maintenance, at, [&](MaintenanceState& w) {
        w.phase = MaintenancePhase::kCompleted;
        w.ended = e.effective;
    });
    list_by_phase(state, e.maintenance);
}

void apply_entry(State& state, Timestamp at, const entry::MaintenanceCancelled& e) {
    edit_window(state, e.maintenance, at, [&](MaintenanceState& w) {
        w.phase = MaintenancePhase::kCancelled;
        w.ended = at;
        w.cancelled_by = e.origin;
        w.sequence = e.sequence;
    });
    list_by_phase(state, e.maintenance);
}

void apply_entry(State& state, Timestamp at, const entry::MaintenanceCountedAgain& e) {
    edit_window(state, e.maintenance, at, [](MaintenanceState& w) { w.counted_again = true; });
}

}  // namespace candor::core
