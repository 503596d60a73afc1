#include "page/status_words.h"

namespace candor::page {
namespace {

std::string measured_words(Duration measured) {
    if (measured.ms <= 0) return "not measured";
    if (measured < minutes(1)) return "measured for less than a minute";
    return "measured for " + format_duration_words(minutes(measured.ms / minutes(1).ms));
}

}  // namespace

std::string_view words_for(ComponentStatus status) {
    switch (status) {
        case ComponentStatus::kOperational: return "Operational";
        case ComponentStatus::kUnderMaintenance: return "Under maintenance";
        case ComponentStatus::kUnknown: return "Not measured";
        case ComponentStatus::kDegradedPerformance: return "Degraded performance";
        case ComponentStatus::kPartialOutage: return "Partial outage";
        case ComponentStatus::kMajorOutage: return "Major outage";
    }
    return "Not measured";
}

std::string_view words_for(IncidentPhase phase) {
    switch (phase) {
        case IncidentPhase::kInvestigating: return "Investigating";
        case IncidentPhase::kIdentified: return "Identified";
        case IncidentPhase::kMonitoring: return "Monitoring";
        case IncidentPhase::kResolved: return "Resolved";
        case IncidentPhase::kPostmortem: return "Postmortem";
    }
    return "Investigating";
}

std::string_view incident_words(ComponentStatus worst) {
    const bool trouble = worst >= ComponentStatus::kDegradedPerformance;
    return trouble ? words_for(worst) : "Incident";
}

Markup class_of(ComponentStatus status) {
    switch (status) {
        case ComponentStatus::kOperational: return "op"_html;
        case ComponentStatus::kUnderMaintenance: return "mt"_html;
        case ComponentStatus::kUnknown: return "un"_html;
        case ComponentStatus::kDegradedPerformance: return "dg"_html;
        case ComponentStatus::kPartialOutage: return "pa"_html;
        case ComponentStatus::kMajorOutage: return "ma"_html;
    }
    return "un"_html;
}

Markup tone_of(const view::Banner& banner) {
    if (banner.all_good) return "op"_html;
    // Operational components beside an open incident: watched, not green.
    if (banner.worst == ComponentStatus::kOperational) return "mt"_html;
    return class_of(banner.worst);
}

std::string uptime_words(const view::ComponentView& component) {
    if (!component.uptime_ppm) return measured_words(milliseconds(component.total.measured_ms()));
    const std::int64_t ppm = *component.uptime_ppm;
    if (ppm >= 1'000'000) return "100 %";
    const std::int64_t thousandths = ppm / 10;  // of a percent
    std::string fraction = std::to_string(thousandths % 1000);
    fraction.insert(0, 3 - fraction.size(), '0');
    return std::to_string(thousandths / 1000) + "." + fraction + " %";
}

}  // namespace candor::page
