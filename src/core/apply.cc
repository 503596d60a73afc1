#include "core/apply.h"

#include <algorithm>
#include <set>

#include "core/accounts.h"
#include "core/apply_clocks.h"
#include "core/apply_maintenance.h"
#include "core/edit_state.h"

namespace candor::core {
namespace {

// Unmeasured are only gaps longer than this many of a component's shortest interval (rule 12).
constexpr std::int64_t kGapIntervals = 3;

template <class E>
concept AccountEntry =
    requires(Accounts& accounts, const E& e) { apply_account(accounts, Timestamp{}, e); };

struct Applier {
    State& state;
    Timestamp at;

    void operator()(const entry::Started&) const {}

    void operator()(const entry::ConfigurationSet& e) const {
        state.topology.edit([&](Topology& topology) { topology = e.topology; });
        state.configuration = e.digest;
        state.configured_at = at;
        std::set<ComponentId> components;
        std::set<CheckId> checks;
        for (const Component& component : e.topology.components) {
            components.insert(component.id);
            auto& kept = state.components[component.id];
            if (kept->created.ms == 0) kept.edit([&](ComponentState& c) { c.created = at; });
            for (const CheckRule& rule : component.checks) {
                checks.insert(rule.id);
                CheckState& check = state.checks[rule.id];
                check.component = component.id;
                check.last.check = rule.id;
            }
        }
        std::erase_if(state.components,
                      [&](const auto& c) { return !components.contains(c.first); });
        std::erase_if(state.checks, [&](const auto& c) { return !checks.contains(c.first); });
        std::erase_if(state.held, [&](const ComponentId& id) { return !components.contains(id); });
    }

    void operator()(const entry::VerdictSet& e) const {
        const auto found = state.checks.find(e.change.check);
        if (found == state.checks.end()) return;
        found->second.last = e.change;
        found->second.decided = at;
    }

    void operator()(const entry::ComponentStatusSet& e) const {
        edit_component(state, e.component, [&](ComponentState& c) {
            if (c.status != ComponentStatus::kUnknown) c.last_known = c.status;
            if (e.status != ComponentStatus::kUnknown) c.last_known = e.status;
            if (e.status != c.status) c.changed = at;
            if (!is_trouble(e.status)) c.red_since = {};
            if (is_trouble(e.status) && c.red_since.ms == 0) c.red_since = at;
            c.status = e.status;
            c.counted = e.counted;
            c.cause = e.cause;
            c.effective = e.effective;
            c.check = e.check;
            c.evidence = e.evidence;
            c.timeline.set(e.effective, e.counted);
            c.timeline.trim(at - kTimelineKept);
        });
    }

    void operator()(const entry::ComponentHoldSet& e) const {
        edit_component(state, e.component, [&](ComponentState& c) { c.held_until = e.until; });
        keep_listed(state.held, e.component, e.until.ms != 0);
    }

    void operator()(const entry::MonitoringChangedSet& e) const {
        edit_component(state, e.component, [&](ComponentState& c) {
            c.monitoring_changed = e.changed;
            c.changed_checks = e.checks;
        });
    }

    void operator()(const entry::MeasurementGap& e) const {
        for (const Component& component : state.topology->components) {
            if (component.checks.empty()) continue;
            Duration shortest = component.checks.front().every;
            for (const CheckRule& rule : component.checks)
                shortest = std::min(shortest, rule.every);
            if (e.to - e.from <= shortest * kGapIntervals) continue;
            edit_component(state, component.id,
                           [&](ComponentState& c) { c.timeline.exclude(e.from, e.to); });
        }
    }

    void operator()(const entry::IncidentOpened& e) const {
        if (state.incidents.contains(e.incident)) return;
        state.incidents[e.incident].edit([&](IncidentState& i) {
            i.id = e.incident;
            i.origin = e.origin;
            i.visibility = e.visibility;
            i.customer = e.customer;
            i.title = e.title;
            i.sealed_title = e.sealed_title;
            i.started = e.started;
            i.impact = e.impact;
            i.opened = at;
            i.changed = at;
        });
        state.incident_order.push_back(e.incident);
        state.open_incidents.push_back(e.incident);
    }

    void operator()(const entry::IncidentComponentSet& e) const {
        edit_incident(state, e.incident, at, [&](IncidentState& i) {
            const auto found =
                std::ranges::find(i.components, e.component, &IncidentComponent::component);
            if (found == i.components.end()) {
                i.components.push_back({e.component, e.name, e.status, e.status, at});
            } else {
                found->now = e.status;
                found->worst = worse_of(found->worst, e.status);
            }
        });
    }

    void operator()(const entry::DeclarationSet& e) const {
        edit_component(state, e.component, [&](ComponentState& c) {
            if (e.status == ComponentStatus::kOperational) {
                c.declared.erase(e.incident);
            } else {
                c.declared[e.incident] = e.status;
            }
        });
    }

    void operator()(const entry::IncidentPhaseSet& e) const {
        edit_incident(state, e.incident, at, [&](IncidentState& i) {
            const bool entered = i.phase != e.phase;
            i.phase = e.phase;
            if (e.phase < IncidentPhase::kMonitoring) i.recovered_at = {};
            if (e.phase == IncidentPhase::kMonitoring) {
                if (entered) i.monitoring_at = at;
                i.recovered_at = e.effective;
            }
            if (e.phase >= IncidentPhase::kResolved && i.is_open()) i.resolved_at = at;
            if (e.phase < IncidentPhase::kResolved) i.resolved_at = {};
        });
        keep_listed(state.open_incidents, e.incident, e.phase < IncidentPhase::kResolved);
    }

    void operator()(const entry::IncidentPosted& e) const {
        edit_incident(state, e.incident, at, [&](IncidentState& i) {
            i.updates.push_back(
                {e.update, at, e.origin, e.phase, e.text, e.sealed_text, e.affected});
            if (e.origin == Origin::kHuman) {
                i.explained = true;
                i.last_human = at;
                i.machine_posts_since_human = 0;
            } else {
                i.last_machine = at;
                ++i.machine_posts_since_human;
            }
        });
    }

    void operator()(const entry::IncidentImpactSet& e) const {
        edit_incident(state, e.incident, at, [&](IncidentState& i) { i.impact = e.impact; });
    }

    void operator()(const entry::IncidentPromoted& e) const {
        edit_incident(state, e.incident, at, [&](IncidentState& i) {
            i.visibility = Visibility::kPublic;
            i.customer = {};
            i.title = e.title;
            i.updates.clear();  // were written for one customer; readers never saw them
        });
    }

    void operator()(const entry::IncidentResolveDueSet& e) const {
        edit_incident(state, e.incident, at, [&](IncidentState& i) { i.resolve_due = e.due; });
    }

    void operator()(const entry::IncidentReopened& e) const {
        edit_incident(state, e.incident, at, [&](IncidentState& i) {
            i.phase = IncidentPhase::kInvestigating;
            i.resolved_at = {};
            i.recovered_at = {};
            i.resolve_due = {};
        });
        keep_listed(state.open_incidents, e.incident, true);
    }

    void operator()(const entry::IncidentRetracted& e) const {
        edit_incident(state, e.incident, at, [](IncidentState& i) { i.retracted = true; });
    }

    void operator()(const entry::ComponentTimeExcluded& e) const {
        edit_component(state, e.component,
                       [&](ComponentState& c) { c.timeline.exclude(e.from, e.to); });
    }

    void operator()(const entry::WallClockStepped&) const {}

    template <class E>
        requires AccountEntry<E>
    void operator()(const E& e) const {
        state.accounts.edit([&](Accounts& accounts) { apply_account(accounts, at, e); });
    }

    void operator()(const entry::SignedOut&) const {}
    // The notifier's affair.
    void operator()(const entry::SubscriberSet&) const {}
    void operator()(const entry::SubscriberRemoved&) const {}

    void operator()(const entry::ChannelSwitchedOn&) const {}

    void operator()(const entry::PagingMuted& e) const {
        state.paging.muted_until = e.until;
        state.paging.changed = at;
        state.paging.actor = e.actor;
    }
    void operator()(const entry::ShiftOverridden& e) const {
        auto& known = state.paging.overrides;
        known.push_back({e.id, e.rotation, e.person, e.start, e.end, e.actor, at});
        if (known.size() <= kShiftOverridesKept) return;
        const auto over = [&](const ShiftOverrideState& o) { return o.end <= at; };
        const auto oldest = std::ranges::find_if(known, over);
        known.erase(oldest == known.end() ? known.begin() : oldest);
    }
    // What has begun stays, ended: it was so.
    void operator()(const entry::ShiftOverrideRemoved& e) const {
        auto& known = state.paging.overrides;
        const auto found = std::ranges::find(known, e.id, &ShiftOverrideState::id);
        if (found == known.end()) return;
        if (found->start < at) {
            found->end = std::min(found->end, at);
        } else {
            known.erase(found);
        }
    }

    // What other files of core give its meaning.
    template <class E>
    void operator()(const E& e) const {
        apply_entry(state, at, e);
    }
};

}  // namespace

void apply(State& state, Timestamp at, const Entry& entry) {
    std::visit(Applier{state, at}, entry);
}

void apply(State& state, Position position, const Batch& batch) {
    for (const Entry& entry : batch.entries) apply(state, batch.at, entry);
    state.position = position;
    state.at = batch.at;
}

}  // namespace candor::core
