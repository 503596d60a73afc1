#include "model/entry.h"

#include <array>

namespace candor {

std::string_view entry_name(const Entry& entry) {
    constexpr std::array<std::string_view, 48> kNames = {"started",
                                                         "configuration_set",
                                                         "verdict_set",
                                                         "component_status_set",
                                                         "component_hold_set",
                                                         "monitoring_changed_set",
                                                         "measurement_gap",
                                                         "incident_opened",
                                                         "incident_component_set",
                                                         "declaration_set",
                                                         "incident_phase_set",
                                                         "incident_posted",
                                                         "incident_impact_set",
                                                         "incident_promoted",
                                                         "incident_resolve_due_set",
                                                         "incident_reopened",
                                                         "incident_retracted",
                                                         "component_time_excluded",
                                                         "wall_clock_stepped",
                                                         "clock_rules_set",
                                                         "clock_set",
                                                         "overdue_set",
                                                         "escalation_raised",
                                                         "holding_note_marked",
                                                         "incident_owned",
                                                         "incident_drill_set",
                                                         "incident_started_set",
                                                         "incident_merged",
                                                         "incident_split",
                                                         "user_set",
                                                         "user_removed",
                                                         "token_set",
                                                         "token_revoked",
                                                         "signed_in",
                                                         "signed_out",
                                                         "maintenance_set",
                                                         "maintenance_started",
                                                         "maintenance_covered",
                                                         "maintenance_posted",
                                                         "maintenance_ended",
                                                         "maintenance_cancelled",
                                                         "maintenance_counted_again",
                                                         "subscriber_set",
                                                         "subscriber_removed",
                                                         "paging_muted",
                                                         "shift_overridden",
                                                         "shift_override_removed",
                                                         "channel_switched_on"};
    static_assert(kNames.size() == std::variant_size_v<Entry>);
    return kNames[entry.index()];
}

std::string_view name_of(GapReason r) {
    return r == GapReason::kStopped ? "stopped" : "suspended";
}

}  // namespace candor
