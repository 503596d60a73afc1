#include "core/maintenance.h"

#include <algorithm>
#include <set>

#include "core/maintenance_steps.h"
#include "core/maintenance_words.h"
#include "core/windows.h"

namespace candor::core {
namespace {

using Touched = std::vector<ComponentId>;

void touch(std::set<ComponentId>& touched, const Draft& draft, const MaintenanceState& window) {
    const Touched components = components_of(draft, window);
    touched.insert(components.begin(), components.end());
}

Touched in_page_order(const State& state, const std::set<ComponentId>& touched) {
    Touched out;
    for (const Component& component : state.topology->components) {
        if (touched.contains(component.id)) out.push_back(component.id);
    }
    return out;
}

// The configuration takes back only what nobody else ended.
bool may_return(const MaintenanceState& window) {
    return window.phase == MaintenancePhase::kCancelled && window.cancelled_by == Origin::kMachine;
}

bool same_plan(const entry::MaintenanceSet& e, const MaintenanceState& w) {
    return e.name == w.name && e.description == w.description && e.components == w.components &&
           e.expects == w.expects && e.start == w.start && e.end == w.end;
}

void plan_new(Draft& draft, entry::MaintenanceSet e, const MaintenanceState* cancelled) {
    const State& state = draft.state();
    if (state.scheduled_maintenances.size() + state.active_maintenances.size() >=
        kMaintenancesOpenMax) {
        return;
    }
    e.announced = draft.at();
    if (cancelled != nullptr) e.sequence = cancelled->sequence + 1;
    excuse(e, nullptr, draft.at());
    const MaintenanceId id = e.maintenance;
    std::string text = e.description;
    draft.emit(std::move(e));
    if (text.empty()) text = scheduled_text(*draft.maintenance(id));
    post_to_window(draft, id, std::move(text), {}, {});
}

void plan_again(Draft& draft, entry::MaintenanceSet e, const MaintenanceState& before) {
    e.announced = before.announced;
    e.sequence = before.sequence + 1;
    e.moved_by_hand = before.moved_by_hand;
    excuse(e, &before, draft.at());
    const bool moved = e.start != before.start || e.end != before.end;
    const bool told_anew = e.description != before.description && !e.description.empty();
    const MaintenanceId id = e.maintenance;
    std::string text = e.description;
    draft.emit(std::move(e));
    if (moved) post_to_window(draft, id, moved_text(before, *draft.maintenance(id)), {}, {});
    if (told_anew) post_to_window(draft, id, std::move(text), {}, {});
}

void plan_one(Draft& draft, const PlannedWindow& plan, std::set<ComponentId>& touched) {
    entry::MaintenanceSet e;
    e.maintenance = plan.id;
    e.name = plan.name;
    e.description = plan.description;
    e.components = named(draft.state(), plan.components);
    e.expects = plan.expects;
    e.start = plan.start;
    e.end = plan.end;
    if (e.components.empty() || e.end <= draft.at()) return;
    const MaintenanceState* found = draft.maintenance(plan.id);
    if (found == nullptr || may_return(*found)) {
        plan_new(draft, std::move(e), found);
        return;
    }
    const MaintenanceState before = *found;
    if (!before.is_open()) return;
    // What has begun keeps its beginning, and what a person moved keeps its times.
    const bool begun = before.phase == MaintenancePhase::kInProgress;
    if (begun || before.moved_by_hand) e.start = before.start;
    if (before.moved_by_hand) e.end = before.end;
    if (same_plan(e, before)) return;
    touch(touched, draft, before);
    plan_again(draft, std::move(e), before);
    touch(touched, draft, *draft.maintenance(plan.id));
}

void drop(Draft& draft, const MaintenanceId& id, std::set<ComponentId>& touched) {
    const MaintenanceState window = *draft.maintenance(id);
    // What a person scheduled or moved is theirs to call off.
    if (window.origin != Origin::kMachine || window.moved_by_hand) return;
    if (window.end <= draft.at()) return;
    touch(touched, draft, window);
    if (window.phase == MaintenancePhase::kInProgress) {
        end_window(draft, id, draft.at(), {}, {});
        return;
    }
    draft.emit(entry::MaintenanceCancelled{id, Origin::kMachine, window.sequence + 1, {}});
    post_to_window(draft, id, called_off_text(), {}, {});
}

bool waits_to_count(const MaintenanceState& w) {
    return !w.counted_again && w.uncounted_from < w.uncounted_to && w.uncounted_to < w.end;
}

struct Due {
    Timestamp at;
    MaintenanceId id;
};

// The earliest thing that is to happen to a window; an end comes before a beginning.
std::optional<Due> next_due(const State& state) {
    std::optional<Due> next;
    const auto consider = [&](Timestamp at, const MaintenanceId& id) {
        if (!next || at < next->at) next = Due{at, id};
    };
    for (const MaintenanceId& id : state.active_maintenances) {
        const MaintenanceState& window = *state.maintenances.at(id);
        consider(window.end, id);
        if (waits_to_count(window)) consider(window.uncounted_to, id);
    }
    if (!state.scheduled_maintenances.empty()) {
        const MaintenanceId& id = state.scheduled_maintenances.front();
        consider(state.maintenances.at(id)->start, id);
    }
    return next;
}

}  // namespace

std::vector<ComponentId> plan_windows(Draft& draft, const input::MaintenancePlanned& in) {
    std::set<ComponentId> touched;
    std::set<MaintenanceId> wanted;
    for (const PlannedWindow& plan : in.windows) wanted.insert(plan.id);
    std::vector<MaintenanceId> open = draft.state().scheduled_maintenances;
    open.insert(open.end(), draft.state().active_maintenances.begin(),
                draft.state().active_maintenances.end());
    for (const MaintenanceId& id : open) {
        if (!wanted.contains(id)) drop(draft, id, touched);
    }
    for (const PlannedWindow& plan : in.windows) plan_one(draft, plan, touched);
    return in_page_order(draft.state(), touched);
}

std::vector<ComponentId> run_due_windows(Draft& draft) {
    std::set<ComponentId> touched;
    while (const auto due = next_due(draft.state())) {
        if (due->at > draft.at()) break;
        const MaintenanceState window = *draft.maintenance(due->id);
        touch(touched, draft, window);
        if (window.phase == MaintenancePhase::kScheduled) {
            begin_window(draft, due->id);
        } else if (due->at >= window.end) {
            end_window(draft, due->id, window.end, {}, {});
        } else {
            draft.emit(entry::MaintenanceCountedAgain{due->id});
        }
    }
    return in_page_order(draft.state(), touched);
}

void cover_recovered(Draft& draft) {
    const std::vector<MaintenanceId> active = draft.state().active_maintenances;
    for (const MaintenanceId& id : active) {
        const std::vector<ComponentId> uncovered = draft.maintenance(id)->uncovered;
        for (const ComponentId& component : uncovered) {
            const ComponentState* now = draft.component(component);
            if (now == nullptr || now->cause != StatusCause::kMaintenance) continue;
            draft.emit(entry::MaintenanceCovered{id, component});
        }
    }
}

std::optional<Timestamp> next_window_deadline(const State& state) {
    const auto due = next_due(state);
    return due ? std::optional(due->at) : std::nullopt;
}

}  // namespace candor::core
