#include "core/record.h"

#include <algorithm>

#include "core/acts.h"
#include "core/incidents.h"
#include "core/light.h"
#include "core/words.h"

namespace candor::core {
namespace {

using Touched = std::vector<ComponentId>;

std::unexpected<Error> conflict(const IncidentId& incident, std::string_view why) {
    return fail(ErrorCode::kConflict, "incident `" + incident.value + "` " + std::string(why));
}

Timestamp end_of(const IncidentState& incident, Timestamp at) {
    if (incident.recovered_at.ms != 0) return incident.recovered_at;
    return incident.is_open() ? at : incident.resolved_at;
}

// A declaration of the incident begins where the incident now does (rule 12): it is a person's word
// from its first moment on. What checks measured is not touched.
void count_from(Draft& draft, const IncidentState& incident, Timestamp started) {
    for (const IncidentComponent& c : incident.components) {
        const ComponentState* component = draft.component(c.component);
        if (component == nullptr || component->cause != StatusCause::kDeclared) continue;
        const auto declared = component->declared.find(incident.id);
        const bool shows_it = declared != component->declared.end() &&
                              declared->second == component->status && !is_drilled(*component);
        if (!shows_it || component->effective <= started) continue;
        draft.emit(entry::ComponentStatusSet{c.component,
                                             component->status,
                                             component->counted,
                                             StatusCause::kDeclared,
                                             started,
                                             {},
                                             {}});
    }
}

Result<void> check_may_merge(const IncidentState& from, const IncidentState& into) {
    if (from.id == into.id) return conflict(from.id, "cannot be merged into itself");
    TRY(check_stands_for_itself(from));
    TRY(check_stands_for_itself(into));
    for (const IncidentState* one : {&from, &into}) {
        if (one->visibility == Visibility::kPrivate) {
            return conflict(one->id, "concerns one customer: it is never merged with another");
        }
        if (one->retracted)
            return conflict(one->id, "was a false alarm: there is nothing to merge");
    }
    if (from.record.drill != into.record.drill) {
        return conflict(from.id,
                        "and `" + into.id.value +
                            "` cannot be merged: one of them is a drill, the other is not");
    }
    if (from.is_open() && !into.is_open()) {
        return conflict(into.id, "is closed; merge it into `" + from.id.value + "` instead");
    }
    return {};
}

// What the open incident says of components goes on in the other one.
void carry_components(Draft& draft, const IncidentState& from, const IncidentId& into,
                      const ActorId& actor) {
    for (const IncidentComponent& c : from.components) {
        const ComponentState* component = draft.component(c.component);
        if (component == nullptr) continue;
        draft.emit(entry::IncidentComponentSet{into, c.component, c.name, c.now});
        const auto declared = component->declared.find(from.id);
        if (declared == component->declared.end()) continue;
        const auto there = component->declared.find(into);
        const ComponentStatus status = there == component->declared.end()
                                           ? declared->second
                                           : worse_of(declared->second, there->second);
        draft.emit(entry::DeclarationSet{into, c.component, status, actor});
    }
    withdraw(draft, from, actor);
    const IncidentImpact impact = std::max(from.impact, draft.incident(into)->impact);
    if (impact != draft.incident(into)->impact) {
        draft.emit(entry::IncidentImpactSet{into, impact});
    }
}

// A merge is no way to win time: the earlier promise goes over too.
void carry_promise(Draft& draft, const IncidentState& from, const IncidentId& into) {
    const IncidentState& other = *draft.incident(into);
    if (from.explained || other.explained) return;
    const Timestamp late = from.clock.overdue_since;
    const bool later = other.clock.overdue_since.ms == 0 || other.clock.overdue_since > late;
    if (late.ms != 0 && later) {
        draft.emit(entry::OverdueSet{into, ClockKind::kExplanation, late});
    }
    const Timestamp due = from.clock.due;
    if (due.ms != 0 && due < draft.incident(into)->clock.due) {
        draft.emit(entry::ClockSet{into, ClockKind::kExplanation, due});
    }
}

std::vector<std::string> names_in(const IncidentState& incident) {
    std::vector<std::string> out;
    for (const IncidentComponent& c : incident.components) out.push_back(c.name);
    return out;
}

Result<void> check_may_split(const Draft& draft, const IncidentState& incident,
                             const ComponentId& id) {
    TRY(check_stands_for_itself(incident));
    if (!incident.is_open()) return conflict(incident.id, "is closed: only an open one is split");
    if (incident.visibility == Visibility::kPrivate || incident.record.drill) {
        return conflict(incident.id, "is a drill or concerns one customer: it is never split");
    }
    if (!names(incident, id)) {
        return conflict(incident.id, "does not name component `" + id.value + "`");
    }
    if (incident.components.size() < 2) {
        return conflict(incident.id, "names no other component: there is nothing to split");
    }
    const ComponentState* component = draft.component(id);
    if (component == nullptr || !needs_words(*component)) {
        return conflict(incident.id, "can only be split by a component that has trouble; `" +
                                         id.value + "` has none");
    }
    return {};
}

void move_component(Draft& draft, const IncidentId& from, const IncidentComponent& c,
                    const IncidentId& into, const ActorId& actor) {
    draft.emit(entry::IncidentSplit{from, c.component, into, actor});
    draft.emit(entry::IncidentComponentSet{into, c.component, c.name, c.now});
    const ComponentState& component = *draft.component(c.component);
    const auto declared = component.declared.find(from);
    if (declared != component.declared.end()) {
        const ComponentStatus status = declared->second;
        draft.emit(entry::DeclarationSet{into, c.component, status, actor});
        draft.emit(entry::DeclarationSet{from, c.component, ComponentStatus::kOperational, actor});
    }
    draft.emit(entry::IncidentImpactSet{into, impact_of(c.now)});
}

}  // namespace

Result<Touched> acknowledge_incident(Draft& draft, const input::IncidentAcknowledged& in) {
    const IncidentState& incident = *TRY(known_incident(draft, in.incident));
    TRY(check_stands_for_itself(incident));
    if (!incident.is_open() && !owes_explanation(incident)) {
        return conflict(in.incident, "is closed and explained: there is nothing left to take on");
    }
    if (incident.record.owner == in.actor) {
        return conflict(in.incident, "is yours already; post an update to tell readers more");
    }
    draft.emit(entry::IncidentOwned{in.incident, in.actor});
    return Touched{};
}

Result<Touched> mute_paging(Draft& draft, const input::PagingMuteRequested& in) {
    const bool muted = draft.state().paging.muted_until > draft.at();
    if (in.length.ms == 0) {
        if (!muted) return fail(ErrorCode::kConflict, "calls are not muted");
        draft.emit(entry::PagingMuted{{}, in.actor});
        return Touched{};
    }
    if (in.length < kMuteMin || in.length > kMuteMax) {
        return fail(ErrorCode::kInvalid, "calls can be muted for a minute to seven days");
    }
    draft.emit(entry::PagingMuted{draft.at() + in.length, in.actor});
    return Touched{};
}

Result<Touched> mark_drill(Draft& draft, const input::DrillMarked& in) {
    const IncidentState incident = *TRY(known_incident(draft, in.incident));
    TRY(check_stands_for_itself(incident));
    if (incident.record.drill) return conflict(in.incident, "is marked as a drill already");
    if (incident.visibility == Visibility::kPrivate) {
        return conflict(in.incident, "concerns one customer: only public ones can be drills");
    }
    if (incident.is_open() && incident.origin == Origin::kMachine) {
        return conflict(in.incident,
                        "was opened by checks that failed. Wait until it has closed, then mark it; "
                        "to rehearse, declare a drill beforehand");
    }
    TRY(check_not_failing(draft.state(), incident, Ending::kDrill));
    const Timestamp end = end_of(incident, draft.at());
    for (const IncidentComponent& c : incident.components) {
        if (draft.component(c.component) == nullptr) continue;
        draft.emit(entry::ComponentTimeExcluded{c.component, incident.started, end});
    }
    draft.emit(entry::IncidentDrillSet{in.incident, in.actor});
    return components_of(incident);
}

Result<Touched> move_start(Draft& draft, const input::StartMoved& in) {
    const IncidentState incident = *TRY(known_incident(draft, in.incident));
    TRY(check_stands_for_itself(incident));
    if (incident.retracted) return conflict(in.incident, "was a false alarm: it has no start");
    if (in.started >= incident.started) {
        return conflict(in.incident,
                        "starts at " + format_rfc3339(incident.started) +
                            " by what is known; a start can only be moved back, to before that");
    }
    if (in.started < incident.opened - kStartBackMax) {
        return fail(ErrorCode::kInvalid,
                    "the start lies more than 30 days before the incident was "
                    "opened; check the year and the month");
    }
    draft.emit(entry::IncidentStartedSet{in.incident, in.started, in.actor});
    count_from(draft, incident, in.started);
    return Touched{};
}

Result<Touched> merge_incidents(Draft& draft, const input::IncidentsMerged& in) {
    const IncidentState from = *TRY(known_incident(draft, in.incident));
    const IncidentState into = *TRY(known_incident(draft, in.into));
    TRY(check_may_merge(from, into));
    if (from.is_open()) {
        carry_components(draft, from, into.id, in.actor);
        carry_promise(draft, from, into.id);
        draft.emit(entry::IncidentResolveDueSet{from.id, {}});
        draft.emit(entry::IncidentPhaseSet{from.id, IncidentPhase::kResolved, draft.at()});
    }
    draft.emit(entry::IncidentMerged{from.id, into.id, in.actor});
    post_as_machine(draft, from.id,
                    "This goes on as part of another incident; updates stand there.", {},
                    Spacing::kExempt);
    post_as_machine(draft, into.id,
                    list_names(names_in(from)) +
                        ": the incident about this is now part of this one, because it is the same "
                        "trouble.",
                    {}, Spacing::kExempt);
    follow_lights(draft, into.id, {});
    return components_of(from);
}

Result<Touched> split_incident(Draft& draft, const input::ComponentSplitOff& in) {
    const IncidentState incident = *TRY(known_incident(draft, in.incident));
    TRY(check_may_split(draft, incident, in.component));
    const IncidentComponent part =
        *std::ranges::find(incident.components, in.component, &IncidentComponent::component);
    const IncidentId fresh{draft.new_public_id()};
    draft.emit(entry::IncidentOpened{
        .incident = fresh,
        .origin = incident.origin,
        .visibility = Visibility::kPublic,
        .customer = {},
        .title = {},
        .sealed_title = in.title,
        .started = std::max(incident.started, draft.component(in.component)->effective),
        .impact = IncidentImpact::kNone});
    move_component(draft, incident.id, part, fresh, in.actor);
    post_as_person(draft, fresh, in.text, in.actor, {});
    post_as_machine(draft, incident.id,
                    part.name + " is followed in an incident of its own from now on.", {},
                    Spacing::kExempt);
    follow_lights(draft, incident.id, {});
    return Touched{in.component};
}

}  // namespace candor::core
