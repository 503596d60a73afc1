// A decision in the making: a speculative state and the entries that lead to it.
//
// Every emit() is applied at once, so later rules of the same decision see earlier ones. Private to
// core: nobody outside sees a state whose entries are not durable.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/apply.h"
#include "core/state.h"
#include "model/entry.h"
#include "model/input.h"

namespace candor::core {

class Draft {
   public:
    Draft(const State& state, Timestamp at, std::uint64_t entropy)
        : state_(state), at_(at), entropy_(entropy) {}

    const State& state() const { return state_; }
    Timestamp at() const { return at_; }
    const IncidentSettings& settings() const { return state_.topology->incidents; }

    void emit(Entry entry) {
        apply(state_, at_, entry);
        entries_.push_back(std::move(entry));
    }

    // Changes title and start of an incident that this same decision opened: nobody has seen it
    // yet.
    void amend_opened(const IncidentId& id, std::string title, Timestamp started);

    // 12 characters [a-z0-9]: 62 bits drawn from the input's entropy by splitmix64 (Steele, Lea and
    // Flood, "Fast splittable pseudorandom number generators", 2014).
    std::string new_public_id();

    const ComponentState* component(const ComponentId& id) const {
        const auto found = state_.components.find(id);
        return found == state_.components.end() ? nullptr : &*found->second;
    }
    const IncidentState* incident(const IncidentId& id) const {
        const auto found = state_.incidents.find(id);
        return found == state_.incidents.end() ? nullptr : &*found->second;
    }

    // Everything this decision has emitted so far.
    const std::vector<Entry>& entries() const { return entries_; }
    const MaintenanceState* maintenance(const MaintenanceId& id) const {
        const auto found = state_.maintenances.find(id);
        return found == state_.maintenances.end() ? nullptr : &*found->second;
    }

    std::vector<Entry> take() { return std::move(entries_); }
    bool empty() const { return entries_.empty(); }

   private:
    State state_;
    Timestamp at_;
    std::uint64_t entropy_;
    std::vector<Entry> entries_;
};

}  // namespace candor::core
