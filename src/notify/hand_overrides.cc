#include "notify/hand_overrides.h"

#include <algorithm>

namespace candor::notify {

std::optional<std::size_t> person_with_key(const Rotation& rotation, std::string_view key) {
    const auto found = std::ranges::find(rotation.people, key, &OnCallPerson::key);
    if (key.empty() || found == rotation.people.end()) return std::nullopt;
    return static_cast<std::size_t>(found - rotation.people.begin());
}

OnCall with_hand_overrides(OnCall configured, std::span<const HandOverride> by_hand) {
    for (const HandOverride& one : by_hand) {
        const auto rotation = std::ranges::find(configured.rotations, one.rotation, &Rotation::id);
        if (rotation == configured.rotations.end()) continue;
        const auto person = person_with_key(*rotation, one.person);
        // The later in the list holds (notify/rotation.h).
        if (person) rotation->overrides.push_back({one.from, one.to, *person});
    }
    return configured;
}

}  // namespace candor::notify
