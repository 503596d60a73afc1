#include "core/apply_clocks.h"

#include <algorithm>

#include "core/edit_state.h"

namespace candor::core {

void apply_entry(State& state, Timestamp, const entry::ClockRulesSet& e) {
    state.clock_rules = e.rules;
}

void apply_entry(State& state, Timestamp, const entry::ClockSet& e) {
    if (!state.incidents.contains(e.incident)) return;
    edit_quietly(state, e.incident, [&](IncidentState& i) {
        i.clock.kind = e.kind;
        i.clock.due = e.due;
        i.clock.impact = i.impact;
        i.clock.answered = i.last_human;
        if (e.kind == ClockKind::kExplanation && e.due.ms != 0) i.explained = false;
    });
    keep_listed(state.clocked, e.incident, e.due.ms != 0);
}

void apply_entry(State& state, Timestamp at, const entry::OverdueSet& e) {
    edit_incident(state, e.incident, at, [&](IncidentState& i) {
        if (e.since.ms == 0 && i.clock.overdue_since.ms != 0) {
            i.clock.lapses.push_back({i.clock.overdue_since, at});
        }
        i.clock.overdue = e.kind;
        i.clock.overdue_since = e.since;
        if (e.since.ms == 0) i.clock.step = 0;
        if (e.since.ms == 0) i.clock.holding = 0;
    });
}

void apply_entry(State& state, Timestamp, const entry::EscalationRaised& e) {
    edit_quietly(state, e.incident, [&](IncidentState& i) {
        i.clock.step = e.step;
        i.clock.holding = 0;
    });
}

void apply_entry(State& state, Timestamp, const entry::HoldingNoteMarked& e) {
    edit_quietly(state, e.incident, [&](IncidentState& i) {
        const auto update = std::ranges::find(i.updates, e.update, &UpdateState::id);
        if (update == i.updates.end()) return;
        update->holding = true;
        ++i.clock.holding;
    });
}

void apply_entry(State& state, Timestamp at, const entry::IncidentOwned& e) {
    edit_incident(state, e.incident, at, [&](IncidentState& i) {
        i.record.owner = e.actor;
        i.record.owned_at = at;
    });
}

void apply_entry(State& state, Timestamp at, const entry::IncidentDrillSet& e) {
    edit_incident(state, e.incident, at, [](IncidentState& i) { i.record.drill = true; });
}

void apply_entry(State& state, Timestamp at, const entry::IncidentStartedSet& e) {
    edit_incident(state, e.incident, at, [&](IncidentState& i) {
        if (i.record.evidence_started.ms == 0) i.record.evidence_started = i.started;
        i.started = e.started;
    });
}

void apply_entry(State& state, Timestamp at, const entry::IncidentMerged& e) {
    edit_incident(state, e.incident, at, [&](IncidentState& i) { i.record.merged_into = e.into; });
    edit_incident(state, e.into, at,
                  [&](IncidentState& i) { i.record.merged_from.push_back(e.incident); });
}

void apply_entry(State& state, Timestamp at, const entry::IncidentSplit& e) {
    edit_incident(state, e.incident, at, [&](IncidentState& i) {
        const auto left =
            std::ranges::find(i.components, e.component, &IncidentComponent::component);
        if (left == i.components.end()) return;
        i.record.split_off.push_back({e.component, left->name, e.into});
        i.components.erase(left);
    });
    edit_incident(state, e.into, at, [&](IncidentState& i) { i.record.split_from = e.incident; });
}

}  // namespace candor::core
