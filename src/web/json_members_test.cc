#include "web/json_members.h"

#include <gtest/gtest.h>

namespace candor::web {
namespace {

std::string repeated(std::string_view text) {
    return repeated_member(text).value_or("none");
}

TEST(JsonMembers, different_names_are_good) {
    EXPECT_EQ(repeated("{}"), "none");
    EXPECT_EQ(repeated(R"({"a":1,"b":{"a":[{"a":2},{"a":3}]},"A":true})"), "none");
    EXPECT_EQ(repeated(R"([1,"a",null,{"a":-1.5e3}])"), "none");
}

TEST(JsonMembers, a_repeated_name_is_found_where_it_stands) {
    EXPECT_EQ(repeated(R"({"a":1,"b":2,"a":1})"), "/a");
    EXPECT_EQ(repeated(R"({"c":{"x":{},"db":1,"db":2}})"), "/c/db");
    EXPECT_EQ(repeated(R"({"l":[0,[1],{"k":1,"k":2}]})"), "/l/2/k");
    EXPECT_EQ(repeated(R"({"a/b~":1,"a/b~":1})"), "/a~1b~0");
}

TEST(JsonMembers, names_are_compared_without_their_escapes) {
    EXPECT_EQ(repeated(R"({"text":1,"t\u0065xt":2})"), "/text");
    EXPECT_EQ(repeated(R"({"":1,"":2})"), "/");
}

TEST(JsonMembers, long_names_come_in_parts) {
    const std::string name(5'000, 'n');
    EXPECT_EQ(repeated("{\"" + name + "\":1,\"" + name + "\":2}"), "/" + name);
}

}  // namespace
}  // namespace candor::web
