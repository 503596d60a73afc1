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

template <class Change>
void edit_incident(State& state, const IncidentId& id, Timestamp at, Change&& change) {
    const auto found = state.incidents.find(id);
    if (found == state.incidents.end()) return;
    found->second.edit([&](IncidentState& incident) {
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
