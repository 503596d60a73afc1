#include "app/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <optional>

#include "app/commands.h"
#include "app/log.h"
#include "app/nearest_name.h"
#include "app/serve.h"

#ifndef CANDOR_VERSION
#error "the build names the version"
#endif

namespace candor::app {

namespace {

constexpr std::string_view kCommands[] = {"serve", "check", "doctor", "schema", "user", "token"};
// Of DESIGN §7, but of a later version: named here so that the answer is not "unknown".
constexpr std::string_view kLaterCommands[] = {"guard", "backtest", "verify", "export",  "import",
                                               "agent", "ship",     "backup", "restore", "lint",
                                               "demo",  "detect",   "explain"};

void add_config(CLI::App* command, std::string& config) {
    command->add_option("--config", config, "The configuration file")->capture_default_str();
}

void add_json(CLI::App* command, bool& json) {
    command->add_flag("--json", json, "Print JSON for a machine");
}

struct Options {
    ServeOptions serve;
    CheckOptions check;
    DoctorOptions doctor;
    UserOptions user;
    TokenOptions token;
    std::string log_level = "info";
};

int run(const CLI::App& app, const Options& options) {
    if (!set_up_log(options.log_level)) return kExitUsage;
    if (app.got_subcommand("serve")) return run_serve(options.serve);
    if (app.got_subcommand("check")) return run_check(options.check);
    if (app.got_subcommand("doctor")) return run_doctor(options.doctor);
    if (app.got_subcommand("user")) return run_user(options.user);
    if (app.got_subcommand("token")) return run_token(options.token);
    return run_schema();
}

void describe_user(CLI::App& app, UserOptions& options) {
    CLI::App* user = app.add_subcommand("user", "People who may sign in to the console");
    user->require_subcommand(1);
    const auto action = [&](const char* name, const char* what, UserAction which) {
        CLI::App* command = user->add_subcommand(name, what);
        add_config(command, options.config);
        command->callback([&options, which] { options.action = which; });
        return command;
    };
    CLI::App* add = action("add", "Make a user; asks for the password", UserAction::kAdd);
    add->add_option("--name", options.name, "How to call them")->required();
    add->add_option("--mail", options.mail, "Their mail address; they sign in with it")->required();
    add->add_option("--role", options.role, "viewer, responder or admin")
        ->capture_default_str()
        ->check(CLI::IsMember({"viewer", "responder", "admin"}));
    CLI::App* passwd =
        action("passwd", "Give a user a new password; asks for it", UserAction::kChangePassword);
    passwd->add_option("--mail", options.mail, "Their mail address")->required();
    add_json(action("list", "Show all users", UserAction::kList), options.json);
}

void describe_token(CLI::App& app, TokenOptions& options) {
    CLI::App* token = app.add_subcommand("token", "Tokens by which programs use the API");
    token->require_subcommand(1);
    const auto action = [&](const char* name, const char* what, TokenAction which) {
        CLI::App* command = token->add_subcommand(name, what);
        add_config(command, options.config);
        command->callback([&options, which] { options.action = which; });
        return command;
    };
    CLI::App* create = action("create", "Make a token and print it once", TokenAction::kCreate);
    create->add_option("--label", options.label, "What it is for")->required();
    create->add_option("--scope", options.scopes, "read, intake, respond or admin; repeatable")
        ->required()
        ->check(CLI::IsMember({"read", "intake", "respond", "admin"}));
    create->add_option("--expires", options.expires,
                       "When it ends, as 2027-04-04T21:05Z; in a year when not given");
    add_json(create, options.json);
    add_json(action("list", "Show all tokens", TokenAction::kList), options.json);
    CLI::App* revoke = action("revoke", "End a token", TokenAction::kRevoke);
    revoke->add_option("id", options.id, "As candor token list shows it")->required();
}

void describe(CLI::App& app, Options& options) {
    app.set_version_flag("--version", std::string("candor ") + CANDOR_VERSION);
    app.require_subcommand(1);
    CLI::App* serve = app.add_subcommand("serve", "Watch, decide and serve the page");
    add_config(serve, options.serve.config);
    serve->add_option("--log-level", options.log_level, "debug, info, warn or error")
        ->capture_default_str()
        ->check(CLI::IsMember({"debug", "info", "warn", "error"}));
    CLI::App* check = app.add_subcommand("check", "Validate the configuration; print ping URLs");
    add_config(check, options.check.config);
    add_json(check, options.check.json);
    CLI::App* doctor = app.add_subcommand("doctor", "Would it work here? Say what to mend if not");
    add_config(doctor, options.doctor.config);
    add_json(doctor, options.doctor.json);
    describe_user(app, options.user);
    describe_token(app, options.token);
    app.add_subcommand("schema", "Print the JSON Schema of the configuration");
}

}  // namespace

int run_command_line(int argc, char** argv) {
    const std::string_view first = argc > 1 ? argv[1] : "";
    if (std::ranges::find(kLaterCommands, first) != std::end(kLaterCommands)) {
        fmt::print(stderr, "candor {} is not available in this version\n", first);
        return kExitUsage;
    }
    if (!first.empty() && first[0] != '-' &&
        std::ranges::find(kCommands, first) == std::end(kCommands)) {
        const auto near = nearest_name(first, {std::begin(kCommands), std::end(kCommands)});
        fmt::print(stderr, "candor has no command {}{}\n", first,
                   near ? fmt::format("; did you mean {}?", *near) : "; see candor --help");
        return kExitUsage;
    }
    CLI::App app("Candor watches a service and tells the truth about it on a page of its own.",
                 "candor");
    Options options;
    options.serve.version = CANDOR_VERSION;
    describe(app, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // Help and --version arrive here too, with exit code 0.
        return app.exit(error) == 0 ? kExitGood : kExitUsage;
    }
    return run(app, options);
}

}  // namespace candor::app
