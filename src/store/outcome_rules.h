// What every implementation of the outcomes port refuses, in one place.
//
// Pure; any thread. Bounds: ports/outcome_store.h.
#pragma once

#include "base/result.h"
#include "ports/outcome_store.h"

namespace candor::store {

// kTooLarge beyond the bounds of ports/outcome_store.h.
Result<void> check_commit(const OutcomeCommit& commit);

}  // namespace candor::store
