#include "web/page_of.h"

#include <gtest/gtest.h>

namespace candor::web {
namespace {

TEST(PageOf, defaults_and_bounds) {
    EXPECT_EQ(parse_page("")->limit, 50U);
    EXPECT_EQ(parse_page("limit=1")->limit, 1U);
    EXPECT_EQ(parse_page("limit=200&cursor=abc-1")->limit, 200U);
    EXPECT_EQ(parse_page("limit=200&cursor=abc-1")->cursor, "abc-1");
    for (const char* bad : {"limit=0", "limit=201", "limit=-1", "limit=x", "limit=",
                            "limit=9999999", "cursor=A", "cursor=%20", "page=2", "cursor=a/b"}) {
        EXPECT_FALSE(parse_page(bad)) << bad;
    }
    EXPECT_TRUE(parse_page("cursor=" + std::string(kCursorBytesMax, 'a')));
    EXPECT_FALSE(parse_page("cursor=" + std::string(kCursorBytesMax + 1, 'a')));
}

}  // namespace
}  // namespace candor::web
