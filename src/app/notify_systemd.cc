#include "app/notify_systemd.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "app/config_value.h"

namespace candor::app {

namespace {

std::string take_environment(const char* name) {
    const char* value = std::getenv(name);
    std::string out = value == nullptr ? "" : value;
    ::unsetenv(name);
    return out;
}

// A status is one line; a newline would begin another assignment.
std::string one_line(std::string_view text) {
    std::string out(text);
    std::ranges::replace_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return out;
}

}  // namespace

SystemdNotifier SystemdNotifier::from_environment() {
    const std::string path = take_environment("NOTIFY_SOCKET");
    const std::string pid = take_environment("WATCHDOG_PID");
    const auto microseconds = parse_integer(take_environment("WATCHDOG_USEC"));
    std::optional<Duration> watchdog;
    const bool for_us = pid.empty() || parse_integer(pid) == static_cast<std::int64_t>(::getpid());
    if (for_us && microseconds && *microseconds > 0) watchdog = Duration{*microseconds / 1000};
    return SystemdNotifier(path, watchdog);
}

SystemdNotifier::SystemdNotifier(std::string_view socket_path, std::optional<Duration> watchdog)
    : address_(socket_path) {
    const bool usable = !address_.empty() && (address_[0] == '/' || address_[0] == '@') &&
                        address_.size() < sizeof(sockaddr_un::sun_path);
    if (!usable) return;
    if (address_[0] == '@') address_[0] = '\0';
    socket_ = Descriptor(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (watchdog) watchdog_every_ = std::max(milliseconds(1), Duration{watchdog->ms / 2});
}

void SystemdNotifier::send(std::string text) {
    if (!socket_.valid()) return;
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    std::memcpy(to.sun_path, address_.data(), address_.size());
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address_.size());
    (void)::sendto(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL,
                   reinterpret_cast<const sockaddr*>(&to), size);
}

void SystemdNotifier::ready(std::string_view status) {
    send("READY=1\nSTATUS=" + one_line(status) + '\n');
}

void SystemdNotifier::reloading() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    const std::int64_t microseconds = now.tv_sec * 1'000'000 + now.tv_nsec / 1000;
    send("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(microseconds) + '\n');
}

void SystemdNotifier::stopping() {
    send("STOPPING=1\n");
}

void SystemdNotifier::status(std::string_view status) {
    send("STATUS=" + one_line(status) + '\n');
}

void SystemdNotifier::watchdog() {
    send("WATCHDOG=1\n");
}

}  // namespace candor::app
