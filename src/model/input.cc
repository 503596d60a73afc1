#include "model/input.h"

#include <array>

namespace candor {

std::string_view input_name(const InputKind& what) {
    constexpr std::array<std::string_view, 33> kNames = {"started",
                                                         "configuration_loaded",
                                                         "verdicts_changed",
                                                         "incident_declared",
                                                         "update_posted",
                                                         "incident_retract_requested",
                                                         "monitoring_accepted",
                                                         "observer_gap",
                                                         "wall_clock_stepped",
                                                         "timer_due",
                                                         "incident_acknowledged",
                                                         "drill_marked",
                                                         "start_moved",
                                                         "incidents_merged",
                                                         "component_split_off",
                                                         "user_create_requested",
                                                         "user_change_requested",
                                                         "user_remove_requested",
                                                         "token_create_requested",
                                                         "token_revoke_requested",
                                                         "sign_in_requested",
                                                         "sign_out_requested",
                                                         "maintenance_planned",
                                                         "maintenance_scheduled",
                                                         "maintenance_updated",
                                                         "maintenance_finished",
                                                         "maintenance_cancel_requested",
                                                         "subscriber_confirmed",
                                                         "subscriber_left",
                                                         "paging_mute_requested",
                                                         "shift_override_requested",
                                                         "shift_override_remove_requested",
                                                         "channel_switch_on_requested"};
    static_assert(kNames.size() == std::variant_size_v<InputKind>);
    return kNames[what.index()];
}

}  // namespace candor
