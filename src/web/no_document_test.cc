#include "web/no_document.h"

#include <gtest/gtest.h>

namespace candor::web {
namespace {

TEST(NoDocument, programs_get_what_they_can_read) {
    const auto api = no_such_document("/api/v2/nosuch.json");
    ASSERT_TRUE(api);
    EXPECT_EQ(api->status, 404);
    EXPECT_EQ(api->content_type, "application/json; charset=utf-8");
    EXPECT_EQ(api->body, "{\"error\":\"not found\"}\n");
    EXPECT_NE(api->extra.find("Access-Control-Allow-Origin: *"), std::string::npos);
    EXPECT_EQ(no_such_document("/api/v1/nosuch")->content_type, "application/problem+json");
    EXPECT_EQ(no_such_document("/badge/nosuch.svg")->content_type, "image/svg+xml");
    EXPECT_NE(no_such_document("/badge/nosuch.svg")->body.find("status: unknown"),
              std::string::npos);
    EXPECT_NE(no_such_document("/badge/nosuch.json")->body.find("\"message\":\"unknown\""),
              std::string::npos);
}

TEST(NoDocument, people_get_a_page_from_elsewhere) {
    for (const char* path : {"/", "/incidents/nosuch", "/api", "/badges", "/api/v20/x"}) {
        EXPECT_FALSE(no_such_document(path)) << path;
    }
}

}  // namespace
}  // namespace candor::web
