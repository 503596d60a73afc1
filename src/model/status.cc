#include "model/status.h"

namespace candor {

std::string_view name_of(ComponentStatus s) {
    switch (s) {
        case ComponentStatus::kOperational: return "operational";
        case ComponentStatus::kUnderMaintenance: return "under_maintenance";
        case ComponentStatus::kUnknown: return "unknown";
        case ComponentStatus::kDegradedPerformance: return "degraded_performance";
        case ComponentStatus::kPartialOutage: return "partial_outage";
        case ComponentStatus::kMajorOutage: return "major_outage";
    }
    return "unknown";
}

std::string_view name_of(Verdict v) {
    switch (v) {
        case Verdict::kNone: return "none";
        case Verdict::kPass: return "pass";
        case Verdict::kSuspect: return "suspect";
        case Verdict::kFail: return "fail";
        case Verdict::kNoData: return "no_data";
        case Verdict::kBlind: return "blind";
    }
    return "none";
}

std::string_view name_of(IncidentPhase p) {
    switch (p) {
        case IncidentPhase::kInvestigating: return "investigating";
        case IncidentPhase::kIdentified: return "identified";
        case IncidentPhase::kMonitoring: return "monitoring";
        case IncidentPhase::kResolved: return "resolved";
        case IncidentPhase::kPostmortem: return "postmortem";
    }
    return "investigating";
}

std::string_view name_of(IncidentImpact i) {
    switch (i) {
        case IncidentImpact::kNone: return "none";
        case IncidentImpact::kMinor: return "minor";
        case IncidentImpact::kMajor: return "major";
        case IncidentImpact::kCritical: return "critical";
    }
    return "none";
}

std::string_view name_of(Origin o) {
    return o == Origin::kMachine ? "machine" : "human";
}

std::string_view name_of(Indicator i) {
    switch (i) {
        case Indicator::kNone: return "none";
        case Indicator::kMaintenance: return "maintenance";
        case Indicator::kMinor: return "minor";
        case Indicator::kMajor: return "major";
        case Indicator::kCritical: return "critical";
    }
    return "none";
}

std::optional<ComponentStatus> component_status_from(std::string_view name) {
    for (int i = 0; i <= static_cast<int>(max_of(ComponentStatus{})); ++i) {
        const auto s = static_cast<ComponentStatus>(i);
        if (name_of(s) == name) return s;
    }
    return std::nullopt;
}

std::optional<IncidentPhase> incident_phase_from(std::string_view name) {
    for (int i = 0; i <= static_cast<int>(max_of(IncidentPhase{})); ++i) {
        const auto p = static_cast<IncidentPhase>(i);
        if (name_of(p) == name) return p;
    }
    return std::nullopt;
}

}  // namespace candor
