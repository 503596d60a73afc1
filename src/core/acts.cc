#include "core/acts.h"

#include <algorithm>

namespace candor::core {
namespace {

// Components of the incident with a check that fails right now, for everybody or for so many
// customers that it colours the component; or with one that is silent, which is posted as well.
std::vector<ComponentId> still_failing(const State& state, const IncidentState& incident) {
    std::vector<ComponentId> failing;
    for (const auto& [id, check] : state.checks) {
        const ComponentState& component = *state.components.at(check.component);
        const bool paints =
            check.last.scope.is_all() ||
            (component.cause == StatusCause::kSignals && is_trouble(component.status));
        const bool fails = (check.last.verdict == Verdict::kFail && paints) ||
                           check.last.verdict == Verdict::kNoData;
        const bool listed =
            std::ranges::find(incident.components, check.component,
                              &IncidentComponent::component) != incident.components.end();
        if (fails && listed && std::ranges::find(failing, check.component) == failing.end()) {
            failing.push_back(check.component);
        }
    }
    return failing;
}

std::unexpected<Error> refuse_while_failing(const std::vector<ComponentId>& failing,
                                            std::string_view what) {
    std::string ids;
    for (const ComponentId& id : failing) ids += (ids.empty() ? "`" : ", `") + id.value + "`";
    return fail(ErrorCode::kConflict, "cannot " + std::string(what) + ": checks of " + ids +
                                          " still fail or do not report. The light follows the "
                                          "signals; mend the service or its check first");
}

std::string_view words_for(Ending ending) {
    switch (ending) {
        case Ending::kResolve: return "resolve";
        case Ending::kRetract: return "retract";
        case Ending::kDrill: return "call this a drill";
    }
    return "end this";
}

// Another open incident speaks for the component, so that its red keeps its words (rule 3). A
// rehearsal speaks for nothing real.
bool is_named_elsewhere(const State& state, const IncidentId& self, const ComponentId& component) {
    return std::ranges::any_of(state.open_incidents, [&](const IncidentId& id) {
        const IncidentState& other = *state.incidents.at(id);
        return id != self && other.visibility == Visibility::kPublic && !other.record.drill &&
               names(other, component);
    });
}

}  // namespace

Result<const Component*> known_component(const State& state, const ComponentId& id) {
    const Component* found = find_definition(state, id);
    if (found == nullptr) {
        return fail(ErrorCode::kNotFound,
                    "there is no component `" + id.value + "` in the configuration");
    }
    return found;
}

Result<const IncidentState*> known_incident(const Draft& draft, const IncidentId& id) {
    const IncidentState* found = draft.incident(id);
    if (found == nullptr)
        return fail(ErrorCode::kNotFound, "there is no incident `" + id.value + "`");
    return found;
}

Result<void> check_stands_for_itself(const IncidentState& incident) {
    const IncidentId& into = incident.record.merged_into;
    if (into.empty()) return {};
    return fail(ErrorCode::kConflict, "incident `" + incident.id.value + "` was merged into `" +
                                          into.value + "`; act on that one");
}

Result<void> check_not_failing(const State& state, const IncidentState& incident, Ending ending) {
    const std::string_view what = words_for(ending);
    const auto may_end = [&](const ComponentId& component) {
        return ending == Ending::kResolve && is_named_elsewhere(state, incident.id, component);
    };
    auto failing = still_failing(state, incident);
    std::erase_if(failing, may_end);
    if (!failing.empty()) return refuse_while_failing(failing, what);
    for (const IncidentComponent& c : incident.components) {
        const auto found = state.components.find(c.component);
        if (found == state.components.end() || found->second->cause != StatusCause::kHeld) continue;
        if (may_end(c.component)) continue;
        return fail(ErrorCode::kConflict, "cannot " + std::string(what) + " yet: `" +
                                              c.component.value + "` has only just recovered and " +
                                              "keeps its colour until " +
                                              format_clock(found->second->held_until) + " UTC");
    }
    return {};
}

void post_as_person(Draft& draft, const IncidentId& incident, const SealedText& text,
                    const ActorId& actor, std::vector<AffectedComponent> affected) {
    const IncidentPhase phase = draft.incident(incident)->phase;
    draft.emit(entry::IncidentPosted{.incident = incident,
                                     .update = UpdateId{draft.new_public_id()},
                                     .origin = Origin::kHuman,
                                     .phase = phase,
                                     .text = {},
                                     .sealed_text = text,
                                     .affected = std::move(affected),
                                     .actor = actor});
}

void withdraw(Draft& draft, const IncidentState& incident, const ActorId& actor) {
    for (const IncidentComponent& c : incident.components) {
        const ComponentState* component = draft.component(c.component);
        if (component == nullptr || !component->declared.contains(incident.id)) continue;
        draft.emit(
            entry::DeclarationSet{incident.id, c.component, ComponentStatus::kOperational, actor});
    }
}

std::vector<ComponentId> components_of(const IncidentState& incident) {
    std::vector<ComponentId> ids;
    for (const IncidentComponent& c : incident.components) ids.push_back(c.component);
    return ids;
}

bool names(const IncidentState& incident, const ComponentId& component) {
    return std::ranges::find(incident.components, component, &IncidentComponent::component) !=
           incident.components.end();
}

}  // namespace candor::core
