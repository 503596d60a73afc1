// Stand-ins: people who are on call instead of whose turn it is, set by hand.
//
// Who takes turns is configuration, which the core does not know: a rotation and a person are
// opaque names here, and whoever submits the command has found them to exist. Where stand-ins of
// one rotation overlap, the newer one holds (notify/hand_overrides.h). Private to core.
#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "core/draft.h"
#include "model/input.h"

namespace candor::core {

// Not over yet, over all rotations.
inline constexpr std::size_t kShiftOverridesMax = 100;
inline constexpr Duration kShiftOverrideMin = minutes(1);
inline constexpr Duration kShiftOverrideLengthMax = days(90);
inline constexpr Duration kShiftOverrideAheadMax = days(365);
// A form that was filled in for "now" may arrive so much later.
inline constexpr Duration kShiftOverrideLate = minutes(5);

// kInvalid for times that cannot be, kTooLarge when there are too many.
Result<std::vector<ComponentId>> override_shift(Draft& draft,
                                                const input::ShiftOverrideRequested& in);

// One that has begun ends now, so that it stays known who was on call; one that has not is gone.
// kNotFound for what is over or was never.
Result<std::vector<ComponentId>> remove_shift_override(
    Draft& draft, const input::ShiftOverrideRemoveRequested& in);

}  // namespace candor::core
