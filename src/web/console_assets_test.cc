#include "web/console_assets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace candor::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string script_path() {
    const std::string page = answer_console("/console/", "").body;
    const std::size_t at = page.find("/console/console-", page.find("<script"));
    return page.substr(at, page.find('"', at) - at);
}

TEST(Console, its_page_names_style_and_script_that_exist) {
    const Answer page = answer_console("/console/", "");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.cache, page::CacheClass::kNoStore);
    EXPECT_THAT(page.body, Not(HasSubstr("@S")));
    const Answer script = answer_console(script_path(), "");
    EXPECT_EQ(script.status, 200);
    EXPECT_EQ(script.cache, page::CacheClass::kImmutable);
    EXPECT_THAT(script.content_type, HasSubstr("javascript"));
}

// The promise of the console's size: everything together, as it goes over the wire.
TEST(Console, is_smaller_than_120_kilobytes_packed) {
    const std::size_t script = answer_console(script_path(), "gzip").body.size();
    EXPECT_GT(script, 1'000U);
    EXPECT_LT(script, 110U * 1024);
}

TEST(Console, the_bare_address_leads_to_it) {
    for (const char* path : {"/", "/console"}) {
        const Answer answer = answer_console(path, "");
        EXPECT_EQ(answer.status, 302) << path;
        EXPECT_THAT(answer.extra, HasSubstr("Location: /console/\r\n"));
    }
}

TEST(Console, knows_nothing_else) {
    EXPECT_EQ(answer_console("/console/../secret", "").status, 404);
    EXPECT_EQ(answer_console("/console/console-000000000000.js", "").status, 404);
}

}  // namespace
}  // namespace candor::web
