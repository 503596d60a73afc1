#include "web/precondition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace candor::web {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Answer document(std::string body) {
    Answer answer;
    answer.body = std::move(body);
    return answer;
}

std::string tag_of(const Answer& answer) {
    const std::size_t start = answer.extra.find('"');
    return answer.extra.substr(start, answer.extra.find("\r\n") - start);
}

TEST(Precondition, a_tag_is_strong_and_names_revision_and_bytes) {
    const Answer one = with_etag(document("{}"), "r1", "");
    EXPECT_THAT(one.extra, HasSubstr("ETag: \"r1."));
    EXPECT_EQ(tag_of(with_etag(document("{}"), "r1", "")), tag_of(one));
    EXPECT_NE(tag_of(with_etag(document("{ }"), "r1", "")), tag_of(one)) << "other bytes";
    EXPECT_NE(tag_of(with_etag(document("{}"), "r2", "")), tag_of(one)) << "another revision";
}

TEST(Precondition, what_is_known_already_is_not_sent_again) {
    const std::string tag = tag_of(with_etag(document("{}"), "r1", ""));
    const Answer same = with_etag(document("{}"), "r1", "\"other\", " + tag);
    EXPECT_EQ(same.status, 304);
    EXPECT_EQ(same.body, "");
    EXPECT_EQ(tag_of(same), tag);
    EXPECT_EQ(with_etag(document("{}"), "r2", tag).status, 200);
    EXPECT_EQ(with_etag(document("{ }"), "r1", tag).status, 200);
}

TEST(Precondition, refusals_have_no_tag) {
    Answer answer = document("no");
    answer.status = 404;
    EXPECT_EQ(with_etag(answer, "r1", "*").status, 404);
    EXPECT_EQ(with_etag(answer, "r1", "*").extra, "");
}

TEST(Precondition, if_match_is_held_against_the_revision) {
    const std::string tag = tag_of(with_etag(document("{}"), "r1", ""));
    EXPECT_TRUE(holds(parse_if_match(tag), "r1"));
    EXPECT_TRUE(holds(parse_if_match("\"x.y\", " + tag), "r1"));
    EXPECT_FALSE(holds(parse_if_match(tag), "r2"));
    EXPECT_FALSE(holds(parse_if_match(tag), ""));
    EXPECT_TRUE(holds(parse_if_match(""), "r1"));
    EXPECT_TRUE(holds(parse_if_match(" * "), "r1"));
    EXPECT_THAT(*parse_if_match("\"a.1\" ,\"b.2\""), ElementsAre("a", "b"));
}

TEST(Precondition, weak_and_malformed_tags_match_nothing) {
    for (const char* header : {"W/\"r1.ab\"", "r1.ab", "\"r1\"", "\"", ",", "\"r1.ab"}) {
        EXPECT_FALSE(holds(parse_if_match(header), "r1")) << header;
        EXPECT_FALSE(holds(parse_if_match(header), "")) << header;
    }
}

TEST(Precondition, looks_at_so_many_tags_only) {
    std::string header;
    for (std::size_t i = 0; i < kIfMatchTagsMax; ++i) header += "\"x.1\",";
    EXPECT_FALSE(holds(parse_if_match(header + "\"r1.1\""), "r1"));
    EXPECT_TRUE(holds(parse_if_match(header.substr(6) + "\"r1.1\""), "r1"));
}

TEST(Precondition, every_change_of_a_thing_that_has_a_tag_takes_if_match) {
    std::size_t found = 0;
    for (const Route& route : routes()) {
        found += has_revision(route) ? 1 : 0;
        const bool thing =
            route.pattern.starts_with("/api/v1/incidents/*") ||
            route.pattern.starts_with("/api/v1/maintenances/*") ||
            route.pattern.starts_with("/api/v1/users/*") ||
            route.pattern.starts_with("/api/v1/tokens/*") ||
            (route.pattern.starts_with("/api/v1/on_call") && route.name != "on_call_test");
        EXPECT_EQ(has_revision(route), thing) << route.name;
    }
    EXPECT_EQ(found, 23U);
}

}  // namespace
}  // namespace candor::web
