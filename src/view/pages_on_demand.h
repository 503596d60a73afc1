// What the pages that are rendered on request show: a month, a component over a range, an old
// incident. Plain values like PublicView, with the same guarantees (rule 13).
//
// Not what a crowd asks for: that is PublicView, rendered ahead.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "view/public_view.h"

namespace candor::view {

// What every page prints around its subject.
struct PageFrame {
    Position position = 0;
    Timestamp as_of;
    std::string version;
    PageFacts page;
    IncidentSettings settings;
    ClockRules clocks;
    bool historical = false;
};

struct HistoryView {
    PageFrame frame;
    Timestamp month;     // its first instant, UTC
    Timestamp earliest;  // the first month with anything to tell, UTC
    std::vector<IncidentView> incidents;
    std::vector<MaintenanceView> maintenances;  // that began in it, newest first
};

enum class Range : std::uint8_t { k24Hours, k7Days, k30Days, k90Days, k365Days };
inline constexpr std::array<Range, 5> kRanges = {Range::k24Hours, Range::k7Days, Range::k30Days,
                                                 Range::k90Days, Range::k365Days};

std::string_view name_of(Range);  // "24h", "7d", …
std::optional<Range> range_from(std::string_view name);

// Bars of one range: `count` bars of `step`, aligned to UTC.
struct BarScale {
    Duration step;
    std::int64_t count = 0;
};
BarScale bar_scale(Range range);
// The start of the first bar, so that the last bar holds `as_of`.
Timestamp first_bar(const BarScale& scale, Timestamp as_of);

struct LatencyPoint {
    Timestamp start;
    std::int64_t median_us = 0;
    std::int64_t p95_us = 0;
    std::int64_t measured = 0;  // observations behind it; 0: a gap
};

struct ComponentDetailView {
    PageFrame frame;
    Range range = Range::k90Days;
    ComponentView component;              // its bars cover the range
    std::vector<IncidentView> incidents;  // that named it within the range, newest first
    // Ascending, one per latency_step; empty when nothing measures time.
    std::vector<LatencyPoint> latency;
    Duration latency_step;
};

struct IncidentDetailView {
    PageFrame frame;
    IncidentView incident;
};

inline constexpr std::size_t kHistoryIncidentsMax = 500;  // per month; older ones are left out

PageFrame frame_of(const PublicView& view);

}  // namespace candor::view
