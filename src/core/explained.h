// Unexplained red: how long trouble stood on the page without a person's current word about it
// (rule 4), derived from the journal.
//
// Red time is what counts as trouble on the timelines of the incident's components while it was
// public; unexplained is what lies before a person's first word, or past a missed promise. Drills
// and false alarms have none. Pure.
#pragma once

#include "base/time.h"
#include "core/state.h"

namespace candor::core {

Duration unexplained_red(const State& state, const IncidentState& incident, Timestamp as_of);

// The sum over every public incident that was open within [from, as_of), each counted whole.
Duration unexplained_red_since(const State& state, Timestamp from, Timestamp as_of);

}  // namespace candor::core
