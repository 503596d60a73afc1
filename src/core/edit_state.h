// How apply changes an incident or a component: by a changed copy, with the state's lists kept
// true.
//
// Private to core's apply files. Unknown ids change nothing.
#pragma once

#include <algorithm>
#include <vector>

#include "core/state.h"

namespace candor::core {

template <class T>
void keep_listed(std::vector<T>& list, const T& item, bool wanted) {
    const auto found = std::ranges::find(list, item);
    if (wanted && found == list.end()) list.push_back(item);
    if (!wanted && found != list.end()) list.erase(found);
}

// A change that readers of the incident do not see.
template <class Change>
void edit_quietly(State& state, const IncidentId& id, Change&& change) {
    const auto found = state.incidents.find(id);
    if (found == state.incidents.end()) return;
    const bool owed = owes_explanation(*found->second);
    found->second.edit(change);
    if (owed != owes_explanation(*found->second)) keep_listed(state.owed, id, !owed);
}

template <class Change>
void edit_incident(State& state, const IncidentId& id, Timestamp at, Change&& change) {
    edit_quietly(state, id, [&](IncidentState& incident) {
        incident.changed = at;
        change(incident);
    });
}

template <class Change>
void edit_component(State& state, const ComponentId& id, Change&& change) {
    const auto found = state.components.find(id);
    if (found != state.components.end()) found->second.edit(change);
}

}  // namespace candor::core
