// What the acts of people share: finding what they name, refusing, posting in a person's name.
//
// Refusals are kNotFound and kConflict with a message that says how to go on; they change nothing.
// Private to core.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "core/draft.h"
#include "model/incident.h"

namespace candor::core {

Result<const Component*> known_component(const State& state, const ComponentId& id);
Result<const IncidentState*> known_incident(const Draft& draft, const IncidentId& id);

// kConflict when the incident goes on in another one.
Result<void> check_stands_for_itself(const IncidentState& incident);

enum class Ending : std::uint8_t { kResolve, kRetract, kDrill };

// No person may end the last incident that names a component which shows trouble by its checks
// (rule 1), be it only for the rest of min_red: the light would be red without a word (rule 3).
// Retracting or calling it a drill says that nothing was wrong, so it is refused while anything is.
Result<void> check_not_failing(const State& state, const IncidentState& incident, Ending ending);

void post_as_person(Draft& draft, const IncidentId& incident, const SealedText& text,
                    const ActorId& actor, std::vector<AffectedComponent> affected);

// Withdraws everything this incident declares.
void withdraw(Draft& draft, const IncidentState& incident, const ActorId& actor);

std::vector<ComponentId> components_of(const IncidentState& incident);
bool names(const IncidentState& incident, const ComponentId& component);

}  // namespace candor::core
