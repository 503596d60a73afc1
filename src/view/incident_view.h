// One incident's public face. Private incidents have none.
//
// Human texts come through the caller's lookup and may be erased or damaged; the view then says so.
// Pure apart from that lookup.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/state.h"
#include "view/build_public_view.h"
#include "view/public_view.h"

namespace candor::view {

// What incidents need to know of the configuration: how each component is called. The topology
// must outlive it.
class ComponentNames {
   public:
    explicit ComponentNames(const Topology& topology);

    // "Directory"; the id when it is no longer configured.
    std::string plain(const ComponentId& id) const;
    // "Identity - Directory", as Statuspage writes it in updates.
    std::string qualified(const ComponentId& id) const;

   private:
    std::unordered_map<std::string_view, const Component*> components_;
    std::unordered_map<std::string_view, const Group*> groups_;
};

// With "Drill: " in front where it is one.
std::string incident_title(const core::IncidentState& incident, const ViewOptions& options);

// Requires incident.visibility == kPublic.
IncidentView build_incident(const core::State& state, const core::IncidentState& incident,
                            const ComponentNames& names, const ViewOptions& options);

// Public incidents for which `wanted` holds, newest first, at most `limit`.
template <class Wanted>
std::vector<IncidentView> build_incidents(const core::State& state, const ComponentNames& names,
                                          const ViewOptions& options, std::size_t limit,
                                          Wanted&& wanted) {
    std::vector<IncidentView> out;
    const auto& order = state.incident_order;
    for (auto id = order.rbegin(); id != order.rend() && out.size() < limit; ++id) {
        const auto found = state.incidents.find(*id);
        if (found == state.incidents.end()) continue;
        const core::IncidentState& incident = *found->second;
        if (incident.visibility != Visibility::kPublic || !wanted(incident)) continue;
        out.push_back(build_incident(state, incident, names, options));
    }
    return out;
}

}  // namespace candor::view
