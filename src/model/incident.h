// What entries and state both say of an incident: who may see it, and what a post changed.
//
// Not the incident itself: core/state.h holds that. Part of the journal's format.
#pragma once

#include <cstdint>
#include <string_view>

#include "model/ids.h"
#include "model/status.h"

namespace candor {

enum class Visibility : std::uint8_t { kPublic, kPrivate };

// One component's change inside a post, in Statuspage's sense.
struct AffectedComponent {
    ComponentId component;
    ComponentStatus before = ComponentStatus::kOperational;
    ComponentStatus after = ComponentStatus::kOperational;

    friend bool operator==(const AffectedComponent&, const AffectedComponent&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("component", self.component);
        visit("before", self.before);
        visit("after", self.after);
    }
};

std::string_view name_of(Visibility);  // "public", "private"
constexpr Visibility max_of(Visibility) {
    return Visibility::kPrivate;
}

}  // namespace candor
