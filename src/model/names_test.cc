// The wire names of every enumeration of the model: frozen, since pages, JSON and journals use
// them.
#include <gtest/gtest.h>

#include <string>

#include "model/check.h"
#include "model/entry.h"
#include "model/input.h"
#include "model/observation.h"
#include "model/status.h"

namespace candor {
namespace {

template <class Enum>
std::string names() {
    std::string out;
    for (int i = 0; i <= static_cast<int>(max_of(Enum{})); ++i) {
        out += (i == 0 ? "" : " ") + std::string(name_of(static_cast<Enum>(i)));
    }
    return out;
}

TEST(Names, a_kind_of_check_is_found_by_its_name) {
    for (int i = 0; i <= static_cast<int>(max_of(CheckKind{})); ++i) {
        const auto kind = static_cast<CheckKind>(i);
        EXPECT_EQ(check_kind_from(name_of(kind)), kind);
    }
    EXPECT_EQ(check_kind_from("HTTP"), std::nullopt);
    EXPECT_EQ(check_kind_from(""), std::nullopt);
}

TEST(Names, are_frozen) {
    EXPECT_EQ(names<ComponentStatus>(),
              "operational under_maintenance unknown degraded_performance partial_outage "
              "major_outage");
    EXPECT_EQ(names<Verdict>(), "none pass suspect fail no_data blind");
    EXPECT_EQ(names<IncidentPhase>(), "investigating identified monitoring resolved postmortem");
    EXPECT_EQ(names<IncidentImpact>(), "none minor major critical");
    EXPECT_EQ(names<Indicator>(), "none maintenance minor major critical");
    EXPECT_EQ(names<Origin>(), "machine human");
    EXPECT_EQ(names<CheckKind>(), "http tcp dns tls ping command heartbeat outcomes");
    EXPECT_EQ(names<ObservationResult>(), "pass fail silent log");
    EXPECT_EQ(names<StatusCause>(),
              "signals not_measured_yet silent blind monitoring_changed held declared "
              "store_failed maintenance");
    EXPECT_EQ(names<MaintenancePhase>(), "scheduled in_progress completed cancelled");
    EXPECT_EQ(names<Visibility>(), "public private");
    EXPECT_EQ(names<GapReason>(), "stopped suspended");
    EXPECT_EQ(names<Publish>(), "live shadow");
    EXPECT_EQ(names<Numbers>(), "banded exact share");
}

TEST(Names, are_read_back_where_people_write_them) {
    for (int i = 0; i <= static_cast<int>(max_of(ComponentStatus{})); ++i) {
        const auto status = static_cast<ComponentStatus>(i);
        EXPECT_EQ(component_status_from(name_of(status)), status);
    }
    for (int i = 0; i <= static_cast<int>(max_of(IncidentPhase{})); ++i) {
        const auto phase = static_cast<IncidentPhase>(i);
        EXPECT_EQ(incident_phase_from(name_of(phase)), phase);
    }
    EXPECT_FALSE(component_status_from("Operational").has_value());
    EXPECT_FALSE(component_status_from("").has_value());
    EXPECT_FALSE(incident_phase_from("open").has_value());
}

TEST(Names, worse_is_the_larger_and_trouble_begins_at_degraded) {
    EXPECT_EQ(worse_of(ComponentStatus::kOperational, ComponentStatus::kUnknown),
              ComponentStatus::kUnknown);
    EXPECT_EQ(worse_of(ComponentStatus::kMajorOutage, ComponentStatus::kPartialOutage),
              ComponentStatus::kMajorOutage);
    EXPECT_FALSE(is_trouble(ComponentStatus::kUnknown));
    EXPECT_FALSE(is_trouble(ComponentStatus::kUnderMaintenance));
    EXPECT_TRUE(is_trouble(ComponentStatus::kDegradedPerformance));
}

TEST(Names, inputs_are_named_for_causes) {
    EXPECT_EQ(input_name(input::VerdictsChanged{}), "verdicts_changed");
    EXPECT_EQ(input_name(input::TimerDue{}), "timer_due");
    EXPECT_EQ(input_name(input::IncidentRetractRequested{}), "incident_retract_requested");
}

TEST(Names, only_probes_through_the_network_can_be_blind) {
    EXPECT_TRUE(crosses_network(CheckKind::kPing));
    EXPECT_FALSE(crosses_network(CheckKind::kCommand));
    EXPECT_FALSE(crosses_network(CheckKind::kHeartbeat));
}

}  // namespace
}  // namespace candor
