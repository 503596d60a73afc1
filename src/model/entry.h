// The journal's facts: decisions, never inputs, so that an upgrade never rewrites what readers saw.
//
// The list is closed; each area of it stands in a file of its own. A struct's tag and field order
// are frozen once released: a new field means a new struct with a new tag. Human texts are sealed
// (model/sealed_text.h); machine texts are plain, since they are made from public names and numbers
// only. core::apply gives each its meaning.
#pragma once

#include <string_view>
#include <variant>

#include "model/account_entries.h"
#include "model/clock_entries.h"
#include "model/incident_entries.h"
#include "model/light_entries.h"
#include "model/maintenance_entries.h"
#include "model/paging_entries.h"
#include "model/subscriber_entries.h"

namespace candor {

using Entry =
    std::variant<entry::Started, entry::ConfigurationSet, entry::VerdictSet,
                 entry::ComponentStatusSet, entry::ComponentHoldSet, entry::MonitoringChangedSet,
                 entry::MeasurementGap, entry::IncidentOpened, entry::IncidentComponentSet,
                 entry::DeclarationSet, entry::IncidentPhaseSet, entry::IncidentPosted,
                 entry::IncidentImpactSet, entry::IncidentPromoted, entry::IncidentResolveDueSet,
                 entry::IncidentReopened, entry::IncidentRetracted, entry::ComponentTimeExcluded,
                 entry::WallClockStepped, entry::ClockRulesSet, entry::ClockSet, entry::OverdueSet,
                 entry::EscalationRaised, entry::HoldingNoteMarked, entry::IncidentOwned,
                 entry::IncidentDrillSet, entry::IncidentStartedSet, entry::IncidentMerged,
                 entry::IncidentSplit, entry::UserSet, entry::UserRemoved, entry::TokenSet,
                 entry::TokenRevoked, entry::SignedIn, entry::SignedOut, entry::MaintenanceSet,
                 entry::MaintenanceStarted, entry::MaintenanceCovered, entry::MaintenancePosted,
                 entry::MaintenanceEnded, entry::MaintenanceCancelled,
                 entry::MaintenanceCountedAgain, entry::SubscriberSet, entry::SubscriberRemoved,
                 entry::PagingMuted, entry::ShiftOverridden, entry::ShiftOverrideRemoved,
                 entry::ChannelSwitchedOn>;

std::string_view entry_name(const Entry& entry);  // "component_status_set", …

}  // namespace candor
