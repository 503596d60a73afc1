#include "core/human.h"

#include <algorithm>

#include "core/acts.h"
#include "core/incidents.h"
#include "core/light.h"

namespace candor::core {
namespace {

Result<void> declare_component(Draft& draft, const IncidentId& incident,
                               const ComponentChange& change, const ActorId& actor) {
    const Component* definition = TRY(known_component(draft.state(), change.component));
    const bool withdraws = change.status == ComponentStatus::kOperational;
    if (!withdraws && !is_trouble(change.status)) {
        return fail(ErrorCode::kInvalid,
                    "component `" + change.component.value +
                        "`: declare degraded_performance, partial_outage or major_outage; "
                        "operational withdraws a declaration");
    }
    const ComponentStatus shown =
        withdraws ? draft.component(change.component)->status
                  : worse_of(change.status, draft.component(change.component)->status);
    draft.emit(entry::DeclarationSet{incident, change.component, change.status, actor});
    draft.emit(entry::IncidentComponentSet{incident, change.component, definition->name, shown});
    return {};
}

Result<void> set_phase(Draft& draft, const IncidentState& incident, IncidentPhase phase,
                       const ActorId& actor) {
    if (phase == incident.phase) return {};
    if (!incident.is_open() && phase != IncidentPhase::kPostmortem) {
        return fail(ErrorCode::kConflict,
                    "incident `" + incident.id.value +
                        "` is resolved; post without a status to add words, or declare a new one");
    }
    if (incident.is_open() && phase == IncidentPhase::kPostmortem) {
        return fail(ErrorCode::kConflict, "incident `" + incident.id.value +
                                              "` is still open; resolve it before its postmortem");
    }
    if (phase == IncidentPhase::kResolved) {
        // What fails for real during a drill has an incident of its own.
        if (!incident.record.drill) {
            TRY(check_not_failing(draft.state(), incident, Ending::kResolve));
        }
        withdraw(draft, incident, actor);
    }
    // Whoever sets the phase by hand has taken over: only "monitoring" closes by itself.
    Timestamp effective = draft.at();
    Timestamp due;
    if (phase == IncidentPhase::kMonitoring) {
        const bool good = all_good(draft.state(), incident);
        effective = good ? good_since(draft.state(), incident) : Timestamp{};
        if (good) due = draft.at() + draft.settings().resolve_after;
    }
    if (due != incident.resolve_due) draft.emit(entry::IncidentResolveDueSet{incident.id, due});
    draft.emit(entry::IncidentPhaseSet{incident.id, phase, effective});
    return {};
}

// Only an open, public incident that goes on declares anything.
Result<void> check_may_declare(const IncidentState& incident, const input::UpdatePosted& in) {
    if (in.components.empty()) return {};
    if (incident.visibility == Visibility::kPrivate) {
        return fail(ErrorCode::kConflict,
                    "incident `" + incident.id.value +
                        "` concerns one customer; declare a public one to change components");
    }
    if (!incident.is_open()) {
        return fail(ErrorCode::kConflict,
                    "incident `" + incident.id.value +
                        "` is resolved; declare a new one to change components");
    }
    for (const ComponentChange& change : in.components) {
        if (in.phase != IncidentPhase::kResolved || !is_trouble(change.status)) continue;
        return fail(ErrorCode::kInvalid, "component `" + change.component.value +
                                             "`: a resolved incident declares no trouble; leave "
                                             "it out, or do not resolve yet");
    }
    return {};
}

// What the declarations that were just emitted do to the light, not what they ask for.
std::vector<AffectedComponent> affected_by(const Draft& draft,
                                           const std::vector<ComponentChange>& changes) {
    std::vector<AffectedComponent> affected;
    for (const ComponentChange& change : changes) {
        const Component* definition = find_definition(draft.state(), change.component);
        if (definition == nullptr) continue;
        affected.push_back({change.component, draft.component(change.component)->status,
                            judge(draft.state(), *definition, draft.at()).status});
    }
    return affected;
}

}  // namespace

Result<std::vector<ComponentId>> declare_incident(Draft& draft, const input::IncidentDeclared& in) {
    if (in.components.empty()) {
        return fail(ErrorCode::kInvalid, "name at least one component and its status");
    }
    const IncidentId id{draft.new_public_id()};
    draft.emit(entry::IncidentOpened{.incident = id,
                                     .origin = Origin::kHuman,
                                     .visibility = Visibility::kPublic,
                                     .customer = {},
                                     .title = {},
                                     .sealed_title = in.title,
                                     .started = draft.at(),
                                     .impact = IncidentImpact::kNone});
    if (in.drill) draft.emit(entry::IncidentDrillSet{id, in.actor});
    std::vector<ComponentId> touched;
    ComponentStatus worst = ComponentStatus::kOperational;
    for (const ComponentChange& change : in.components) {
        if (!is_trouble(change.status)) {
            return fail(ErrorCode::kInvalid,
                        "component `" + change.component.value +
                            "`: declare degraded_performance, partial_outage or major_outage");
        }
        TRY(declare_component(draft, id, change, in.actor));
        worst = worse_of(worst, change.status);
        touched.push_back(change.component);
    }
    draft.emit(entry::IncidentImpactSet{id, impact_of(worst)});
    post_as_person(draft, id, in.text, in.actor, affected_by(draft, in.components));
    return touched;
}

Result<std::vector<ComponentId>> post_update(Draft& draft, const input::UpdatePosted& in) {
    const IncidentState incident = *TRY(known_incident(draft, in.incident));
    TRY(check_stands_for_itself(incident));
    TRY(check_may_declare(incident, in));
    for (const ComponentChange& change : in.components) {
        TRY(declare_component(draft, in.incident, change, in.actor));
    }
    // As it is now: with the components that were just added.
    const IncidentState current = *draft.incident(in.incident);
    if (in.phase) TRY(set_phase(draft, current, *in.phase, in.actor));
    post_as_person(draft, in.incident, in.text, in.actor, affected_by(draft, in.components));
    return components_of(*draft.incident(in.incident));
}

Result<std::vector<ComponentId>> retract_incident(Draft& draft,
                                                  const input::IncidentRetractRequested& in) {
    const IncidentState incident = *TRY(known_incident(draft, in.incident));
    if (incident.retracted) {
        return fail(ErrorCode::kConflict,
                    "incident `" + in.incident.value + "` is already retracted");
    }
    if (incident.record.drill) {
        return fail(ErrorCode::kConflict,
                    "incident `" + in.incident.value +
                        "` is a drill, not an alarm: resolve it when the rehearsal is over");
    }
    TRY(check_stands_for_itself(incident));
    TRY(check_not_failing(draft.state(), incident, Ending::kRetract));
    withdraw(draft, incident, in.actor);
    for (const IncidentComponent& c : incident.components) {
        const ComponentState* component = draft.component(c.component);
        if (component == nullptr) continue;
        if (component->monitoring_changed) {
            draft.emit(entry::MonitoringChangedSet{c.component, false, in.actor, {}});
        }
        const Timestamp end = incident.recovered_at.ms != 0 ? incident.recovered_at : draft.at();
        draft.emit(entry::ComponentTimeExcluded{c.component, incident.started, end});
    }
    if (incident.is_open()) {
        draft.emit(entry::IncidentResolveDueSet{in.incident, {}});
        draft.emit(entry::IncidentPhaseSet{in.incident, IncidentPhase::kResolved, draft.at()});
    }
    draft.emit(entry::IncidentRetracted{in.incident, in.actor});
    post_as_person(draft, in.incident, in.text, in.actor, {});
    return components_of(incident);
}

Result<std::vector<ComponentId>> accept_monitoring(Draft& draft,
                                                   const input::MonitoringAccepted& in) {
    TRY(known_component(draft.state(), in.component));
    if (!draft.component(in.component)->monitoring_changed) {
        return fail(ErrorCode::kConflict,
                    "the monitoring of component `" + in.component.value +
                        "` has not changed while it was failing: nothing to accept");
    }
    draft.emit(entry::MonitoringChangedSet{in.component, false, in.actor, {}});
    return std::vector<ComponentId>{in.component};
}

}  // namespace candor::core
