// What the entries of model/clock_entries.h mean; a part of core/apply.h.
//
// Total and frozen like the rest of apply. Entries naming unknown things change nothing.
#pragma once

#include "base/time.h"
#include "core/state.h"
#include "model/clock_entries.h"

namespace candor::core {

void apply_entry(State& state, Timestamp at, const entry::ClockRulesSet& e);
void apply_entry(State& state, Timestamp at, const entry::ClockSet& e);
void apply_entry(State& state, Timestamp at, const entry::OverdueSet& e);
void apply_entry(State& state, Timestamp at, const entry::EscalationRaised& e);
void apply_entry(State& state, Timestamp at, const entry::HoldingNoteMarked& e);
void apply_entry(State& state, Timestamp at, const entry::IncidentOwned& e);
void apply_entry(State& state, Timestamp at, const entry::IncidentDrillSet& e);
void apply_entry(State& state, Timestamp at, const entry::IncidentStartedSet& e);
void apply_entry(State& state, Timestamp at, const entry::IncidentMerged& e);
void apply_entry(State& state, Timestamp at, const entry::IncidentSplit& e);

}  // namespace candor::core
