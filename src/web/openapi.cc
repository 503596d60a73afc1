#include "web/openapi.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "web/gate.h"
#include "web/json_object.h"
#include "web/openapi_schemas.h"
#include "web/precondition.h"

namespace candor::web {
namespace {

// What the route table does not say of a call; an empty shape is no body.
struct Description {
    std::string_view route;
    std::string_view tag;
    std::string_view summary;
    std::string_view takes;
    int status;
    std::string_view gives;
};

// clang-format off
constexpr auto kDescriptions = std::to_array<Description>({
    {"openapi", "about", "This description", "", 200, "Anything"},
    {"sign_in", "session", "Sign in", "Credentials", 200, "Session"},
    {"session", "session", "Who am I, and what may I do", "", 200, "Session"},
    {"sign_out", "session", "Sign out", "", 204, ""},
    {"change_password", "session", "Change the own password; every other session ends",
     "PasswordChange", 200, "Session"},
    {"totp_begin", "session", "Propose a secret for a second factor", "", 200, "TotpSecret"},
    {"totp_confirm", "session", "Turn the second factor on", "TotpConfirmation", 200, "Session"},
    {"totp_remove", "session", "Turn the second factor off", "Password", 200, "Session"},
    {"setup", "session", "Make the first admin with the one-time key", "Setup", 201, "Session"},
    {"users", "users", "List users", "", 200, "UserPage"},
    {"create_user", "users", "Make a user", "NewUser", 201, "User"},
    {"user", "users", "Read a user", "", 200, "User"},
    {"change_user", "users", "Change a user", "UserChange", 200, "User"},
    {"remove_user", "users", "Remove a user and their tokens", "", 204, ""},
    {"set_password", "users", "Give a user a new password; their sessions end", "Password", 204,
     ""},
    {"tokens", "tokens", "List tokens", "", 200, "TokenPage"},
    {"create_token", "tokens", "Make a token", "NewToken", 201, "Token"},
    {"token", "tokens", "Read what a token is for", "", 200, "Token"},
    {"revoke_token", "tokens", "Revoke a token", "", 204, ""},
    {"console_events", "state", "New positions as server-sent events", "", 200, "Events"},
    {"incidents", "incidents", "List incidents, newest first", "", 200, "IncidentPage"},
    {"incident_room", "incidents", "Read an incident with all that happened", "", 200, "Incident"},
    {"checks", "components", "List checks with their newest result", "", 200, "CheckList"},
    {"check", "components", "Read a check, why it is in its state, and what it saw", "", 200,
     "Check"},
    {"audit", "state", "Who did what, newest first", "", 200, "AuditPage"},
    {"on_call", "on-call", "Who is called, by steps and shifts, and whether calls are muted", "",
     200, "OnCall"},
    {"on_call_mute", "on-call", "Let calls wait for a while", "Mute", 200, "Muted"},
    {"on_call_unmute", "on-call", "Let calls through again", "", 204, ""},
    {"on_call_override", "on-call", "Put somebody on call instead of whose turn it is",
     "ShiftOverride", 201, "Done"},
    {"on_call_override_remove", "on-call", "Take a stand-in back, or end it now", "", 204, ""},
    {"on_call_test", "on-call", "Call whom a step calls now, as a test", "CallTest", 202,
     "CallTestSent"},
    {"channels", "channels", "List channels, and which get nothing more and why", "", 200,
     "ChannelList"},
    {"channel_switch_on", "channels", "Let a channel that was switched off get messages again", "",
     200, "Done"},
    {"deliveries", "state", "Who was told what, and who was not and why, newest first", "", 200,
     "DeliveryPage"},
    {"state", "state", "The present state and what is wrong", "", 200, "State"},
    {"list_subscribers", "subscribers", "List who gets mails, by id; an admin may ask for one mail",
     "", 200, "SubscriberPage"},
    {"remove_subscriber", "subscribers", "Stop mails to somebody and erase the address", "", 204,
     ""},
    {"preview", "incidents", "See a text as the public would", "Words", 200, "Preview"},
    {"declare", "incidents", "Declare an incident by hand", "Declaration", 201, "Done"},
    {"update", "incidents", "Post to an incident", "Post", 201, "Done"},
    {"retract", "incidents", "Retract an incident as a false alarm", "Words", 200, "Done"},
    {"acknowledge", "incidents", "Take an incident on", "", 200, "Done"},
    {"drill", "incidents", "Call an incident a drill", "", 200, "Done"},
    {"start", "incidents", "Set an incident's start back", "Start", 200, "Done"},
    {"merge", "incidents", "Merge an incident into another", "Merge", 200, "Done"},
    {"split", "incidents", "Give a component an incident of its own", "Split", 201, "Done"},
    {"accept", "components", "Accept changed monitoring", "", 200, "Done"},
    {"maintenances", "maintenance", "List maintenance windows: on, to come, then past", "", 200,
     "MaintenancePage"},
    {"maintenance_window", "maintenance", "Read a maintenance with all that was said and done", "",
     200, "MaintenanceWindow"},
    {"maintenance_plan", "maintenance", "Schedule maintenance", "Maintenance", 201, "Done"},
    {"maintenance_update", "maintenance", "Tell of a maintenance, or move it", "MaintenanceChange",
     201, "Done"},
    {"maintenance_finish", "maintenance", "End a maintenance before its time", "MaintenanceEnd",
     200, "Done"},
    {"maintenance_cancel", "maintenance", "Call off a maintenance", "MaintenanceEnd", 200, "Done"},
});
// clang-format on

constexpr std::string_view kIfNoneMatch = "An ETag: 304 when it is still the same.";
constexpr std::string_view kIfMatch =
    "The ETag of what was read: 412, and nothing is done, when it was changed since.";

struct Tag {
    std::string_view name;
    std::string_view description;
};

// In the order in which a reader meets them.
constexpr auto kTags = std::to_array<Tag>({
    {"about", "What this API is."},
    {"state", "What is so now, who did what, and who was told."},
    {"incidents", "Trouble that is told to the public, and answering for it."},
    {"components", "What users know by name, and the checks that watch it."},
    {"maintenance", "Work that is announced."},
    {"on-call", "Who is called while nobody answers for an incident."},
    {"channels", "Where messages go that the configuration names."},
    {"subscribers", "People who get mails."},
    {"session", "Signing in, and one's own account."},
    {"users", "People who may sign in."},
    {"tokens", "What programs present instead of a person's session."},
});

const Description* find_description(std::string_view route) {
    const auto found = std::ranges::find(kDescriptions, route, &Description::route);
    return found == kDescriptions.end() ? nullptr : &*found;
}

bool is_api_row(const Route& route) {
    return route.pattern.starts_with("/api/v1/");
}

std::string path_of(std::string_view pattern) {
    std::string path(pattern);
    const std::size_t star = path.find('*');
    if (star != std::string::npos) path.replace(star, 1, "{id}");
    return path;
}

std::string_view method_name(MethodSet methods) {
    if ((methods & kGetAllowed) != 0) return "get";
    if ((methods & kPatchAllowed) != 0) return "patch";
    return (methods & kDeleteAllowed) != 0 ? "delete" : "post";
}

// The parameters that narrow a list, which the table does not name.
std::vector<std::string_view> filters_of(std::string_view route) {
    if (route == "incidents") return {"state"};
    if (route == "checks") return {"component"};
    if (route == "deliveries") return {"incident", "state"};
    if (route == "list_subscribers") return {"mail"};
    if (route == "maintenances") return {"state"};
    return {};
}

json::object content_of(std::string_view type, std::string_view shape) {
    json::object schema;
    if (shape == "Anything") {
        schema = {{"type", "object"}};
    } else if (shape == "Events") {
        schema = {{"type", "string"}};
    } else {
        schema = {{"$ref", "#/components/schemas/" + std::string(shape)}};
    }
    return {{type, json::object{{"schema", std::move(schema)}}}};
}

json::array parameters_of(const Route& route, const Description& about) {
    json::array out;
    const auto add = [&](std::string_view name, std::string_view in, bool required,
                         std::string_view type) {
        out.push_back(json::object{{"name", name},
                                   {"in", in},
                                   {"required", required},
                                   {"schema", json::object{{"type", type}}}});
    };
    if (route.pattern.find('*') != std::string_view::npos) add("id", "path", true, "string");
    for (const std::string_view filter : filters_of(route.name)) {
        add(filter, "query", false, "string");
    }
    if (about.gives.ends_with("Page")) {
        add("cursor", "query", false, "string");
        add("limit", "query", false, "integer");
    }
    if (has_revision(route)) {
        const bool reads = route.methods == kGetAllowed;
        const bool required = route.name == "change_user" || route.name == "remove_user";
        add(reads ? "If-None-Match" : "If-Match", "header", required, "string");
        out.back().as_object()["description"] = reads ? kIfNoneMatch : kIfMatch;
    }
    return out;
}

// What a call answers besides what it gives.
void add_answers_of_revision(const Route& route, json::object& good, json::object& responses) {
    if (!has_revision(route)) return;
    if (route.methods == kGetAllowed) {
        good["headers"] = {{"ETag",
                            {{"description", "Send it as If-Match with a change."},
                             {"required", true},
                             {"schema", {{"type", "string"}}}}}};
        responses["304"] = {{"description", "It is still as If-None-Match says"}};
    } else {
        json::object changed = {{"description", "It was changed since it was read: read it again"}};
        changed["content"] = content_of("application/problem+json", "Problem");
        responses["412"] = std::move(changed);
    }
}

json::object operation_of(const Route& route, const Description& about) {
    json::object good = {{"description", "Done"}};
    if (!about.gives.empty()) {
        const bool events = about.gives == "Events";
        good["content"] =
            content_of(events ? "text/event-stream" : "application/json", about.gives);
    }
    json::object operation = {
        {"operationId", route.name}, {"summary", about.summary}, {"tags", json::array{about.tag}}};
    operation["parameters"] = parameters_of(route, about);
    if (!about.takes.empty()) {
        operation["requestBody"] = json::object{
            {"required", true}, {"content", content_of("application/json", about.takes)}};
    }
    json::object responses;
    add_answers_of_revision(route, good, responses);
    responses[std::to_string(about.status)] = std::move(good);
    for (const char* range : {"4XX", "5XX"}) {
        responses[range] = json::object{{"$ref", "#/components/responses/Refused"}};
    }
    operation["responses"] = std::move(responses);
    const auto scope = scope_of(route.access);
    if (!scope) {
        operation["security"] = json::array{};
    } else {
        operation["x-candor-scope"] = name_of(*scope);
        operation["security"] = json::array{json::object{{"token", json::array{}}},
                                            json::object{{"session", json::array{}}}};
    }
    return operation;
}

json::object components() {
    json::object schemas;
    for (const auto& [name, text] : kSchemas)
        schemas[name] = json::parse({text.data(), text.size()});
    json::object refused = {{"description", "Refused; says what is wrong and how to mend it"}};
    refused["content"] = content_of("application/problem+json", "Problem");
    return {{"schemas", std::move(schemas)},
            {"responses", json::object{{"Refused", std::move(refused)}}},
            {"securitySchemes",
             json::object{
                 {"token", json::object{{"type", "http"}, {"scheme", "bearer"}}},
                 {"session",
                  json::object{{"type", "apiKey"}, {"in", "cookie"}, {"name", "__Host-candor"}}}}}};
}

std::string build() {
    json::object paths;
    json::array tags;
    for (const Tag& tag : kTags) {
        tags.push_back(json::object{{"name", tag.name}, {"description", tag.description}});
    }
    for (const Route& route : routes()) {
        if (!is_api_row(route)) continue;
        const Description* about = find_description(route.name);
        if (about == nullptr) continue;
        const std::string path = path_of(route.pattern);
        if (!paths.contains(path)) paths[path] = json::object{};
        paths[path].as_object()[method_name(route.methods)] = operation_of(route, *about);
    }
    const json::object document = {
        {"openapi", "3.1.0"},
        {"info", json::object{{"title", "Candor"},
                              {"version", "1"},
                              {"description", "Everything that the console does."},
                              {"license", json::object{{"name", "Apache 2.0"},
                                                       {"identifier", "Apache-2.0"}}}}},
        {"servers", json::array{json::object{{"url", "/"}}}},
        {"tags", std::move(tags)},
        {"paths", std::move(paths)},
        {"components", components()}};
    return json::serialize(document) + "\n";
}

}  // namespace

const std::string& openapi_document() {
    static const std::string kDocument = build();
    return kDocument;
}

int success_status(const Route& route) {
    const Description* about = find_description(route.name);
    CHECK(about != nullptr);
    return about->status;
}

bool is_described(const Route& route) {
    return !is_api_row(route) || find_description(route.name) != nullptr;
}

}  // namespace candor::web
