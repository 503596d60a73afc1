#include "view/statuspage.h"

#include <algorithm>
#include <cstdint>

#include "base/sha256.h"

namespace candor::view {
namespace {

bool ever_measured(const core::ComponentState& component) {
    const auto spans = component.timeline.between(Timestamp{0}, kLastTimestamp);
    return std::ranges::any_of(
        spans, [](const core::Span& s) { return s.status != ComponentStatus::kUnknown; });
}

StatuspageRollup label(std::size_t total, std::size_t major, std::size_t partial,
                       std::size_t degraded, std::size_t maintenance) {
    if (major == total) return {Indicator::kCritical, "Major System Outage"};
    if (major > 0 || partial == total) return {Indicator::kMajor, "Partial System Outage"};
    if (partial > 0) return {Indicator::kMinor, "Minor Service Outage"};
    if (degraded == total) return {Indicator::kMinor, "Degraded System Service"};
    if (degraded > 0) return {Indicator::kMinor, "Partially Degraded Service"};
    if (maintenance > 0) return {Indicator::kMaintenance, "Service Under Maintenance"};
    return {Indicator::kNone, "All Systems Operational"};
}

}  // namespace

ComponentStatus statuspage_status(const core::ComponentState& component) {
    if (component.status != ComponentStatus::kUnknown) return component.status;
    const bool keeps_last = component.cause == StatusCause::kBlind &&
                            component.last_known != ComponentStatus::kUnknown &&
                            ever_measured(component);
    return keeps_last ? component.last_known : ComponentStatus::kDegradedPerformance;
}

StatuspageRollup statuspage_rollup(const std::vector<ComponentView>& components,
                                   const std::vector<IncidentView>& open, Timestamp as_of) {
    const auto count = [&](ComponentStatus status) {
        return static_cast<std::size_t>(
            std::ranges::count(components, status, &ComponentView::statuspage_status));
    };
    StatuspageRollup out{Indicator::kNone, "Nothing is watched yet"};
    if (!components.empty()) {
        out = label(components.size(), count(ComponentStatus::kMajorOutage),
                    count(ComponentStatus::kPartialOutage),
                    count(ComponentStatus::kDegradedPerformance),
                    count(ComponentStatus::kUnderMaintenance));
    }
    if (!open.empty() && out.indicator < Indicator::kMinor) {
        out = {Indicator::kMinor, "Minor Service Outage"};
    }
    const auto blind = std::ranges::find_if(components, [](const ComponentView& c) {
        return c.status == ComponentStatus::kUnknown && c.cause == StatusCause::kBlind;
    });
    if (blind != components.end()) {
        out.description +=
            " (last known; not measured since " + instant_words(blind->since, as_of) + ")";
    }
    return out;
}

std::string statuspage_id(std::string_view kind, std::string_view id) {
    constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
    const Digest digest = sha256(std::string(kind) + '\n' + std::string(id));
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number = number << 8 | digest[i];
    std::string out(12, '0');
    for (char& c : out) {
        c = kDigits[number % 36];
        number /= 36;
    }
    return out;
}

}  // namespace candor::view
