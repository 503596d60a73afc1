#include "web/routes.h"

#include <array>

#include "base/check.h"

namespace candor::web {
namespace {

using page::CacheClass;

constexpr ListenerSet kPub = kPublicListener;
constexpr ListenerSet kInt = kIntakeListener;
constexpr ListenerSet kCon = kConsoleListener;
constexpr MethodSet kGet = kGetAllowed;
constexpr MethodSet kPost = kPostAllowed;
constexpr MethodSet kPatch = kPatchAllowed;
constexpr MethodSet kDelete = kDeleteAllowed;
using C = CacheClass;
using H = Handler;
constexpr auto kAnyone = Access::kAnyone;
constexpr auto kIntake = Access::kIntake;
constexpr auto kOurPages = Access::kOurPages;
constexpr auto kRead = Access::kRead;
constexpr auto kRespond = Access::kRespond;
constexpr auto kAdmin = Access::kAdmin;
constexpr std::size_t kApiBody = kApiBodyBytesMax;
constexpr std::size_t kAccount = kAccountBodyBytesMax;
constexpr std::size_t kForm = kFormBodyBytesMax;
constexpr std::size_t kPingBody = kPingBodyAcceptedBytesMax;
constexpr std::size_t kOutcomeBody = kOutcomeBodyBytesMax;

// The first row that matches wins, so special paths stand before general ones.
// Columns: name, listeners, methods, pattern, access, body limit, cache class, handler.
// clang-format off
constexpr auto kRoutes = std::to_array<Route>({
    {"events", kPub, kGet, "/events", kAnyone, 0, C::kNoStore, H::kEvents},
    {"subscribers", kPub, kPost, "/api/v2/subscribers.json", kOurPages, kForm, C::kNoStore,
     H::kDesk},
    {"unsubscribe", kPub, kDelete, "/api/v2/subscribers/*", kAnyone, 0, C::kNoStore, H::kDesk},
    {"statuspage", kPub, kGet, "/api/v2/**", kAnyone, 0, C::kApi, H::kSite},
    {"history", kPub, kGet, "/history", kAnyone, 0, C::kPage, H::kSiteOrReader},
    {"component", kPub, kGet, "/components/*", kAnyone, 0, C::kPage, H::kSiteOrReader},
    {"incident", kPub, kGet, "/incidents/*", kAnyone, 0, C::kPage, H::kSiteOrReader},
    {"maintenance", kPub, kGet, "/maintenance/*", kAnyone, 0, C::kPage, H::kSite},
    {"at", kPub, kGet, "/at/**", kAnyone, 0, C::kPage, H::kReader},
    {"feed", kPub, kGet, "/history.atom", kAnyone, 0, C::kApi, H::kSite},
    {"feed", kPub, kGet, "/history.rss", kAnyone, 0, C::kApi, H::kSite},
    {"feed", kPub, kGet, "/maintenance.ics", kAnyone, 0, C::kApi, H::kSite},
    {"badge", kPub, kGet, "/badge.svg", kAnyone, 0, C::kApi, H::kSite},
    {"badge", kPub, kGet, "/badge/*", kAnyone, 0, C::kApi, H::kSite},
    {"asset", kPub, kGet, "/assets/**", kAnyone, 0, C::kImmutable, H::kSite},
    {"subscribe", kPub, kGet | kPost, "/subscribe", kOurPages, kForm, C::kNoStore, H::kDesk},
    // By the one click of a mail program, which may be another site's page.
    {"leave", kPub, kGet | kPost, "/subscribe/leave", kAnyone, kForm, C::kNoStore, H::kDesk},
    {"subscription", kPub, kGet | kPost, "/subscribe/*", kOurPages, kForm, C::kNoStore, H::kDesk},
    {"answer", kPub, kGet | kPost, "/answer", kOurPages, kForm, C::kNoStore, H::kDesk},
    {"ping", kInt, kGet | kPost, "/ping/**", kAnyone, kPingBody, C::kNoStore, H::kPing},
    {"outcomes", kInt, kPost, "/v1/outcomes", kIntake, kOutcomeBody, C::kNoStore, H::kOutcomes},
    {"alive", kCon, kGet, "/healthz", kAnyone, 0, C::kNoStore, H::kAlive},
    {"ready", kCon, kGet, "/readyz", kAnyone, 0, C::kNoStore, H::kReady},
    {"metrics", kCon, kGet, "/metrics", kAnyone, 0, C::kNoStore, H::kMetrics},
    {"openapi", kCon, kGet, "/api/v1/openapi.json", kAnyone, 0, C::kNoStore, H::kOpenApi},
    {"sign_in", kCon, kPost, "/api/v1/session", kAnyone, kAccount, C::kNoStore, H::kSignIn},
    {"session", kCon, kGet, "/api/v1/session", kRead, 0, C::kNoStore, H::kSession},
    {"sign_out", kCon, kDelete, "/api/v1/session", kRead, 0, C::kNoStore, H::kSignOut},
    {"change_password", kCon, kPost, "/api/v1/session/password", kRead, kAccount, C::kNoStore,
     H::kChangePassword},
    {"totp_begin", kCon, kPost, "/api/v1/session/totp", kRead, kAccount, C::kNoStore,
     H::kTotpBegin},
    {"totp_confirm", kCon, kPost, "/api/v1/session/totp/confirm", kRead, kAccount, C::kNoStore,
     H::kTotpConfirm},
    {"totp_remove", kCon, kPost, "/api/v1/session/totp/remove", kRead, kAccount, C::kNoStore,
     H::kTotpRemove},
    {"setup", kCon, kPost, "/api/v1/setup", kAnyone, kAccount, C::kNoStore, H::kSetUp},
    {"users", kCon, kGet, "/api/v1/users", kAdmin, 0, C::kNoStore, H::kUsers},
    {"create_user", kCon, kPost, "/api/v1/users", kAdmin, kAccount, C::kNoStore, H::kCreateUser},
    {"user", kCon, kGet, "/api/v1/users/*", kAdmin, 0, C::kNoStore, H::kUser},
    {"change_user", kCon, kPatch, "/api/v1/users/*", kAdmin, kAccount, C::kNoStore,
     H::kChangeUser},
    {"remove_user", kCon, kDelete, "/api/v1/users/*", kAdmin, 0, C::kNoStore, H::kRemoveUser},
    {"set_password", kCon, kPost, "/api/v1/users/*/password", kAdmin, kAccount, C::kNoStore,
     H::kSetPassword},
    {"tokens", kCon, kGet, "/api/v1/tokens", kAdmin, 0, C::kNoStore, H::kTokens},
    {"create_token", kCon, kPost, "/api/v1/tokens", kAdmin, kAccount, C::kNoStore,
     H::kCreateToken},
    {"token", kCon, kGet, "/api/v1/tokens/*", kAdmin, 0, C::kNoStore, H::kToken},
    {"revoke_token", kCon, kDelete, "/api/v1/tokens/*", kAdmin, 0, C::kNoStore, H::kRevokeToken},
    {"list_subscribers", kCon, kGet, "/api/v1/subscribers", kRead, 0, C::kNoStore, H::kDesk},
    {"remove_subscriber", kCon, kDelete, "/api/v1/subscribers/*", kAdmin, 0, C::kNoStore,
     H::kDesk},
    {"console_events", kCon, kGet, "/api/v1/events", kRead, 0, C::kNoStore, H::kEvents},
    {"incidents", kCon, kGet, "/api/v1/incidents", kRead, 0, C::kNoStore, H::kReader},
    {"incident_room", kCon, kGet, "/api/v1/incidents/*", kRead, 0, C::kNoStore, H::kReader},
    {"checks", kCon, kGet, "/api/v1/checks", kRead, 0, C::kNoStore, H::kReader},
    {"check", kCon, kGet, "/api/v1/checks/*", kRead, 0, C::kNoStore, H::kReader},
    {"on_call", kCon, kGet, "/api/v1/on_call", kRead, 0, C::kNoStore, H::kDesk},
    {"on_call_mute", kCon, kPost, "/api/v1/on_call/mute", kRespond, kForm, C::kNoStore, H::kDesk},
    {"on_call_unmute", kCon, kDelete, "/api/v1/on_call/mute", kRespond, 0, C::kNoStore, H::kDesk},
    {"on_call_override", kCon, kPost, "/api/v1/on_call/overrides", kRespond, kForm, C::kNoStore,
     H::kDesk},
    {"on_call_override_remove", kCon, kDelete, "/api/v1/on_call/overrides/*", kRespond, 0,
     C::kNoStore, H::kDesk},
    {"on_call_test", kCon, kPost, "/api/v1/on_call/test", kRespond, kForm, C::kNoStore, H::kDesk},
    {"channels", kCon, kGet, "/api/v1/channels", kRead, 0, C::kNoStore, H::kDesk},
    {"channel_switch_on", kCon, kPost, "/api/v1/channels/*/switch_on", kRespond, kForm,
     C::kNoStore, H::kDesk},
    {"deliveries", kCon, kGet, "/api/v1/deliveries", kRead, 0, C::kNoStore, H::kReader},
    {"audit", kCon, kGet, "/api/v1/audit", kRead, 0, C::kNoStore, H::kReader},
    {"state", kCon, kGet, "/api/v1/state", kRead, 0, C::kNoStore, H::kReader},
    {"preview", kCon, kPost, "/api/v1/preview", kRead, kApiBody, C::kNoStore, H::kPreview},
    {"declare", kCon, kPost, "/api/v1/incidents", kRespond, kApiBody, C::kNoStore, H::kDeclare},
    {"update", kCon, kPost, "/api/v1/incidents/*/updates", kRespond, kApiBody, C::kNoStore,
     H::kPostUpdate},
    {"retract", kCon, kPost, "/api/v1/incidents/*/retract", kRespond, kApiBody, C::kNoStore,
     H::kRetract},
    {"acknowledge", kCon, kPost, "/api/v1/incidents/*/acknowledge", kRespond, kApiBody,
     C::kNoStore, H::kAcknowledge},
    {"drill", kCon, kPost, "/api/v1/incidents/*/drill", kRespond, kApiBody, C::kNoStore,
     H::kMarkDrill},
    {"start", kCon, kPost, "/api/v1/incidents/*/start", kRespond, kApiBody, C::kNoStore,
     H::kMoveStart},
    {"merge", kCon, kPost, "/api/v1/incidents/*/merge", kRespond, kApiBody, C::kNoStore,
     H::kMerge},
    {"split", kCon, kPost, "/api/v1/incidents/*/split", kRespond, kApiBody, C::kNoStore,
     H::kSplit},
    {"accept", kCon, kPost, "/api/v1/components/*/accept-monitoring", kRespond, kApiBody,
     C::kNoStore, H::kAcceptMonitoring},
    {"maintenances", kCon, kGet, "/api/v1/maintenances", kRead, 0, C::kNoStore, H::kReader},
    {"maintenance_window", kCon, kGet, "/api/v1/maintenances/*", kRead, 0, C::kNoStore,
     H::kReader},
    {"maintenance_plan", kCon, kPost, "/api/v1/maintenances", kRespond, kApiBody, C::kNoStore,
     H::kScheduleMaintenance},
    {"maintenance_update", kCon, kPost, "/api/v1/maintenances/*/updates", kRespond, kApiBody,
     C::kNoStore, H::kUpdateMaintenance},
    {"maintenance_finish", kCon, kPost, "/api/v1/maintenances/*/finish", kRespond, kApiBody,
     C::kNoStore, H::kFinishMaintenance},
    {"maintenance_cancel", kCon, kPost, "/api/v1/maintenances/*/cancel", kRespond, kApiBody,
     C::kNoStore, H::kCancelMaintenance},
    {"console", kCon, kGet, "/console/**", kAnyone, 0, C::kNoStore, H::kConsole},
    {"console", kCon, kGet, "/console", kAnyone, 0, C::kNoStore, H::kConsole},
    {"page", kPub, kGet, "/", kAnyone, 0, C::kPage, H::kSite},
    {"other_page", kPub, kGet, "/**", kAnyone, 0, C::kPage, H::kSite},
    {"console_root", kCon, kGet, "/", kAnyone, 0, C::kNoStore, H::kConsole},
});
// clang-format on

bool matches(std::string_view pattern, std::string_view path) {
    if (pattern.size() == 1 || path.size() <= 1) return pattern == path;
    while (true) {
        pattern.remove_prefix(1);
        path.remove_prefix(1);
        if (pattern == "**") return true;
        const std::size_t pattern_end = std::min(pattern.find('/'), pattern.size());
        const std::size_t path_end = std::min(path.find('/'), path.size());
        const std::string_view want = pattern.substr(0, pattern_end);
        if (path_end == 0 || (want != "*" && want != path.substr(0, path_end))) return false;
        pattern.remove_prefix(pattern_end);
        path.remove_prefix(path_end);
        if (pattern.empty() || path.empty()) return pattern.empty() && path.empty();
    }
}

}  // namespace

std::span<const Route> routes() {
    return kRoutes;
}

const Route* find_route(ListenerSet listeners, std::string_view path) {
    for (const Route& route : kRoutes) {
        if ((route.listeners & listeners) != 0 && matches(route.pattern, path)) return &route;
    }
    return nullptr;
}

const Route* find_route(ListenerSet listeners, std::string_view path, Method method) {
    const Route* first = find_route(listeners, path);
    if (first == nullptr) return nullptr;
    for (const Route& route : kRoutes) {
        if ((route.listeners & listeners) == 0 || route.pattern != first->pattern) continue;
        if (method != Method::kOptions && allows(route, method)) return &route;
    }
    return first;
}

std::size_t route_index(const Route& route) {
    CHECK(&route >= kRoutes.data() && &route < kRoutes.data() + kRoutes.size());
    return static_cast<std::size_t>(&route - kRoutes.data());
}

bool allows(const Route& route, Method method) {
    switch (method) {
        case Method::kGet:
        case Method::kHead: return (route.methods & kGetAllowed) != 0;
        case Method::kPost: return (route.methods & kPostAllowed) != 0;
        case Method::kPatch: return (route.methods & kPatchAllowed) != 0;
        case Method::kDelete: return (route.methods & kDeleteAllowed) != 0;
        case Method::kOptions: return true;
        case Method::kOther: return false;
    }
    return false;
}

std::string allow_header(const Route& route) {
    // The address of Statuspage's own subscribers takes POST alone; its clients read this header.
    MethodSet methods = 0;
    for (const Route& other : kRoutes) {
        if (other.pattern == route.pattern) methods |= other.methods;
    }
    if (methods == kPostAllowed) return "POST";
    std::string out;
    if ((methods & kGetAllowed) != 0) out += "GET, HEAD, ";
    if ((methods & kPostAllowed) != 0) out += "POST, ";
    if ((methods & kPatchAllowed) != 0) out += "PATCH, ";
    if ((methods & kDeleteAllowed) != 0) out += "DELETE, ";
    return out + "OPTIONS";
}

std::string_view cache_control(page::CacheClass cache) {
    switch (cache) {
        case CacheClass::kPage:
            return "public, max-age=5, stale-while-revalidate=30, stale-if-error=86400";
        case CacheClass::kApi: return "public, max-age=5";
        case CacheClass::kImmutable: return "public, max-age=31536000, immutable";
        case CacheClass::kNoStore: return "no-store";
    }
    return "no-store";
}

std::vector<std::string> undeclared_resources(const page::Site& site) {
    std::vector<std::string> found;
    site.resources.for_each([&](const std::string& path, const page::ResourcePtr& resource) {
        const Route* route = find_route(kPublicListener, path);
        if (route == nullptr || (route->methods & kGetAllowed) == 0) {
            found.push_back(path + ": no public GET route");
        } else if (route->cache != resource->cache && route->name != "other_page") {
            found.push_back(path + ": cache class differs from route " + std::string(route->name));
        }
    });
    return found;
}

}  // namespace candor::web
