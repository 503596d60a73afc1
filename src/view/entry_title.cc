#include "view/entry_title.h"

namespace candor::view {
namespace {

using View = std::string_view;

// One overload for each kind and no general one, so that a forgotten kind stops the build.
struct Title {
    View operator()(const entry::Started&) const { return "Candor started"; }
    View operator()(const entry::ConfigurationSet&) const { return "Configuration loaded"; }
    View operator()(const entry::VerdictSet&) const { return "Check changed its verdict"; }
    View operator()(const entry::ComponentStatusSet&) const { return "Component changed"; }
    View operator()(const entry::ComponentHoldSet&) const { return "Colour held"; }
    View operator()(const entry::MonitoringChangedSet&) const { return "Monitoring changed"; }
    View operator()(const entry::MeasurementGap&) const { return "Nothing measured"; }
    View operator()(const entry::IncidentOpened&) const { return "Incident opened"; }
    View operator()(const entry::IncidentComponentSet&) const { return "Incident's component"; }
    View operator()(const entry::DeclarationSet&) const { return "Status declared"; }
    View operator()(const entry::IncidentPhaseSet&) const { return "Incident's status"; }
    View operator()(const entry::IncidentPosted&) const { return "Posted to an incident"; }
    View operator()(const entry::IncidentImpactSet&) const { return "Incident's impact"; }
    View operator()(const entry::IncidentPromoted&) const { return "Incident made public"; }
    View operator()(const entry::IncidentResolveDueSet&) const { return "Resolving planned"; }
    View operator()(const entry::IncidentReopened&) const { return "Incident re-opened"; }
    View operator()(const entry::IncidentRetracted&) const { return "Incident retracted"; }
    View operator()(const entry::ComponentTimeExcluded&) const { return "Time left out"; }
    View operator()(const entry::WallClockStepped&) const { return "Clock jumped"; }
    View operator()(const entry::ClockRulesSet&) const { return "Rules of explanations"; }
    View operator()(const entry::ClockSet&) const { return "Words awaited"; }
    View operator()(const entry::OverdueSet&) const { return "Words overdue"; }
    View operator()(const entry::EscalationRaised&) const { return "Next person called"; }
    View operator()(const entry::HoldingNoteMarked&) const { return "Holding note"; }
    View operator()(const entry::IncidentOwned&) const { return "Incident taken on"; }
    View operator()(const entry::IncidentDrillSet&) const { return "Called a drill"; }
    View operator()(const entry::IncidentStartedSet&) const { return "Start moved"; }
    View operator()(const entry::IncidentMerged&) const { return "Incidents merged"; }
    View operator()(const entry::IncidentSplit&) const { return "Incident split"; }
    View operator()(const entry::UserSet&) const { return "Account changed"; }
    View operator()(const entry::UserRemoved&) const { return "Account removed"; }
    View operator()(const entry::TokenSet&) const { return "Token made"; }
    View operator()(const entry::TokenRevoked&) const { return "Token revoked"; }
    View operator()(const entry::SignedIn&) const { return "Signed in"; }
    View operator()(const entry::SignedOut&) const { return "Signed out"; }
    View operator()(const entry::MaintenanceSet&) const { return "Maintenance planned"; }
    View operator()(const entry::MaintenanceStarted&) const { return "Maintenance began"; }
    View operator()(const entry::MaintenanceCovered&) const { return "Maintenance covers"; }
    View operator()(const entry::MaintenancePosted&) const { return "Posted to a maintenance"; }
    View operator()(const entry::MaintenanceEnded&) const { return "Maintenance ended"; }
    View operator()(const entry::MaintenanceCancelled&) const { return "Maintenance called off"; }
    View operator()(const entry::MaintenanceCountedAgain&) const { return "Counted again"; }
    View operator()(const entry::SubscriberSet&) const { return "Subscriber confirmed"; }
    View operator()(const entry::SubscriberRemoved&) const { return "Subscriber removed"; }
    View operator()(const entry::PagingMuted&) const { return "Calls muted or unmuted"; }
    View operator()(const entry::ShiftOverridden&) const { return "Stand-in set"; }
    View operator()(const entry::ShiftOverrideRemoved&) const { return "Stand-in taken back"; }
    View operator()(const entry::ChannelSwitchedOn&) const { return "Channel switched on again"; }
};

}  // namespace

std::string_view entry_title(const Entry& entry) {
    return std::visit(Title{}, entry);
}

}  // namespace candor::view
