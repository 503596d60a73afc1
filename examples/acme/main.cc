// Acme Cloud: the sample service that Candor watches in the demo and in the browser tests.
// usage: acme --data FOLDER [--base-port 7100]

#include <signal.h>
#include <sodium.h>
#include <time.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "acme/service.h"

namespace {

constexpr std::uint16_t kBasePort = 7100;
constexpr long kFollowFaultsEveryNanoseconds = 100'000'000;

// Blocks SIGINT and SIGTERM for every thread and returns the set, to be waited for.
sigset_t hold_stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

// Written whole, then renamed, so that a reader sees all ports or no file.
void write_ports(const std::string& folder, const std::string& ports) {
    const std::string file = folder + "/ports.json";
    std::ofstream(file + ".new") << ports << "\n";
    std::error_code ignored;
    std::filesystem::rename(file + ".new", file, ignored);
}

int run(const std::string& folder, std::uint16_t base_port) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    auto database = acme::Database::open(folder + "/acme.db");
    if (!database) return 1;
    const sigset_t stop = hold_stop_signals();
    acme::Service service(std::move(database), base_port);
    const std::string why = service.open();
    if (!why.empty()) {
        std::fprintf(stderr, "acme: cannot listen on %s\n", why.c_str());
        return 1;
    }
    write_ports(folder, service.ports());
    std::printf("%s\n", service.ports().c_str());
    std::fflush(stdout);
    const timespec wait{0, kFollowFaultsEveryNanoseconds};
    while (sigtimedwait(&stop, nullptr, &wait) < 0) service.follow_faults();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Acme Cloud, the sample service");
    std::string folder;
    std::uint16_t base_port = kBasePort;
    app.add_option("--data", folder, "folder of its database")->required();
    app.add_option("--base-port", base_port, "control; the areas follow; 0: any free ports");
    CLI11_PARSE(app, argc, argv);
    if (sodium_init() < 0) return 1;
    return run(folder, base_port);
}
