// Strong identifiers: one type per thing, so that a check's id cannot stand where a component's
// is meant. Ordered by their text, so that maps keyed by them iterate the same everywhere.
//
// All are plain text values; the configuration bounds them to [a-z0-9-]{1,64}.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace candor {

template <class Tag>
struct Id {
    using StrongTag = Tag;
    std::string value;

    bool empty() const { return value.empty(); }
    friend auto operator<=>(const Id&, const Id&) = default;
    friend bool operator==(const Id&, const Id&) = default;
};

using GroupId = Id<struct GroupTag>;
using ComponentId = Id<struct ComponentTag>;
using CheckId = Id<struct CheckTag>;
using IncidentId = Id<struct IncidentTag>;        // 12 characters [a-z0-9], public in URLs
using UpdateId = Id<struct UpdateTag>;            // 12 characters [a-z0-9]
using MaintenanceId = Id<struct MaintenanceTag>;  // public in URLs
using SubscriberId = Id<struct SubscriberTag>;    // 22 characters, opaque; public in their links
using ShiftOverrideId = Id<struct ShiftOverrideTag>;  // 12 characters [a-z0-9]
using CustomerId = Id<struct CustomerTag>;            // opaque; never rendered publicly
using ActorId = Id<struct ActorTag>;                  // who acted: a token's id; never a name

// Batches are numbered 1, 2, 3, … in the journal. Position 0 is "before the first batch".
using Position = std::uint64_t;

}  // namespace candor

template <class Tag>
struct std::hash<candor::Id<Tag>> {
    std::size_t operator()(const candor::Id<Tag>& id) const noexcept {
        return std::hash<std::string>{}(id.value);
    }
};
