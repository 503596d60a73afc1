// What the main thread does while the server runs: wait for signals, saves and the watchdog.
//
// Calls back on its own thread, one call at a time. Knows no configuration and no server.
#pragma once

#include <functional>

#include "app/notify_systemd.h"
#include "app/reload.h"
#include "app/signals.h"

namespace candor::app {

struct ControlCallbacks {
    // SIGHUP or a saved file, settled. The service manager is told before and after.
    // Returns the status line to show: what is running now, or why the reload was refused.
    std::function<std::string()> reload;
    // False withholds the watchdog's sign of life, so that a stuck server is restarted.
    std::function<bool()> alive;
    // Called in between; how long until the next call at the latest, nothing: as long as it takes.
    std::function<std::optional<Duration>()> tick = [] { return std::optional<Duration>(); };
};

// Returns after SIGTERM or SIGINT; kIo when waiting itself failed. The caller sends ready() first
// and drains afterwards; stopping() was sent already.
Result<void> run_control_loop(Signals& signals, SaveWatch& saves, SystemdNotifier& systemd,
                              const ControlCallbacks& callbacks);

}  // namespace candor::app
