// Signals, saves and the service manager's protocol together, as the main thread meets them.
#include "app/control_loop.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>

namespace candor::app {
namespace {

// A service manager: a datagram socket that remembers what it was told.
class Manager {
   public:
    explicit Manager(const std::string& path)
        : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        if (path[0] == '@') address.sun_path[0] = '\0';
        const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
        EXPECT_EQ(::bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
    }
    std::string next() {
        pollfd fd{socket_.get(), POLLIN, 0};
        if (::poll(&fd, 1, 10'000) != 1) return "nothing came";
        char buffer[4096];
        const ssize_t n = ::recv(socket_.get(), buffer, sizeof buffer, 0);
        return {buffer, static_cast<std::size_t>(n)};
    }

   private:
    Descriptor socket_;
};

std::string unique(const std::string& name) {
    return name + std::to_string(::getpid());
}

TEST(NotifySystemd, speaks_the_protocol) {
    const std::string path = testing::TempDir() + unique("notify");
    Manager manager(path);
    SystemdNotifier systemd(path, seconds(30));
    systemd.ready("two\nlines");
    EXPECT_EQ(manager.next(), "READY=1\nSTATUS=two lines\n");
    systemd.reloading();
    EXPECT_TRUE(
        std::regex_match(manager.next(), std::regex("RELOADING=1\nMONOTONIC_USEC=[1-9][0-9]*\n")));
    systemd.status("calm");
    EXPECT_EQ(manager.next(), "STATUS=calm\n");
    systemd.watchdog();
    EXPECT_EQ(manager.next(), "WATCHDOG=1\n");
    systemd.stopping();
    EXPECT_EQ(manager.next(), "STOPPING=1\n");
    EXPECT_EQ(systemd.watchdog_every(), seconds(15));
    std::filesystem::remove(path);
}

TEST(NotifySystemd, reaches_abstract_sockets) {
    const std::string path = "@" + unique("candor-notify-");
    Manager manager(path);
    SystemdNotifier(path, std::nullopt).stopping();
    EXPECT_EQ(manager.next(), "STOPPING=1\n");
}

TEST(NotifySystemd, is_silent_without_a_manager) {
    for (const std::string& path : {std::string(), std::string("relative"), std::string("/none/x"),
                                    "/" + std::string(500, 'x')}) {
        SystemdNotifier(path, std::nullopt).ready("x");
    }
}

TEST(NotifySystemd, takes_its_variables_out_of_the_environment) {
    ::setenv("NOTIFY_SOCKET", "/none/x", 1);
    ::setenv("WATCHDOG_USEC", "4000000", 1);
    ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
    EXPECT_EQ(SystemdNotifier::from_environment().watchdog_every(), seconds(2));
    EXPECT_EQ(std::getenv("NOTIFY_SOCKET"), nullptr);
    EXPECT_EQ(std::getenv("WATCHDOG_USEC"), nullptr);
    ::setenv("NOTIFY_SOCKET", "/none/x", 1);
    ::setenv("WATCHDOG_USEC", "4000000", 1);
    ::setenv("WATCHDOG_PID", "1", 1);
    EXPECT_EQ(SystemdNotifier::from_environment().watchdog_every(), std::nullopt);
}

TEST(ControlLoop, reloads_on_SIGHUP_and_on_save_and_stops_on_SIGTERM) {
    const std::string folder = testing::TempDir() + unique("control");
    std::filesystem::create_directories(folder);
    const std::string file = folder + "/candor.yaml";
    std::ofstream(file) << "one";
    Signals signals = Signals::open().value();
    SaveWatch saves = SaveWatch::open(file, milliseconds(10)).value();
    Manager manager(folder + "/notify");
    SystemdNotifier systemd(folder + "/notify", std::nullopt);
    int reloads = 0;
    const ControlCallbacks callbacks{[&] {
                                         if (++reloads == 1) {
                                             std::ofstream(file) << "two";
                                         } else {
                                             ::kill(::getpid(), SIGTERM);
                                         }
                                         return "reload " + std::to_string(reloads);
                                     },
                                     [] { return true; }};
    ::kill(::getpid(), SIGHUP);
    EXPECT_TRUE(run_control_loop(signals, saves, systemd, callbacks));
    EXPECT_EQ(reloads, 2);
    EXPECT_TRUE(manager.next().starts_with("RELOADING=1\n"));
    EXPECT_EQ(manager.next(), "READY=1\nSTATUS=reload 1\n");
    EXPECT_TRUE(manager.next().starts_with("RELOADING=1\n"));
    EXPECT_EQ(manager.next(), "READY=1\nSTATUS=reload 2\n");
    EXPECT_EQ(manager.next(), "STOPPING=1\n");
    std::filesystem::remove_all(folder);
}

TEST(ControlLoop, a_stuck_server_gets_no_sign_of_life) {
    const std::string folder = testing::TempDir() + unique("watchdog");
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/candor.yaml") << "one";
    Signals signals = Signals::open().value();
    SaveWatch saves = SaveWatch::open(folder + "/candor.yaml", milliseconds(10)).value();
    Manager manager(folder + "/notify");
    SystemdNotifier systemd(folder + "/notify", milliseconds(4));
    int asked = 0;
    const ControlCallbacks callbacks{[] { return std::string(); },
                                     [&asked] {
                                         if (++asked == 3) ::kill(::getpid(), SIGINT);
                                         return asked == 1;
                                     }};
    EXPECT_TRUE(run_control_loop(signals, saves, systemd, callbacks));
    EXPECT_EQ(manager.next(), "WATCHDOG=1\n");
    EXPECT_EQ(manager.next(), "STOPPING=1\n");
    std::filesystem::remove_all(folder);
}

TEST(ControlLoop, is_woken_as_often_as_its_tick_asks) {
    const std::string folder = testing::TempDir() + unique("tick");
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/candor.yaml") << "one";
    Signals signals = Signals::open().value();
    SaveWatch saves = SaveWatch::open(folder + "/candor.yaml", milliseconds(10)).value();
    SystemdNotifier systemd("", std::nullopt);
    int ticks = 0;
    const ControlCallbacks callbacks{.reload = [] { return std::string(); },
                                     .alive = [] { return true; },
                                     .tick = [&ticks]() -> std::optional<Duration> {
                                         if (++ticks == 3) ::kill(::getpid(), SIGTERM);
                                         return milliseconds(1);
                                     }};
    EXPECT_TRUE(run_control_loop(signals, saves, systemd, callbacks));
    EXPECT_EQ(ticks, 3);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace candor::app
