// What a running server cannot change: for these a restart is needed, and the old ones go on.
//
// Reads the files of new certificates; changes nothing.
#pragma once

#include "app/config.h"
#include "base/result.h"

namespace candor::app {

// kUnsupported names what needs the restart.
Result<void> can_reload(const Config& running, const Config& wanted);

}  // namespace candor::app
