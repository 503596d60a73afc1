#include "view/pages_on_demand.h"

namespace candor::view {

std::string_view name_of(Range range) {
    switch (range) {
        case Range::k24Hours: return "24h";
        case Range::k7Days: return "7d";
        case Range::k30Days: return "30d";
        case Range::k90Days: return "90d";
        case Range::k365Days: return "365d";
    }
    return "90d";
}

std::optional<Range> range_from(std::string_view name) {
    for (const Range range : kRanges) {
        if (name_of(range) == name) return range;
    }
    return std::nullopt;
}

BarScale bar_scale(Range range) {
    switch (range) {
        case Range::k24Hours: return {minutes(15), 96};
        case Range::k7Days: return {hours(2), 84};
        case Range::k30Days: return {hours(8), 90};
        case Range::k90Days: return {days(1), kBarsShown};
        case Range::k365Days: return {days(5), 73};
    }
    return {days(1), kBarsShown};
}

Timestamp first_bar(const BarScale& scale, Timestamp as_of) {
    const std::int64_t last = as_of.ms - as_of.ms % scale.step.ms;
    return Timestamp{last - scale.step.ms * (scale.count - 1)};
}

PageFrame frame_of(const PublicView& view) {
    return {.position = view.position,
            .as_of = view.as_of,
            .version = view.version,
            .page = view.page,
            .settings = view.settings,
            .clocks = view.clocks,
            .historical = view.historical};
}

}  // namespace candor::view
