#include "web/openapi.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "web/json_object.h"
#include "web/openapi_schemas.h"

namespace candor::web {
namespace {

json::object document() {
    return json::parse(openapi_document()).as_object();
}

TEST(OpenApi, every_row_of_the_api_is_described) {
    for (const Route& route : routes()) EXPECT_TRUE(is_described(route)) << route.name;
    Route unknown = routes().front();
    unknown.name = "unheard_of";
    unknown.pattern = "/api/v1/unheard-of";
    EXPECT_FALSE(is_described(unknown));
}

TEST(OpenApi, paths_and_methods_are_those_of_the_table) {
    const json::object paths = document().at("paths").as_object();
    std::size_t operations = 0;
    for (const auto& path : paths) operations += path.value().as_object().size();
    std::size_t rows = 0;
    for (const Route& route : routes()) rows += route.pattern.starts_with("/api/v1/") ? 1 : 0;
    EXPECT_EQ(operations, rows);
    EXPECT_TRUE(paths.at("/api/v1/users/{id}").as_object().contains("patch"));
    EXPECT_TRUE(paths.at("/api/v1/incidents/{id}/updates").as_object().contains("post"));
}

// Every $ref leads somewhere, and every shape is used.
TEST(OpenApi, shapes_are_named_once_and_used) {
    const std::string text = openapi_document();
    const json::object schemas = document().at("components").at("schemas").as_object();
    EXPECT_EQ(schemas.size(), std::size(kSchemas)) << "a name stands twice";
    constexpr std::string_view kRef = "#/components/schemas/";
    std::set<std::string> used;
    for (std::size_t at = text.find(kRef); at != std::string::npos; at = text.find(kRef, at + 1)) {
        const std::size_t start = at + kRef.size();
        used.insert(text.substr(start, text.find('"', start) - start));
    }
    for (const std::string& name : used) EXPECT_TRUE(schemas.contains(name)) << name;
    for (const auto& schema : schemas) EXPECT_TRUE(used.contains(schema.key())) << schema.key();
}

TEST(OpenApi, says_where_etags_are_given_and_taken) {
    const json::object paths = document().at("paths").as_object();
    const json::object& read = paths.at("/api/v1/incidents/{id}").at("get").as_object();
    EXPECT_EQ(read.at("parameters").as_array().back().at("name"), "If-None-Match");
    EXPECT_TRUE(read.at("responses").as_object().contains("304"));
    EXPECT_TRUE(read.at("responses").at("200").at("headers").as_object().contains("ETag"));
    const json::object& post = paths.at("/api/v1/incidents/{id}/updates").at("post").as_object();
    EXPECT_EQ(post.at("parameters").as_array().back().at("name"), "If-Match");
    EXPECT_EQ(post.at("parameters").as_array().back().at("required"), false);
    EXPECT_TRUE(post.at("responses").as_object().contains("412"));
    const json::object& list = paths.at("/api/v1/incidents").at("get").as_object();
    EXPECT_FALSE(list.at("responses").as_object().contains("304"));
}

TEST(OpenApi, every_tag_is_explained_and_used) {
    std::set<std::string> explained;
    const json::object whole = document();
    for (const json::value& tag : whole.at("tags").as_array()) {
        EXPECT_FALSE(tag.at("description").as_string().empty());
        explained.insert(std::string(tag.at("name").as_string()));
    }
    std::set<std::string> used;
    for (const auto& path : whole.at("paths").as_object()) {
        for (const auto& operation : path.value().as_object()) {
            used.insert(std::string(operation.value().at("tags").at(0).as_string()));
        }
    }
    EXPECT_EQ(explained, used);
}

TEST(OpenApi, every_success_has_one_status) {
    const auto status = [](std::string_view name) {
        const auto route = std::ranges::find(routes(), name, &Route::name);
        return success_status(*route);
    };
    EXPECT_EQ(status("declare"), 201);
    EXPECT_EQ(status("acknowledge"), 200);
    EXPECT_EQ(status("remove_user"), 204);
}

TEST(OpenApi, says_which_scope_a_call_needs) {
    const json::object paths = document().at("paths").as_object();
    EXPECT_EQ(paths.at("/api/v1/users").at("post").at("x-candor-scope"), "admin");
    EXPECT_EQ(paths.at("/api/v1/incidents").at("post").at("x-candor-scope"), "respond");
    EXPECT_TRUE(paths.at("/api/v1/session").at("post").at("security").as_array().empty());
}

}  // namespace
}  // namespace candor::web
