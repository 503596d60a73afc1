#include "core/state.h"

#include "base/codec.h"
#include "base/sha256.h"

namespace candor::core {

const Component* find_definition(const State& state, const ComponentId& id) {
    for (const Component& component : state.topology->components) {
        if (component.id == id) return &component;
    }
    return nullptr;
}

bool owes_explanation(const IncidentState& incident) {
    return !incident.is_open() && !incident.explained && !incident.retracted &&
           !incident.record.drill && incident.record.merged_into.empty();
}

std::string state_hash(const State& state) {
    return to_hex(sha256(encode(state)));
}

}  // namespace candor::core
