#include "core/join.h"

#include <algorithm>
#include <set>

namespace candor::core {
namespace {

bool names(const IncidentState& incident, const ComponentId& component) {
    return std::ranges::find(incident.components, component, &IncidentComponent::component) !=
           incident.components.end();
}

bool depends_on(const Component& a, const ComponentId& b) {
    return std::ranges::find(a.depends_on, b) != a.depends_on.end();
}

bool neighbours(const State& state, const ComponentId& a, const ComponentId& b) {
    const Component* left = find_definition(state, a);
    const Component* right = find_definition(state, b);
    if (left == nullptr || right == nullptr) return false;
    if (!left->group.empty() && left->group == right->group) return true;
    return depends_on(*left, b) || depends_on(*right, a);
}

bool joins_as_neighbour(const State& state, const IncidentState& incident,
                        const ComponentId& component, Timestamp at) {
    return std::ranges::any_of(incident.components, [&](const IncidentComponent& c) {
        return at - c.joined <= kJoinNeighbours && neighbours(state, c.component, component);
    });
}

// Real trouble is never hidden in a rehearsal.
bool takes_trouble(const IncidentState& incident) {
    return incident.visibility == Visibility::kPublic && !incident.record.drill;
}

// Calls visit(incident) for open public incidents that are no drills, newest first, until it
// returns true.
template <class Visit>
std::optional<IncidentId> newest_open(const State& state, Visit&& visit) {
    for (auto it = state.open_incidents.rbegin(); it != state.open_incidents.rend(); ++it) {
        const IncidentState& incident = *state.incidents.at(*it);
        if (takes_trouble(incident) && visit(incident)) return incident.id;
    }
    return std::nullopt;
}

}  // namespace

std::vector<IncidentId> incidents_naming(const State& state, const ComponentId& component) {
    std::vector<IncidentId> found;
    newest_open(state, [&](const IncidentState& i) {
        if (names(i, component)) found.push_back(i.id);
        return false;
    });
    return found;
}

std::optional<IncidentId> incident_naming(const State& state, const ComponentId& component) {
    return newest_open(state, [&](const IncidentState& i) { return names(i, component); });
}

std::optional<IncidentId> incident_to_reopen(const State& state, const ComponentId& component,
                                             Timestamp at) {
    std::size_t looked_at = 0;
    for (auto it = state.incident_order.rbegin(); it != state.incident_order.rend(); ++it) {
        if (++looked_at > kReopenScanMax) break;
        const IncidentState& incident = *state.incidents.at(*it);
        if (incident.is_open() || incident.retracted) continue;
        if (!takes_trouble(incident) || !incident.record.merged_into.empty()) continue;
        if (at - incident.resolved_at <= kReopenWithin && names(incident, component)) return *it;
    }
    return std::nullopt;
}

std::optional<IncidentId> incident_to_join(const State& state, const ComponentId& component,
                                           std::size_t turning, Timestamp at) {
    const auto near = newest_open(
        state, [&](const IncidentState& i) { return joins_as_neighbour(state, i, component, at); });
    if (near || turning < kJoinManyComponents) return near;
    return newest_open(state, [&](const IncidentState& i) {
        return std::ranges::any_of(
            i.components, [&](const IncidentComponent& c) { return at - c.joined <= kJoinMany; });
    });
}

std::size_t recently_joined(const State& state, Timestamp at) {
    std::set<ComponentId> components;
    for (const IncidentId& id : state.open_incidents) {
        const IncidentState& incident = *state.incidents.at(id);
        if (!takes_trouble(incident)) continue;
        for (const IncidentComponent& c : incident.components) {
            if (at - c.joined <= kJoinMany) components.insert(c.component);
        }
    }
    return components.size();
}

}  // namespace candor::core
