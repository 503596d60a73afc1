#include "app/signals.h"

#include <sys/signalfd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace candor::app {

Result<Signals> Signals::open() {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, number);
    if (pthread_sigmask(SIG_BLOCK, &set, nullptr) != 0) {
        return fail(ErrorCode::kInternal, "cannot block signals");
    }
    if (std::signal(SIGPIPE, SIG_IGN) == SIG_ERR) {
        return fail(ErrorCode::kInternal, "cannot ignore SIGPIPE");
    }
    Descriptor fd(::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
    if (!fd.valid()) {
        return fail(ErrorCode::kInternal,
                    "cannot receive signals: " + std::string(strerror(errno)));
    }
    return Signals(std::move(fd));
}

std::optional<ControlSignal> Signals::next() {
    signalfd_siginfo info{};
    if (::read(fd_.get(), &info, sizeof info) != static_cast<ssize_t>(sizeof info)) {
        return std::nullopt;
    }
    return info.ssi_signo == SIGHUP ? ControlSignal::kReload : ControlSignal::kStop;
}

}  // namespace candor::app
