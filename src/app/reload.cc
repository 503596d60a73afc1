#include "app/reload.h"

#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/timerfd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>

namespace candor::app {

namespace {

Duration monotonic_now() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return Duration{now.tv_sec * 1000 + now.tv_nsec / 1'000'000};
}

std::unexpected<Error> failed(const std::string& what) {
    return fail(ErrorCode::kIo, what + ": " + strerror(errno));
}

}  // namespace

Result<SaveWatch> SaveWatch::open(const std::string& file, Duration settle) {
    SaveWatch watch;
    watch.settle_ = settle;
    watch.poller_ = Descriptor(::epoll_create1(EPOLL_CLOEXEC));
    watch.events_ = Descriptor(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    watch.timer_ = Descriptor(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
    for (const Descriptor* fd : {&watch.events_, &watch.timer_}) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = fd->get();
        if (::epoll_ctl(watch.poller_.get(), EPOLL_CTL_ADD, fd->get(), &event) != 0) {
            return failed("cannot watch the configuration");
        }
    }
    TRY(watch.also_watch(file));
    return watch;
}

Result<void> SaveWatch::also_watch(const std::string& file) {
    TRY(watch_folder_of(file));
    files_.insert(file);
    return {};
}

Result<void> SaveWatch::watch_folder_of(const std::string& file) {
    namespace fs = std::filesystem;
    std::error_code code;
    const fs::path given = fs::absolute(file, code);
    const fs::path real = fs::canonical(given, code);
    const fs::path both[] = {given, code ? given : real};
    for (const fs::path& path : both) {
        const int id = ::inotify_add_watch(
            events_.get(), path.parent_path().c_str(),
            IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE | IN_MOVED_FROM | IN_ONLYDIR);
        if (id < 0) return failed("cannot watch the folder of " + file);
        names_[id].insert(path.filename().string());
        // Kubernetes swaps a whole folder of settings by renaming this link.
        names_[id].insert("..data");
    }
    return {};
}

bool SaveWatch::read_events() {
    bool seen = false;
    alignas(inotify_event) char buffer[16 * 1024];
    for (;;) {
        const ssize_t n = ::read(events_.get(), buffer, sizeof buffer);
        if (n <= 0) return seen;
        for (ssize_t at = 0; at < n;) {
            const auto* event = reinterpret_cast<const inotify_event*>(buffer + at);
            at += static_cast<ssize_t>(sizeof(inotify_event)) + event->len;
            if ((event->mask & IN_Q_OVERFLOW) != 0) seen = true;
            const auto names = names_.find(event->wd);
            if (names == names_.end() || event->len == 0) continue;
            seen = seen || names->second.contains(event->name);
        }
    }
}

void SaveWatch::arm() {
    const Duration now = monotonic_now();
    if (!armed_) first_ = now;
    armed_ = true;
    const Duration latest = first_ + kSettleMax;
    const Duration wait = std::max(milliseconds(1), std::min(settle_, latest - now));
    itimerspec spec{};
    spec.it_value.tv_sec = wait.ms / 1000;
    spec.it_value.tv_nsec = (wait.ms % 1000) * 1'000'000;
    ::timerfd_settime(timer_.get(), 0, &spec, nullptr);
}

void SaveWatch::touch() {
    arm();
}

bool SaveWatch::poll() {
    if (read_events()) arm();
    std::uint64_t expirations = 0;
    const ssize_t n = ::read(timer_.get(), &expirations, sizeof expirations);
    if (n != static_cast<ssize_t>(sizeof expirations) || !armed_) return false;
    armed_ = false;
    // A link may point elsewhere now. Watching the same folder again is harmless.
    for (const std::string& file : files_) (void)watch_folder_of(file);
    return true;
}

}  // namespace candor::app
