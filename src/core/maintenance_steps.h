// The single steps of a window's life, each with its words; core/maintenance.h decides which.
//
// Private to core. Each emits into the draft; none settles a light.
#pragma once

#include <string>
#include <vector>

#include "core/draft.h"
#include "core/state.h"

namespace candor::core {

// Its components that the configuration still has.
std::vector<ComponentId> components_of(const Draft& draft, const MaintenanceState& window);

// Known components in the page's order, so that sentences list them as readers know them.
std::vector<MaintenanceComponent> named(const State& state, const std::vector<ComponentId>& ids);

// The window as it is planned now, to be changed and emitted.
entry::MaintenanceSet set_from(const MaintenanceState& w);

// Fills in what of [start, end) leaves the uptime: all of it when told a day ahead, and of a change
// that comes later only what had been announced before (rule 12).
void excuse(entry::MaintenanceSet& e, const MaintenanceState* before, Timestamp at);

// A person's words where `sealed` is set, else the machine's.
void post_to_window(Draft& draft, const MaintenanceId& id, std::string text, SealedText sealed,
                    const ActorId& actor);

void begin_window(Draft& draft, const MaintenanceId& id);

// `text` may be empty; `actor` is empty when its time or the configuration ends it.
void end_window(Draft& draft, const MaintenanceId& id, Timestamp effective, const SealedText& text,
                const ActorId& actor);

}  // namespace candor::core
