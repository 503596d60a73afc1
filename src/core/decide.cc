#include "core/decide.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/accounts.h"
#include "core/clocks.h"
#include "core/draft.h"
#include "core/human.h"
#include "core/incidents.h"
#include "core/join.h"
#include "core/light.h"
#include "core/maintenance.h"
#include "core/private_trouble.h"
#include "core/record.h"
#include "core/shift_overrides.h"

namespace candor::core {
namespace {

using Touched = std::vector<ComponentId>;

Touched all_components(const State& state) {
    Touched out;
    for (const Component& component : state.topology->components) out.push_back(component.id);
    return out;
}

const CheckRule* find_rule(const Topology& topology, const CheckId& id, const ComponentId& owner) {
    for (const Component& component : topology.components) {
        if (component.id != owner) continue;
        for (const CheckRule& rule : component.checks) {
            if (rule.id == id) return &rule;
        }
    }
    return nullptr;
}

// True when the light is, or was until we went blind, worse than operational because of it.
bool was_bad(const State& state, const CheckState& check) {
    switch (check.last.verdict) {
        case Verdict::kFail:
            return check.last.scope.is_all() ||
                   is_trouble(state.components.at(check.component)->status);
        case Verdict::kNoData: return true;
        case Verdict::kBlind: return incident_naming(state, check.component).has_value();
        case Verdict::kNone:
        case Verdict::kPass:
        case Verdict::kSuspect: return false;
    }
    return false;
}

// Failing checks that the new topology drops, moves, changes or no longer lets paint (rule 1).
std::set<CheckId> bad_checks_touched(const State& state, const Topology& next) {
    std::set<CheckId> touched;
    for (const auto& [id, check] : state.checks) {
        if (!was_bad(state, check)) continue;
        const bool loosened =
            !check.last.scope.is_all() &&
            next.incidents.min_customers > state.topology->incidents.min_customers;
        const CheckRule* before = find_rule(*state.topology, id, check.component);
        const CheckRule* after = find_rule(next, id, check.component);
        if (loosened || before == nullptr || after == nullptr || !(*before == *after))
            touched.insert(id);
    }
    return touched;
}

// Which components' monitoring changed, with every check that did and still waits for a person.
std::map<ComponentId, std::set<CheckId>> changed_monitoring(const State& state,
                                                            const std::set<CheckId>& touched) {
    std::map<ComponentId, std::set<CheckId>> changed;
    for (const CheckId& id : touched) changed[state.checks.at(id).component].insert(id);
    for (auto& [id, checks] : changed) {
        const ComponentState& component = *state.components.at(id);
        checks.insert(component.changed_checks.begin(), component.changed_checks.end());
    }
    return changed;
}

// A changed check that fails again has shown that it still sees: it waits for nobody any more.
void failed_again(Draft& draft, const VerdictChange& change, const ComponentId& id) {
    const ComponentState& component = *draft.component(id);
    std::vector<CheckId> rest = component.changed_checks;
    const bool listed = std::erase(rest, change.check) > 0;
    if (change.verdict != Verdict::kFail || !listed) return;
    const bool waits = !rest.empty();
    draft.emit(entry::MonitoringChangedSet{id, waits, {}, std::move(rest)});
}

Touched configure(Draft& draft, const input::ConfigurationLoaded& in) {
    const State& state = draft.state();
    const ClockRules clocks = in.clocks.value_or(same_for_all(in.topology.incidents));
    if (state.configuration == in.digest && *state.topology == in.topology &&
        clock_rules(state) == clocks) {
        return {};
    }
    const std::set<CheckId> touched = bad_checks_touched(state, in.topology);
    auto changed = changed_monitoring(state, touched);
    for (const Component& component : in.topology.components) {
        // It left the configuration while its incident was open, and is back: still not green.
        const bool returns = draft.component(component.id) == nullptr &&
                             incident_naming(state, component.id).has_value();
        if (returns) changed.try_emplace(component.id);
    }
    draft.emit(entry::ConfigurationSet{in.topology, in.digest});
    if (clock_rules(draft.state()) != clocks) draft.emit(entry::ClockRulesSet{clocks});
    for (const CheckId& id : touched) {
        VerdictChange fresh;
        fresh.check = id;
        fresh.since = draft.at();
        if (draft.state().checks.contains(id)) draft.emit(entry::VerdictSet{fresh});
    }
    for (const auto& [id, checks] : changed) {
        if (draft.component(id) == nullptr) continue;
        draft.emit(entry::MonitoringChangedSet{id, true, {}, {checks.begin(), checks.end()}});
    }
    return all_components(draft.state());
}

Touched take_verdicts(Draft& draft, const input::VerdictsChanged& in) {
    std::set<ComponentId> touched;
    for (const VerdictChange& change : in.changes) {
        const auto found = draft.state().checks.find(change.check);
        if (found == draft.state().checks.end()) continue;
        const ComponentId component = found->second.component;
        touched.insert(component);
        draft.emit(entry::VerdictSet{change});
        failed_again(draft, change, component);
    }
    // Display order, so that sentences and titles list components as readers know them.
    Touched out;
    for (const Component& component : draft.state().topology->components) {
        if (touched.contains(component.id)) out.push_back(component.id);
    }
    return out;
}

Touched start(Draft& draft, const input::Started& in) {
    draft.emit(entry::Started{in.version, in.last_alive});
    if (in.last_alive.ms != 0 && in.last_alive < draft.at()) {
        draft.emit(entry::MeasurementGap{in.last_alive, draft.at(), GapReason::kStopped});
    }
    return {};
}

struct Decider {
    Draft& draft;

    Result<Touched> operator()(const input::Started& in) const { return start(draft, in); }
    Result<Touched> operator()(const input::ConfigurationLoaded& in) const {
        return configure(draft, in);
    }
    Result<Touched> operator()(const input::VerdictsChanged& in) const {
        return take_verdicts(draft, in);
    }
    Result<Touched> operator()(const input::IncidentDeclared& in) const {
        return declare_incident(draft, in);
    }
    Result<Touched> operator()(const input::UpdatePosted& in) const {
        return post_update(draft, in);
    }
    Result<Touched> operator()(const input::IncidentRetractRequested& in) const {
        return retract_incident(draft, in);
    }
    Result<Touched> operator()(const input::MonitoringAccepted& in) const {
        return accept_monitoring(draft, in);
    }
    Result<Touched> operator()(const input::IncidentAcknowledged& in) const {
        return acknowledge_incident(draft, in);
    }
    Result<Touched> operator()(const input::DrillMarked& in) const { return mark_drill(draft, in); }
    Result<Touched> operator()(const input::StartMoved& in) const { return move_start(draft, in); }
    Result<Touched> operator()(const input::IncidentsMerged& in) const {
        return merge_incidents(draft, in);
    }
    Result<Touched> operator()(const input::ComponentSplitOff& in) const {
        return split_incident(draft, in);
    }
    Result<Touched> operator()(const input::ObserverGap& in) const {
        if (in.to > in.from) {
            draft.emit(entry::MeasurementGap{in.from, in.to, GapReason::kSuspended});
        }
        return Touched{};
    }
    Result<Touched> operator()(const input::WallClockStepped& in) const {
        draft.emit(entry::WallClockStepped{in.by});
        return Touched{};
    }
    Result<Touched> operator()(const input::TimerDue&) const {
        Touched due;
        for (const ComponentId& id : draft.state().held) {
            if (draft.component(id)->held_until <= draft.at()) due.push_back(id);
        }
        for (const ComponentId& id : run_due_windows(draft)) {
            if (std::ranges::find(due, id) == due.end()) due.push_back(id);
        }
        return due;
    }
    Result<Touched> operator()(const input::MaintenancePlanned& in) const {
        return plan_windows(draft, in);
    }
    Result<Touched> operator()(const input::MaintenanceScheduled& in) const {
        return schedule_window(draft, in);
    }
    Result<Touched> operator()(const input::MaintenanceUpdated& in) const {
        return update_window(draft, in);
    }
    Result<Touched> operator()(const input::MaintenanceFinished& in) const {
        return finish_window(draft, in);
    }
    Result<Touched> operator()(const input::MaintenanceCancelRequested& in) const {
        return cancel_window(draft, in);
    }
    Result<Touched> operator()(const input::SubscriberConfirmed& in) const {
        draft.emit(entry::SubscriberSet{in.subscriber, in.components, in.min_impact, in.record,
                                        in.replaces});
        return Touched{};
    }
    Result<Touched> operator()(const input::SubscriberLeft& in) const {
        draft.emit(entry::SubscriberRemoved{in.subscriber, in.record, in.actor});
        return Touched{};
    }
    Result<Touched> operator()(const input::PagingMuteRequested& in) const {
        return mute_paging(draft, in);
    }
    Result<Touched> operator()(const input::ChannelSwitchOnRequested& in) const {
        draft.emit(entry::ChannelSwitchedOn{in.channel, in.actor});
        return Touched{};
    }
    Result<Touched> operator()(const input::ShiftOverrideRequested& in) const {
        return override_shift(draft, in);
    }
    Result<Touched> operator()(const input::ShiftOverrideRemoveRequested& in) const {
        return remove_shift_override(draft, in);
    }
    // People and tokens touch no component.
    template <class In>
    Result<Touched> operator()(const In& in) const {
        TRY(decide_account(draft, in));
        return Touched{};
    }
};

}  // namespace

Result<std::vector<Entry>> decide(const State& state, const Input& input) {
    Draft draft(state, input.at, input.entropy);
    const Touched touched = TRY(std::visit(Decider{draft}, input.what));
    const auto changes = settle_lights(draft, touched);
    cover_recovered(draft);
    settle_incidents(draft, changes);
    settle_private(draft, touched);
    resolve_due_incidents(draft);
    settle_clocks(draft);
    return draft.take();
}

std::optional<Timestamp> next_deadline(const State& state) {
    std::optional<Timestamp> next;
    const auto consider = [&](Timestamp t) {
        if (t.ms != 0 && (!next || t < *next)) next = t;
    };
    if (const auto window = next_window_deadline(state)) consider(*window);
    for (const ComponentId& id : state.held) consider(state.components.at(id)->held_until);
    for (const IncidentId& id : state.open_incidents) consider(state.incidents.at(id)->resolve_due);
    for (const IncidentId& id : state.clocked) consider(state.incidents.at(id)->clock.due);
    return next;
}

}  // namespace candor::core
