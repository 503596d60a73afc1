#include "core/private_trouble.h"

#include <algorithm>

#include "core/incidents.h"
#include "core/light.h"
#include "core/words.h"

namespace candor::core {
namespace {

bool names(const IncidentState& incident, const ComponentId& component) {
    return std::ranges::find(incident.components, component, &IncidentComponent::component) !=
           incident.components.end();
}

std::optional<IncidentId> private_incident(const State& state, const ComponentId& component,
                                           const CustomerId* customer) {
    for (const IncidentId& id : state.open_incidents) {
        const IncidentState& incident = *state.incidents.at(id);
        if (incident.visibility != Visibility::kPrivate || !names(incident, component)) continue;
        if (customer == nullptr || incident.customer == *customer) return id;
    }
    return std::nullopt;
}

// The verdict that fails for this customer alone, on a check of the component.
const VerdictChange* failing_for(const State& state, const Component& component,
                                 const CustomerId& customer) {
    for (const CheckRule& rule : component.checks) {
        const auto found = state.checks.find(rule.id);
        if (found == state.checks.end()) continue;
        const VerdictChange& v = found->second.last;
        if (v.verdict == Verdict::kFail && v.scope.customer == customer) return &v;
    }
    return nullptr;
}

void open_private(Draft& draft, const Component& component, const VerdictChange& verdict) {
    const IncidentId id{draft.new_public_id()};
    const std::string title = component.name + " fails for one customer";
    draft.emit(entry::IncidentOpened{.incident = id,
                                     .origin = Origin::kMachine,
                                     .visibility = Visibility::kPrivate,
                                     .customer = verdict.scope.customer,
                                     .title = title,
                                     .sealed_title = {},
                                     .started = verdict.since,
                                     .impact = IncidentImpact::kNone});
    draft.emit(entry::IncidentComponentSet{id, component.id, component.name,
                                           ComponentStatus::kPartialOutage});
    post_as_machine(draft, id,
                    "Since " + format_clock(verdict.since) + " UTC, " + component.name + " " +
                        public_predicate(verdict.evidence) + " for this customer only.",
                    {}, Spacing::kExempt);
}

void resolve_private(Draft& draft, const IncidentState& incident) {
    const IncidentId id = incident.id;
    draft.emit(entry::IncidentPhaseSet{id, IncidentPhase::kResolved, draft.at()});
    post_as_machine(draft, id, "It works for this customer again.", {}, Spacing::kExempt);
}

void settle_component(Draft& draft, const Component& component) {
    if (needs_words(*draft.component(component.id))) return;
    for (const CheckRule& rule : component.checks) {
        const auto found = draft.state().checks.find(rule.id);
        if (found == draft.state().checks.end()) continue;
        const VerdictChange verdict = found->second.last;
        if (verdict.verdict != Verdict::kFail || verdict.scope.is_all()) continue;
        if (!private_incident(draft.state(), component.id, &verdict.scope.customer)) {
            open_private(draft, component, verdict);
        }
    }
    const std::vector<IncidentId> open = draft.state().open_incidents;
    for (const IncidentId& id : open) {
        const IncidentState incident = *draft.incident(id);
        if (incident.visibility != Visibility::kPrivate || !names(incident, component.id)) continue;
        if (failing_for(draft.state(), component, incident.customer) == nullptr) {
            resolve_private(draft, incident);
        }
    }
}

}  // namespace

std::optional<IncidentId> private_incident_of(const State& state, const ComponentId& component) {
    return private_incident(state, component, nullptr);
}

void settle_private(Draft& draft, const std::vector<ComponentId>& components) {
    for (const ComponentId& id : components) {
        const Component* definition = find_definition(draft.state(), id);
        if (definition != nullptr) settle_component(draft, *definition);
    }
}

}  // namespace candor::core
