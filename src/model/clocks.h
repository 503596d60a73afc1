// The clocks that a person's words run on (rule 4): how long each impact may go without them.
//
// Not the deadlines themselves: those are absolute times in entries (model/clock_entries.h), so
// that a new configuration never moves a promise that readers have seen.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/time.h"
#include "model/status.h"

namespace candor {

// What readers wait for.
enum class ClockKind : std::uint8_t {
    kNone,         // nothing: the clock has never run
    kExplanation,  // a person's first word
    kUpdate,       // a person's next word
};

std::string_view name_of(ClockKind);  // "none", "explanation", "update"
constexpr ClockKind max_of(ClockKind) {
    return ClockKind::kUpdate;
}

struct PerImpact {
    Duration critical;
    Duration major;
    Duration minor;  // also of an incident without impact

    static constexpr PerImpact all(Duration d) { return {d, d, d}; }
    Duration of(IncidentImpact impact) const {
        if (impact == IncidentImpact::kCritical) return critical;
        return impact == IncidentImpact::kMajor ? major : minor;
    }
    friend bool operator==(const PerImpact&, const PerImpact&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("critical", self.critical);
        visit("major", self.major);
        visit("minor", self.minor);
    }
};

struct ClockRules {
    PerImpact explain_within = PerImpact::all(minutes(30));
    PerImpact update_every = PerImpact::all(minutes(60));

    friend bool operator==(const ClockRules&, const ClockRules&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("explain_within", self.explain_within);
        visit("update_every", self.update_every);
    }
};

}  // namespace candor
