#include "model/status_cause.h"

namespace candor {

std::string_view name_of(StatusCause cause) {
    switch (cause) {
        case StatusCause::kSignals: return "signals";
        case StatusCause::kNotMeasuredYet: return "not_measured_yet";
        case StatusCause::kSilent: return "silent";
        case StatusCause::kBlind: return "blind";
        case StatusCause::kMonitoringChanged: return "monitoring_changed";
        case StatusCause::kHeld: return "held";
        case StatusCause::kDeclared: return "declared";
        case StatusCause::kStoreFailed: return "store_failed";
        case StatusCause::kMaintenance: return "maintenance";
    }
    return "signals";
}

}  // namespace candor
