// Maintenance windows: planned, begun, moved, over (rules 1, 8, 12).
//
// A window mutes words, never measuring: what it means for a light is in core/windows.h, and the
// lights are settled after these decisions, in the same batch. Opens no incident itself: what fails
// past its end is red, and red speaks.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "core/draft.h"
#include "core/state.h"
#include "model/input.h"

namespace candor::core {

// Brings the windows of the configuration up to date. Returns components whose light may change;
// so do the others.
std::vector<ComponentId> plan_windows(Draft& draft, const input::MaintenancePlanned& in);

Result<std::vector<ComponentId>> schedule_window(Draft& draft,
                                                 const input::MaintenanceScheduled& in);
Result<std::vector<ComponentId>> update_window(Draft& draft, const input::MaintenanceUpdated& in);
Result<std::vector<ComponentId>> finish_window(Draft& draft, const input::MaintenanceFinished& in);
Result<std::vector<ComponentId>> cancel_window(Draft& draft,
                                               const input::MaintenanceCancelRequested& in);

// Begins and ends what is due, in the order of its times.
std::vector<ComponentId> run_due_windows(Draft& draft);

// After the lights are settled: a component that works again is covered by the window it was in
// trouble at the start of.
void cover_recovered(Draft& draft);

std::optional<Timestamp> next_window_deadline(const State& state);

}  // namespace candor::core
