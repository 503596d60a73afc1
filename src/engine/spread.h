// Where in its interval a check runs, so that a thousand checks do not fire on the same second.
//
// A pure function of the id: the phase survives restarts, reloads and other machines, and the
// simulator sees the same one as production.
#pragma once

#include "base/time.h"
#include "model/ids.h"

namespace candor::engine {

// In [0, every). FNV-1a (64 bit) of the id with a finishing mix, because neighbouring ids such as
// shop/1 and shop/2 differ only in their low bits. `every` must be positive.
Duration phase_of(const CheckId& id, Duration every);

}  // namespace candor::engine
