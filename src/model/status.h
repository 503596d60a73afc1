// The words for colours, verdicts and phases (DESIGN §2), with their wire names.
//
// Order matters where noted: "worse" compares the numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace candor {

// What readers see of a component. Larger is worse among the measured values; use worse_of().
enum class ComponentStatus : std::uint8_t {
    kOperational,
    kUnderMaintenance,
    kUnknown,  // not measured: never green, never red
    kDegradedPerformance,
    kPartialOutage,
    kMajorOutage,
};

enum class Verdict : std::uint8_t {
    kNone,  // no confirmed result yet
    kPass,
    kSuspect,  // failed, not yet confirmed; never leaves the detector as an entry
    kFail,
    kNoData,  // the target is silent
    kBlind,   // the observer is
};

enum class IncidentPhase : std::uint8_t {
    kInvestigating,
    kIdentified,
    kMonitoring,
    kResolved,
    kPostmortem,
};

enum class IncidentImpact : std::uint8_t { kNone, kMinor, kMajor, kCritical };

enum class Origin : std::uint8_t { kMachine, kHuman };

// The roll-up of the whole page, in Statuspage's words.
enum class Indicator : std::uint8_t { kNone, kMaintenance, kMinor, kMajor, kCritical };

std::string_view name_of(ComponentStatus);  // "operational", "major_outage", …
std::string_view name_of(Verdict);          // "pass", "no_data", …
std::string_view name_of(IncidentPhase);    // "investigating", …
std::string_view name_of(IncidentImpact);   // "none", "minor", …
std::string_view name_of(Origin);           // "machine", "human"
std::string_view name_of(Indicator);        // "none", "minor", …

// Largest value of each, for range checks while decoding (base/codec.h).
constexpr ComponentStatus max_of(ComponentStatus) {
    return ComponentStatus::kMajorOutage;
}
constexpr Verdict max_of(Verdict) {
    return Verdict::kBlind;
}
constexpr IncidentPhase max_of(IncidentPhase) {
    return IncidentPhase::kPostmortem;
}
constexpr IncidentImpact max_of(IncidentImpact) {
    return IncidentImpact::kCritical;
}
constexpr Origin max_of(Origin) {
    return Origin::kHuman;
}
constexpr Indicator max_of(Indicator) {
    return Indicator::kCritical;
}

std::optional<ComponentStatus> component_status_from(std::string_view name);
std::optional<IncidentPhase> incident_phase_from(std::string_view name);

inline ComponentStatus worse_of(ComponentStatus a, ComponentStatus b) {
    return a < b ? b : a;
}

// Red in the sense of rule 3: a measured status worse than operational.
inline bool is_trouble(ComponentStatus s) {
    return s >= ComponentStatus::kDegradedPerformance;
}

}  // namespace candor
