// Incidents follow the light: opening, joining, posting, recovering, resolving (rules 3, 9, 10).
//
// Runs after the lights are settled, in the same decision, so that no batch shows red without
// words.
#pragma once

#include <vector>

#include "core/draft.h"
#include "core/light.h"

namespace candor::core {

inline constexpr Duration kMachinePostSpacing = minutes(10);
inline constexpr std::int64_t kMachinePostsMax = 6;  // between two human posts

// Opens, joins, re-opens, posts to and recovers incidents for the lights that changed.
void settle_incidents(Draft& draft, const std::vector<LightChange>& changes);

// Moves the incident between its phases as its components' lights demand; `affected` goes with the
// post about recovery, if there is one.
void follow_lights(Draft& draft, const IncidentId& id, std::vector<AffectedComponent> affected);

// Resolves what is due and still good.
void resolve_due_incidents(Draft& draft);

// True when every component of the incident is measured and operational, or under maintenance with
// nothing failing; drills of others aside.
bool all_good(const State& state, const IncidentState& incident);

// Since when all its components are operational, by the evidence; requires all_good().
Timestamp good_since(const State& state, const IncidentState& incident);

// Posts as the machine if rule 10 lets it; `exempt` posts (opening, worse, resolved) need no
// spacing.
enum class Spacing : std::uint8_t { kSpaced, kExempt };
void post_as_machine(Draft& draft, const IncidentId& id, std::string text,
                     std::vector<AffectedComponent> affected, Spacing spacing);

IncidentImpact impact_of(ComponentStatus worst);

}  // namespace candor::core
