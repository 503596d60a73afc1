#include "web/routes.h"

#include <gtest/gtest.h>

#include <set>

#include "web/counters.h"

namespace candor::web {
namespace {

constexpr ListenerSet kAll = kPublicListener | kIntakeListener | kConsoleListener;

std::string name_at(ListenerSet listeners, std::string_view path) {
    const Route* route = find_route(listeners, path);
    return route == nullptr ? "" : std::string(route->name);
}

bool is_open(Access access) {
    return access == Access::kAnyone || access == Access::kOurPages;
}

TEST(Routes, each_url_has_its_row) {
    EXPECT_EQ(name_at(kAll, "/"), "page");
    EXPECT_EQ(name_at(kAll, "/events"), "events");
    EXPECT_EQ(name_at(kAll, "/api/v2/summary.json"), "statuspage");
    EXPECT_EQ(name_at(kAll, "/api/v2/incidents/unresolved.json"), "statuspage");
    EXPECT_EQ(name_at(kAll, "/api/v2/subscribers.json"), "subscribers");
    EXPECT_EQ(name_at(kAll, "/components/api"), "component");
    EXPECT_EQ(name_at(kAll, "/at/2026-04-04T21:05Z"), "at");
    EXPECT_EQ(name_at(kAll, "/ping/abc/start"), "ping");
    EXPECT_EQ(name_at(kAll, "/api/v1/incidents/x/updates"), "update");
    EXPECT_EQ(name_at(kAll, "/components/a/b"), "other_page");
    EXPECT_EQ(name_at(kAll, "/ping"), "other_page");
    EXPECT_EQ(name_at(kAll, ""), "");
}

TEST(Routes, listeners_keep_to_themselves) {
    for (const char* path : {"/ping/x", "/metrics", "/healthz", "/readyz", "/api/v1/state"}) {
        EXPECT_EQ(name_at(kPublicListener, path), "other_page") << path;
    }
    EXPECT_EQ(name_at(kIntakeListener, "/"), "");
    EXPECT_EQ(name_at(kIntakeListener, "/metrics"), "");
    EXPECT_EQ(name_at(kConsoleListener, "/ping/x"), "");
    EXPECT_EQ(name_at(kConsoleListener, "/"), "console_root");
}

TEST(Routes, every_row_declares_its_bounds) {
    std::set<std::string> rows;
    for (const Route& route : routes()) {
        EXPECT_FALSE(route.name.empty());
        const std::string row = std::string(route.pattern) + ' ' + std::to_string(route.methods) +
                                ' ' + std::to_string(route.listeners);
        EXPECT_TRUE(rows.insert(row).second) << row;
        EXPECT_TRUE(allows(route, Method::kOptions));
        EXPECT_FALSE(allows(route, Method::kOther));
        const bool posts = allows(route, Method::kPost) || allows(route, Method::kPatch);
        EXPECT_EQ(route.body_limit > 0, posts) << route.pattern << ": bodies only where posted";
        EXPECT_LE(route.body_limit, kBodyBytesMax);
    }
    EXPECT_LT(routes().size(), kRoutesMax) << "counters hold no more";
}

// Deny by default: nothing that changes or shows more than the page is open to anyone.
TEST(Routes, every_api_row_needs_a_scope_but_the_ways_in) {
    const std::set<std::string_view> open = {"openapi", "sign_in", "setup"};
    for (const Route& route : routes()) {
        const bool is_api = route.pattern.starts_with("/api/v1/");
        const bool is_intake = route.pattern.starts_with("/v1/");
        EXPECT_EQ(is_open(route.access),
                  (!is_api && !is_intake) || open.contains(route.name))
            << route.pattern;
        if (is_intake) {
            EXPECT_EQ(route.access, Access::kIntake) << route.pattern;
        }
        if (is_api || is_intake) {
            EXPECT_EQ(route.listeners, is_api ? kConsoleListener : kIntakeListener)
                << route.pattern;
            EXPECT_EQ(route.cache, page::CacheClass::kNoStore) << route.pattern;
        }
    }
}

// What changes something asks for more than reading, but in one's own account. A preview changes
// nothing.
TEST(Routes, no_change_is_for_viewers) {
    for (const Route& route : routes()) {
        const bool own = route.pattern.starts_with("/api/v1/session") || route.name == "setup" ||
                         route.name == "preview";
        if (!route.pattern.starts_with("/api/v1/") || own) continue;
        const bool reads = route.methods == kGetAllowed;
        EXPECT_EQ(route.access == Access::kRespond, !reads && route.access != Access::kAdmin)
            << route.name;
    }
}

TEST(Routes, rows_of_one_address_share_it_by_method) {
    EXPECT_EQ(find_route(kAll, "/api/v1/users", Method::kGet)->name, "users");
    EXPECT_EQ(find_route(kAll, "/api/v1/users", Method::kHead)->name, "users");
    EXPECT_EQ(find_route(kAll, "/api/v1/users", Method::kPost)->name, "create_user");
    EXPECT_EQ(find_route(kAll, "/api/v1/users/abc", Method::kPatch)->name, "change_user");
    EXPECT_EQ(find_route(kAll, "/api/v1/users/abc", Method::kDelete)->name, "remove_user");
    EXPECT_FALSE(allows(*find_route(kAll, "/api/v1/users", Method::kDelete), Method::kDelete));
}

TEST(Routes, every_public_row_can_be_cached_or_says_why_not) {
    for (const Route& route : routes()) {
        if ((route.listeners & kPublicListener) == 0) continue;
        const bool live = route.handler == Handler::kEvents || route.handler == Handler::kDesk ||
                          !allows(route, Method::kGet);
        EXPECT_EQ(route.cache == page::CacheClass::kNoStore, live) << route.pattern;
    }
}

TEST(Routes, one_address_has_a_row_for_each_of_its_methods) {
    const auto at = [](Method method) {
        return std::string(find_route(kAll, "/api/v1/incidents", method)->name);
    };
    EXPECT_EQ(at(Method::kGet), "incidents");
    EXPECT_EQ(at(Method::kHead), "incidents");
    EXPECT_EQ(at(Method::kPost), "declare");
    EXPECT_EQ(at(Method::kOptions), "incidents");
    EXPECT_EQ(at(Method::kOther), "incidents");
}

TEST(Routes, allow_names_the_methods) {
    EXPECT_EQ(allow_header(*find_route(kAll, "/")), "GET, HEAD, OPTIONS");
    EXPECT_EQ(allow_header(*find_route(kAll, "/ping/x")), "GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(allow_header(*find_route(kAll, "/api/v2/subscribers.json")), "POST");
    EXPECT_EQ(allow_header(*find_route(kAll, "/api/v2/subscribers/x.json")), "DELETE, OPTIONS");
    EXPECT_EQ(allow_header(*find_route(kAll, "/api/v1/preview")), "POST");
    EXPECT_EQ(allow_header(*find_route(kAll, "/api/v1/incidents")), "GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(allow_header(*find_route(kAll, "/api/v1/users/abc")),
              "GET, HEAD, PATCH, DELETE, OPTIONS");
    EXPECT_EQ(allow_header(*find_route(kAll, "/api/v1/setup")), "POST");
}

TEST(Routes, cache_headers_are_those_of_the_contract) {
    using page::CacheClass;
    EXPECT_EQ(cache_control(CacheClass::kPage),
              "public, max-age=5, stale-while-revalidate=30, stale-if-error=86400");
    EXPECT_EQ(cache_control(CacheClass::kApi), "public, max-age=5");
    EXPECT_EQ(cache_control(CacheClass::kImmutable), "public, max-age=31536000, immutable");
    EXPECT_EQ(cache_control(CacheClass::kNoStore), "no-store");
}

TEST(Routes, a_resource_that_no_route_serves_is_found) {
    page::Site site;
    const auto resource = [](page::CacheClass cache) {
        auto made = std::make_shared<page::Resource>();
        made->cache = cache;
        return made;
    };
    site.resources.set("/", resource(page::CacheClass::kPage));
    site.resources.set("/badge.svg", resource(page::CacheClass::kApi));
    EXPECT_TRUE(undeclared_resources(site).empty());
    site.resources.set("/api/v2/subscribers.json", resource(page::CacheClass::kApi));
    site.resources.set("/history.atom", resource(page::CacheClass::kPage));
    EXPECT_EQ(undeclared_resources(site).size(), 2U);
}

}  // namespace
}  // namespace candor::web
