#include "model/maintenance.h"

namespace candor {

std::string_view name_of(MaintenancePhase p) {
    switch (p) {
        case MaintenancePhase::kScheduled: return "scheduled";
        case MaintenancePhase::kInProgress: return "in_progress";
        case MaintenancePhase::kCompleted: return "completed";
        case MaintenancePhase::kCancelled: return "cancelled";
    }
    return "scheduled";
}

}  // namespace candor
