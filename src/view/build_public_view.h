// State → PublicView: what strangers may see, decided in one place.
//
// Pure: reads the state and its options, no clock. Private incidents, checks' ids and targets
// never leave (rule 13); a green banner needs every component measured and operational and no
// incident open (rule 2); silence is never green (rule 5). Safe from any thread on a snapshot.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "core/state.h"
#include "model/sealed_text.h"
#include "view/pages_on_demand.h"
#include "view/public_view.h"

namespace candor::view {

// The human text behind a commitment: kNotFound when it was erased, kCorrupt when what is stored
// does not match the commitment.
using TextLookup = std::function<Result<std::string>(const SealedText&)>;

struct ViewOptions {
    Timestamp as_of;
    std::string version;
    std::string page_id;  // 12 characters [a-z0-9]
    TextLookup text_of;
    bool historical = false;
    bool subscribable = false;
};

// What every page says around its content; enough for a page that has none.
PageFrame build_frame(const core::State& state, const ViewOptions& options);

PublicView build_public_view(const core::State& state, const ViewOptions& options);

// The public incidents that began in the UTC month of `month`, newest first.
HistoryView build_history_view(const core::State& state, const ViewOptions& options,
                               Timestamp month);

// One component over a chosen range; nothing when no such component is configured. The latency
// series comes from the caller, since the state holds no measurements.
std::optional<ComponentDetailView> build_component_view(const core::State& state,
                                                        const ViewOptions& options,
                                                        const ComponentId& component, Range range);

// One public incident, also one that is no longer among the recent; nothing when there is none.
std::optional<IncidentDetailView> build_incident_view(const core::State& state,
                                                      const ViewOptions& options,
                                                      const IncidentId& incident);

}  // namespace candor::view
