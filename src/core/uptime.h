// Uptime arithmetic over a component's timeline (rule 12), in integer milliseconds.
//
// Down = major + partial. Degraded counts as up and is shown beside it. Unknown, maintenance and
// excluded time leave the denominator. Verified against a brute-force oracle in uptime_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "core/timeline.h"

namespace candor::core {

struct Tally {
    std::int64_t operational_ms = 0;
    std::int64_t degraded_ms = 0;
    std::int64_t partial_ms = 0;
    std::int64_t major_ms = 0;
    std::int64_t maintenance_ms = 0;
    std::int64_t unmeasured_ms = 0;  // unknown, excluded, or before the timeline begins

    std::int64_t measured_ms() const {
        return operational_ms + degraded_ms + partial_ms + major_ms;
    }
    std::int64_t down_ms() const { return partial_ms + major_ms; }
    friend bool operator==(const Tally&, const Tally&) = default;
};

// Tallies [from, to); `to` may lie in the future of the newest span only up to the as-of time.
Tally tally(const Timeline& timeline, Timestamp from, Timestamp to);

// Uptime in parts per million, cut not rounded, so that 100 % means no down time at all;
// nothing when nothing was measured.
std::optional<std::int64_t> uptime_ppm(const Tally& tally);

// The parts of [from, to) that count as trouble (degraded or worse), ascending.
std::vector<Exclusion> trouble_in(const Timeline& timeline, Timestamp from, Timestamp to);

// The worst status that occurs in [from, to) and was counted; nothing when unmeasured throughout.
std::optional<ComponentStatus> worst_status(const Timeline& timeline, Timestamp from, Timestamp to);

}  // namespace candor::core
