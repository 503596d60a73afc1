// Tells the service manager how we are: sd_notify(3)'s protocol without its library.
//
// Datagrams to $NOTIFY_SOCKET; without it every call is a no-op. Never blocks and never fails
// loudly: a service manager that does not listen must not stop the light. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/descriptor.h"
#include "base/time.h"

namespace candor::app {

class SystemdNotifier final {
   public:
    // Reads NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID, then removes them from the environment,
    // so that checks that run commands do not speak in our name. Call before threads start.
    static SystemdNotifier from_environment();
    // For tests. A path that begins with '@' is an abstract socket.
    SystemdNotifier(std::string_view socket_path, std::optional<Duration> watchdog);

    void ready(std::string_view status);
    // Followed by ready() when the reload is done, whether it was taken or refused.
    void reloading();
    void stopping();
    void status(std::string_view status);
    void watchdog();

    // How often watchdog() is due: half of what the manager allows; nothing when it does not ask.
    std::optional<Duration> watchdog_every() const { return watchdog_every_; }

   private:
    void send(std::string text);

    Descriptor socket_;
    std::string address_;  // as sockaddr_un wants it: a leading NUL for abstract ones
    std::optional<Duration> watchdog_every_;
};

}  // namespace candor::app
