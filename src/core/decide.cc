#include "core/decide.h"

#include <algorithm>
#include <set>

#include "core/draft.h"
#include "core/human.h"
#include "core/incidents.h"
#include "core/light.h"
#include "core/private_trouble.h"

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

bool was_bad(const CheckState& check) {
    return check.last.scope.is_all() &&
           (check.last.verdict == Verdict::kFail || check.last.verdict == Verdict::kNoData);
}

// Failing checks that the new topology drops, moves or changes (rule 1).
std::set<CheckId> bad_checks_touched(const State& state, const Topology& next) {
    std::set<CheckId> touched;
    for (const auto& [id, check] : state.checks) {
        if (!was_bad(check)) continue;
        const CheckRule* before = find_rule(*state.topology, id, check.component);
        const CheckRule* after = find_rule(next, id, check.component);
        if (before == nullptr || after == nullptr || !(*before == *after)) touched.insert(id);
    }
    return touched;
}

Touched configure(Draft& draft, const input::ConfigurationLoaded& in) {
    const State& state = draft.state();
    if (state.configuration == in.digest && *state.topology == in.topology) return {};
    const std::set<CheckId> touched = bad_checks_touched(state, in.topology);
    std::set<ComponentId> changed;
    for (const CheckId& id : touched) changed.insert(state.checks.at(id).component);
    draft.emit(entry::ConfigurationSet{in.topology, in.digest});
    for (const CheckId& id : touched) {
        VerdictChange fresh;
        fresh.check = id;
        fresh.since = draft.at();
        if (draft.state().checks.contains(id)) draft.emit(entry::VerdictSet{fresh});
    }
    for (const ComponentId& id : changed) {
        if (draft.component(id) != nullptr) draft.emit(entry::MonitoringChangedSet{id, true, {}});
    }
    return all_components(draft.state());
}

Touched take_verdicts(Draft& draft, const input::VerdictsChanged& in) {
    std::set<ComponentId> touched;
    for (const VerdictChange& change : in.changes) {
        const auto found = draft.state().checks.find(change.check);
        if (found == draft.state().checks.end()) continue;
        touched.insert(found->second.component);
        draft.emit(entry::VerdictSet{change});
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
    Result<Touched> operator()(const input::UpdatePosted& in) const { return post_update(draft, in); }
    Result<Touched> operator()(const input::IncidentRetractRequested& in) const {
        return retract_incident(draft, in);
    }
    Result<Touched> operator()(const input::MonitoringAccepted& in) const {
        return accept_monitoring(draft, in);
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
        return due;
    }
};

}  // namespace

Result<std::vector<Entry>> decide(const State& state, const Input& input) {
    Draft draft(state, input.at, input.entropy);
    const Touched touched = TRY(std::visit(Decider{draft}, input.what));
    settle_incidents(draft, settle_lights(draft, touched));
    settle_private(draft, touched);
    resolve_due_incidents(draft);
    return draft.take();
}

std::optional<Timestamp> next_deadline(const State& state) {
    std::optional<Timestamp> next;
    const auto consider = [&](Timestamp t) {
        if (t.ms != 0 && (!next || t < *next)) next = t;
    };
    for (const ComponentId& id : state.held) consider(state.components.at(id)->held_until);
    for (const IncidentId& id : state.open_incidents) consider(state.incidents.at(id)->resolve_due);
    return next;
}

}  // namespace candor::core
