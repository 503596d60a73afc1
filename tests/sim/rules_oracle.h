// The rules of the light and of incidents, checked on every batch from its entries.
//
// Keeps its own small books (since when each light was shown, when each incident last spoke)
// instead of asking core's. Every answer is a complaint, empty when all is well. One thread.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "core/state.h"
#include "model/batch.h"

namespace candor::sim {

// Begins every text that a simulated person writes; must never stand in the journal.
inline constexpr std::string_view kHumanMark = "in human words";

class RulesOracle {
   public:
    explicit RulesOracle(Duration min_red) : min_red_(min_red) {}

    // `after` is the state with the batch applied.
    std::string check(const core::State& after, const Batch& batch);
    const std::map<std::string, int>& seen() const { return seen_; }

   private:
    struct Shown {
        ComponentStatus status = ComponentStatus::kUnknown;
        StatusCause cause = StatusCause::kNotMeasuredYet;
        Timestamp red_since;
    };
    struct Spoken {
        int machine_posts = 0;  // since the last human one
        Timestamp last_machine;
        std::map<ComponentId, ComponentStatus> listed;
    };

    std::string see(const Batch& batch, const entry::ComponentStatusSet& e);
    std::string see(const Batch& batch, const entry::IncidentPosted& e);
    void see_configuration(const entry::ConfigurationSet& e);
    void see_loud(const Entry& entry);
    std::string see_entry(const Batch& batch, const Entry& entry);
    void count(const Entry& entry);

    Duration min_red_;
    std::map<ComponentId, Shown> shown_;
    std::map<IncidentId, Spoken> spoken_;
    std::set<IncidentId> loud_;  // may speak in this batch without waiting
    std::map<std::string, int> seen_;
};

// Whole-state rules; also used on published states.
std::string unexplained(const core::State& state);
std::string wrong_incident(const core::State& state);
// The product's uptime arithmetic against counting every elementary interval by itself.
std::string wrong_uptime(const core::State& state, Timestamp as_of);

}  // namespace candor::sim
