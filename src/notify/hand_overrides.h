// Stand-ins that people set by hand, laid over the rotations of the configuration.
//
// The rule: what was set by hand outranks the configuration's exceptions, and of several set by
// hand the newer one holds. One that names a rotation or a person that the configuration no longer
// has changes nothing. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/time.h"
#include "notify/on_call.h"

namespace candor::notify {

struct HandOverride {
    std::string rotation;
    std::string person;  // OnCallPerson::key
    Timestamp from;
    Timestamp to;

    friend bool operator==(const HandOverride&, const HandOverride&) = default;
};

// Index into the rotation's people.
std::optional<std::size_t> person_with_key(const Rotation& rotation, std::string_view key);

// `by_hand` is in the order they were set.
OnCall with_hand_overrides(OnCall configured, std::span<const HandOverride> by_hand);

}  // namespace candor::notify
