// decide(state, input) -> entries: all policy of the light and of incidents lives behind this call.
//
// Pure: reads nothing but its arguments, and the same arguments give the same entries, bit for bit.
// An input that changes nothing yields no entries; a refused request yields an error and no
// entries.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "core/state.h"
#include "model/entry.h"
#include "model/input.h"

namespace candor::core {

// Raised whenever the same state and input may give other entries than before.
inline constexpr std::int64_t kDecideVersion = 2;

Result<std::vector<Entry>> decide(const State& state, const Input& input);

// When decide wants an input::TimerDue next; nothing when no deadline is pending.
std::optional<Timestamp> next_deadline(const State& state);

}  // namespace candor::core
