#include "engine/maintenance_plan.h"

#include <algorithm>
#include <utility>

namespace candor::engine {

std::vector<PlannedWindow> planned_windows(const std::vector<MaintenancePlan>& plans,
                                           Timestamp at) {
    std::vector<PlannedWindow> out;
    for (const MaintenancePlan& plan : plans) {
        std::vector<Occurrence> occurrences = plan.recurrence.between(at, at + kPlanAhead);
        if (occurrences.empty()) {
            if (const auto next = plan.recurrence.next(at)) occurrences.push_back(*next);
        }
        for (const Occurrence& o : occurrences) {
            out.push_back({MaintenanceId{plan.id + "-" + date_digits(o.day)}, plan.name,
                           plan.description, plan.components, plan.expects, o.start, o.end});
        }
    }
    std::ranges::sort(out, {}, [](const PlannedWindow& w) { return std::pair(w.start, w.id); });
    return out;
}

}  // namespace candor::engine
