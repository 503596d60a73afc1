#include "app/control_loop.h"

#include <poll.h>

#include <cerrno>
#include <cstring>

namespace candor::app {

Result<void> run_control_loop(Signals& signals, SaveWatch& saves, SystemdNotifier& systemd,
                              const ControlCallbacks& callbacks) {
    const auto every = systemd.watchdog_every();
    for (;;) {
        std::optional<Duration> wait = callbacks.tick();
        if (every && (!wait || *every < *wait)) wait = every;
        const int timeout = wait ? static_cast<int>(wait->ms) : -1;
        pollfd fds[] = {{signals.fd(), POLLIN, 0}, {saves.fd(), POLLIN, 0}};
        if (::poll(fds, 2, timeout) < 0 && errno != EINTR) {
            return fail(ErrorCode::kIo, "cannot wait for signals: " + std::string(strerror(errno)));
        }
        if (every && callbacks.alive()) systemd.watchdog();
        while (const auto signal = signals.next()) {
            if (*signal == ControlSignal::kStop) {
                systemd.stopping();
                return {};
            }
            saves.touch();
        }
        if (!saves.poll()) continue;
        systemd.reloading();
        systemd.ready(callbacks.reload());
    }
}

}  // namespace candor::app
