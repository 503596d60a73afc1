#include "web/http_target.h"

#include <gtest/gtest.h>

namespace candor::web {
namespace {

struct Target {
    RequestHead head;
    bool good = false;

    explicit Target(std::string_view text, Method method = Method::kGet) {
        head.method = method;
        good = parse_target(text, head);
    }
};

TEST(HttpTarget, splits_path_and_query) {
    const Target t("/components/api?range=24h&x=%20");
    ASSERT_TRUE(t.good);
    EXPECT_EQ(t.head.path, "/components/api");
    EXPECT_EQ(t.head.query, "range=24h&x=%20");
    EXPECT_EQ(Target("/?").head.query, "");
    EXPECT_EQ(Target("/a?b?c").head.query, "b?c");
    EXPECT_EQ(Target("/trailing/").head.path, "/trailing/");
}

TEST(HttpTarget, decodes_a_path_once) {
    const Target t("/caf%c3%A9%20%3Fx");
    ASSERT_TRUE(t.good);
    EXPECT_EQ(t.head.path, "/caf\xc3\xa9 ?x");
    EXPECT_EQ(t.head.query, "");
}

TEST(HttpTarget, refuses_what_two_programs_could_read_differently) {
    for (const char* text : {"",
                             "a",
                             "//",
                             "//host/x",
                             "/a//b",
                             "/./",
                             "/a/..",
                             "/a/../b",
                             "/%2e%2e/x",
                             "/a/%2E",
                             "/a%2fb",
                             "/a%5cb",
                             "/a%00b",
                             "/a%0a",
                             "/a%7f",
                             "/a%25b",
                             "/a%",
                             "/a%2",
                             "/a%zz",
                             "/a#b",
                             "/a\\b",
                             "/a b",
                             "/a\"b",
                             "/a<b",
                             "/a?b#c",
                             "/a?b c",
                             "/a?\x7f",
                             "/\x80",
                             "*",
                             "ftp://a/",
                             "http:///x",
                             "http://a:b@c/",
                             "http://a:99999999/",
                             "javascript:alert(1)"}) {
        EXPECT_FALSE(Target(text).good) << text;
    }
}

TEST(HttpTarget, takes_the_other_forms_where_they_belong) {
    EXPECT_TRUE(Target("*", Method::kOptions).good);
    const Target absolute("http://status.example:80/x?y");
    ASSERT_TRUE(absolute.good);
    EXPECT_EQ(absolute.head.host, "status.example:80");
    EXPECT_EQ(absolute.head.path, "/x");
    EXPECT_EQ(Target("https://status.example").head.path, "/");
    RequestHead connect;
    connect.connect = true;
    EXPECT_TRUE(parse_target("a.example:443", connect));
    EXPECT_FALSE(parse_target("a/b", connect));
}

TEST(HttpTarget, authorities) {
    for (const char* good : {"a", "a.b-c_d.example", "a:1", "a:65535", "127.0.0.1:80", "[::1]",
                             "[2001:db8::1]:8080", "[::ffff:1.2.3.4]"}) {
        EXPECT_TRUE(is_valid_authority(good)) << good;
    }
    for (const char* bad : {"", ":80", "a:", "a:x", "a:123456", "a b", "a/b", "a@b", "a,b", "[::1",
                            "[]", "[::1]x", "[g::1]", "::1", "a%41", "a\t"}) {
        EXPECT_FALSE(is_valid_authority(bad)) << bad;
    }
    EXPECT_FALSE(is_valid_authority(std::string(262, 'a')));
}

}  // namespace
}  // namespace candor::web
