// Red is explained (rule 4): by when a person owes words about an incident, and what happens when
// they do not come.
//
// Deadlines are absolute and stand in entries. A machine's post never stops a clock, and no clock
// ever holds the light. Private incidents have the same clocks. Runs last in a decision.
#pragma once

#include <string>

#include "core/draft.h"
#include "core/state.h"
#include "model/clocks.h"

namespace candor::core {

// Machine posts that holding notes leave for recovery and end, of those that rule 10 allows.
inline constexpr std::int64_t kPostsKeptForTheEnd = 2;
// How often the next person is called once the machine has nothing left to say.
inline constexpr Duration kCallAgainEvery = hours(24);

// The single values of a configuration, for every impact.
ClockRules same_for_all(const IncidentSettings& settings);

// What the configuration in force asks for.
ClockRules clock_rules(const State& state);

// By when the first word about an incident that opens now, with this impact, is due.
Timestamp explanation_due(const Draft& draft, IncidentImpact impact);

// Starts, answers, shortens and stops clocks as this decision demands, then acts on those that have
// run out: overdue, escalation, holding note, next deadline.
void settle_clocks(Draft& draft);

// "No new information yet. Next update by 22:30 UTC."
std::string holding_text(Timestamp next);

}  // namespace candor::core
