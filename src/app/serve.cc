#include "app/serve.h"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include "app/config_load.h"
#include "app/config_value.h"
#include "app/control_loop.h"
#include "app/live_server.h"
#include "app/log.h"
#include "app/notify_systemd.h"
#include "app/process_memory.h"
#include "app/reload.h"
#include "app/signals.h"

namespace candor::app {
namespace {

int refuse(std::string_view event, const Error& error) {
    log_error(event, {{"message", error.message}});
    return 1;
}

// A person mends these one after another; the count tells how many there are.
constexpr std::size_t kProblemsLogged = 20;

void log_problems(const ConfigProblems& problems) {
    std::size_t logged = 0;
    for (const ConfigProblem& problem : problems.kept()) {
        if (logged++ == kProblemsLogged) break;
        const std::string at = problem.mark.line == 0
                                   ? problems.file()
                                   : problems.file() + ':' + std::to_string(problem.mark.line) +
                                         ':' + std::to_string(problem.mark.column);
        log_error("configuration problem",
                  {{"at", at}, {"message", problem.message}, {"mend", problem.hint}});
    }
}

bool is_gone(const std::string& file) {
    std::error_code error;
    return !std::filesystem::exists(file, error) && !error;
}

std::string counted_checks(const Config& config) {
    return std::to_string(config.topology.components.size()) + " components, " +
           std::to_string(config.checks.size()) + " checks";
}

// A renewed certificate is taken as soon as it is saved. Where its folder cannot be watched, SIGHUP
// does.
void watch_certificates(const TlsSettings& tls, SaveWatch& saves) {
    for (const auto* files : {&tls.public_pages, &tls.intake, &tls.console}) {
        if (!*files) continue;
        for (const std::string& file : {(*files)->cert, (*files)->key}) {
            if (const auto watched = saves.also_watch(file); !watched) {
                log_warn("certificate not watched", {{"message", watched.error().message},
                                                     {"mend", "send SIGHUP after renewing it"}});
            }
        }
    }
}

std::string reload(const std::string& file, LiveServer& live, SaveWatch& saves) {
    if (is_gone(file)) {
        log_error("configuration file gone",
                  {{"file", file},
                   {"running", "the configuration that was read last"},
                   {"mend", "put the file back: without it the next start fails"}});
        return "the configuration file is gone; what was read last is running";
    }
    LoadedConfig config = load_config(file);
    if (!config) {
        log_problems(config.error());
        log_error("reload refused", {{"file", file},
                                     {"problems", std::to_string(config.error().count())},
                                     {"running", "the old configuration"}});
        return "reload refused: the file has problems; the old configuration is running";
    }
    watch_certificates(config->network.tls, saves);
    std::string summary = counted_checks(*config);
    if (const auto taken = live.reload(std::move(*config)); !taken) {
        log_error("reload refused",
                  {{"message", taken.error().message}, {"running", "the old configuration"}});
        return "reload refused: " + taken.error().message;
    }
    log_info("reloaded", {{"file", file}, {"watching", summary}});
    return "watching " + summary;
}

void announce(const Config& config, const LiveServer& live) {
    const ListenSettings at = live.listening();
    const TlsSettings& tls = config.network.tls;
    log_info("serving",
             {{"page", scheme_of(tls.public_pages) + format_address(at.public_pages) + "/"},
              {"intake", scheme_of(tls.intake) + format_address(at.intake) + "/"},
              {"console", scheme_of(tls.console) + format_address(at.console) + "/"},
              {"storage", config.storage.folder},
              {"watching", counted_checks(config)}});
}

// Nobody can sign in yet: the one who can read this log makes the first admin. Printed on purpose;
// it works once, for half an hour, and not at all once somebody exists.
void announce_setup(const Config& config, LiveServer& live) {
    const std::string key = live.setup_key();
    if (key.empty()) return;
    log_info("no users yet",
             {{"link", scheme_of(config.network.tls.console) +
                           format_address(live.listening().console) + "/console/#setup=" + key},
              {"valid", "once, for 30 minutes"},
              {"or", "candor user add"}});
}

}  // namespace

int run_serve(const ServeOptions& options) {
    keep_memory_small();
    LoadedConfig config = load_config(options.config);
    if (!config) {
        // As `candor check` would print it: who starts by hand reads it here.
        std::fputs(config.error().text().c_str(), stderr);
        log_error("configuration refused",
                  {{"file", options.config},
                   {"problems", std::to_string(config.error().count())},
                   {"mend", "mend the file; `candor check` tells without starting"}});
        return 1;
    }
    auto signals = Signals::open();
    if (!signals) return refuse("cannot take signals", signals.error());
    SystemdNotifier systemd = SystemdNotifier::from_environment();
    auto saves = SaveWatch::open(options.config);
    if (!saves) return refuse("cannot watch the configuration file", saves.error());

    std::atomic<bool> failed = false;
    const auto fatal = [&failed](const Error& error) {
        log_error("the journal can no longer be trusted",
                  {{"message", error.message},
                   {"consequence", "Candor stops; the next start recovers what was written"}});
        failed = true;
        ::kill(::getpid(), SIGTERM);  // wakes the main thread through its own door
    };
    const Config started = *config;
    auto live = LiveServer::start(std::move(*config), {options.version, fatal});
    if (!live) return refuse("cannot start", live.error());
    announce(started, **live);
    announce_setup(started, **live);
    watch_certificates(started.network.tls, *saves);
    systemd.ready("watching " + counted_checks(started));

    const auto looped =
        run_control_loop(*signals, *saves, systemd,
                         {.reload = [&] { return reload(options.config, **live, *saves); },
                          .alive = [&] { return (*live)->alive(); },
                          .tick = [&] { return (*live)->tick(); }});
    if (!looped) log_error("stopping", {{"message", looped.error().message}});
    (*live)->stop();
    log_info("stopped");
    return failed || !looped ? 1 : 0;
}

}  // namespace candor::app
