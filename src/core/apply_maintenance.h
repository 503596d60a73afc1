// What the entries of model/maintenance_entries.h mean; a part of core/apply.h.
//
// Total and frozen like the rest of apply. Entries naming unknown windows change nothing. Keeps
// State's three lists of windows true and bounded.
#pragma once

#include "base/time.h"
#include "core/state.h"
#include "model/maintenance_entries.h"

namespace candor::core {

void apply_entry(State& state, Timestamp at, const entry::MaintenanceSet& e);
void apply_entry(State& state, Timestamp at, const entry::MaintenanceStarted& e);
void apply_entry(State& state, Timestamp at, const entry::MaintenanceCovered& e);
void apply_entry(State& state, Timestamp at, const entry::MaintenancePosted& e);
void apply_entry(State& state, Timestamp at, const entry::MaintenanceEnded& e);
void apply_entry(State& state, Timestamp at, const entry::MaintenanceCancelled& e);
void apply_entry(State& state, Timestamp at, const entry::MaintenanceCountedAgain& e);

}  // namespace candor::core
