// apply(state, entry): what each fact means. Holds no policy: that is decide's.
//
// Total, and frozen per entry version: changing what an old entry does would rewrite what readers
// saw. Called by the thread that owns the state.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "core/state.h"
#include "model/batch.h"
#include "model/entry.h"

namespace candor::core {

// Raised whenever State's layout or the meaning of an entry changes; invalidates snapshots.
inline constexpr std::int64_t kApplyVersion = 6;

// Applies one entry of a batch stamped `at`. Entries naming unknown things are ignored, never
// fatal.
void apply(State& state, Timestamp at, const Entry& entry);

// Applies a whole batch and moves the state to `position`.
void apply(State& state, Position position, const Batch& batch);

}  // namespace candor::core
