// `candor user add|passwd|list` and `candor token create|list|revoke`: people and programs that may
// use the console, asked of the Candor that runs here.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <cstdio>

#include "app/commands.h"
#include "app/config_load.h"
#include "app/console_client.h"
#include "app/secret_input.h"

namespace candor::app {
namespace {

namespace json = boost::json;

int complain(const Error& error) {
    fmt::print(stderr, "{}\n", error.message);
    return kExitBad;
}

Result<ConsoleClient> console_of(const std::string& file) {
    const LoadedConfig config = load_config(file);
    if (!config) return fail(ErrorCode::kInvalid, config.error().text());
    return ConsoleClient::open(*config);
}

std::string text_of(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains({name.data(), name.size()});
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : "-";
}

// All items of a list that comes in pages.
Result<json::array> all_of(const ConsoleClient& console, const std::string& path) {
    json::array items;
    std::string cursor;
    while (true) {
        const std::string more = cursor.empty() ? "" : "&cursor=" + cursor;
        const std::string body = TRY(console.ask({.path = path + "?limit=200" + more}));
        json::error_code bad;
        const json::value page = json::parse(body, bad);
        if (bad || !page.is_object()) return fail(ErrorCode::kInternal, "that answer is no JSON");
        for (const json::value& item : page.as_object().at("items").as_array()) {
            items.push_back(item);
        }
        const json::value& next = page.as_object().at("next");
        if (!next.is_string()) return items;
        cursor = std::string(next.as_string());
    }
}

// --- users -----------------------------------------------------------------------------------

Result<int> add_user(const ConsoleClient& console, const UserOptions& options) {
    const std::string password = TRY(read_new_password(options.mail));
    const json::object body = {{"name", options.name},
                               {"mail", options.mail},
                               {"role", options.role},
                               {"password", password}};
    TRY(console.ask({.method = "POST", .path = "/api/v1/users", .body = json::serialize(body)}));
    fmt::print("{} may sign in as {}\n", options.mail, options.role);
    return kExitGood;
}

Result<int> change_password(const ConsoleClient& console, const UserOptions& options) {
    std::string id;
    const json::array users = TRY(all_of(console, "/api/v1/users"));
    for (const json::value& user : users) {
        if (text_of(user.as_object(), "mail") == options.mail) id = text_of(user.as_object(), "id");
    }
    if (id.empty()) return fail(ErrorCode::kNotFound, "no user has the address " + options.mail);
    const json::object body = {{"password", TRY(read_new_password(options.mail))}};
    TRY(console.ask({.method = "POST",
                     .path = "/api/v1/users/" + id + "/password",
                     .body = json::serialize(body)}));
    fmt::print("the password of {} is changed; their sessions have ended\n", options.mail);
    return kExitGood;
}

Result<int> list_users(const ConsoleClient& console, const UserOptions& options) {
    const json::array users = TRY(all_of(console, "/api/v1/users"));
    if (options.json) fmt::print("{}\n", json::serialize(users));
    for (const json::value& value : users) {
        if (options.json) break;
        const json::object& user = value.as_object();
        fmt::print("{:<32} {:<10} {:<9} last here {}\n", text_of(user, "mail"),
                   text_of(user, "role"), user.at("enabled").as_bool() ? "enabled" : "disabled",
                   text_of(user, "last_signed_in"));
    }
    return kExitGood;
}

// --- tokens ----------------------------------------------------------------------------------

Result<int> create_token(const ConsoleClient& console, const TokenOptions& options) {
    json::object body = {{"label", options.label}};
    json::array scopes;
    for (const std::string& scope : options.scopes) scopes.emplace_back(scope);
    body["scopes"] = std::move(scopes);
    if (!options.expires.empty()) body["expires"] = options.expires;
    const std::string made = TRY(
        console.ask({.method = "POST", .path = "/api/v1/tokens", .body = json::serialize(body)}));
    if (options.json) {
        fmt::print("{}", made);
        return kExitGood;
    }
    json::error_code bad;
    const json::value token = json::parse(made, bad);
    if (bad || !token.is_object()) return fail(ErrorCode::kInternal, "that answer is no JSON");
    fmt::print(stderr, "id {}, until {}; it is shown this once:\n",
               text_of(token.as_object(), "id"), text_of(token.as_object(), "expires"));
    fmt::print("{}\n", text_of(token.as_object(), "token"));
    return kExitGood;
}

Result<int> list_tokens(const ConsoleClient& console, const TokenOptions& options) {
    const json::array tokens = TRY(all_of(console, "/api/v1/tokens"));
    if (options.json) fmt::print("{}\n", json::serialize(tokens));
    for (const json::value& value : tokens) {
        if (options.json) break;
        const json::object& token = value.as_object();
        std::string scopes;
        for (const json::value& scope : token.at("scopes").as_array()) {
            scopes += (scopes.empty() ? "" : ",") + std::string(scope.as_string());
        }
        fmt::print("{:<12} {:<24} until {:<24} {}\n", text_of(token, "id"), scopes,
                   text_of(token, "expires"), text_of(token, "label"));
    }
    return kExitGood;
}

Result<int> revoke_token(const ConsoleClient& console, const TokenOptions& options) {
    TRY(console.ask({.method = "DELETE", .path = "/api/v1/tokens/" + options.id}));
    fmt::print("token {} is revoked\n", options.id);
    return kExitGood;
}

}  // namespace

int run_user(const UserOptions& options) {
    const auto console = console_of(options.config);
    if (!console) return complain(console.error());
    const auto done = options.action == UserAction::kAdd    ? add_user(*console, options)
                      : options.action == UserAction::kList ? list_users(*console, options)
                                                            : change_password(*console, options);
    return done ? *done : complain(done.error());
}

int run_token(const TokenOptions& options) {
    const auto console = console_of(options.config);
    if (!console) return complain(console.error());
    const auto done = options.action == TokenAction::kCreate ? create_token(*console, options)
                      : options.action == TokenAction::kList ? list_tokens(*console, options)
                                                             : revoke_token(*console, options);
    return done ? *done : complain(done.error());
}

}  // namespace candor::app
