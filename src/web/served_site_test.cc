#include "web/served_site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace candor::web {
namespace {

using testing::HasSubstr;
using testing::Not;

page::ResourcePtr resource(std::string body, page::CacheClass cache = page::CacheClass::kPage) {
    auto made = std::make_shared<page::Resource>();
    made->content_type = "text/html";
    made->identity = std::move(body);
    made->gzip = "GZ";
    made->brotli = "BR";
    made->etag = "\"e\"";
    made->cache = cache;
    return made;
}

page::SitePtr site(Position position, std::map<std::string, page::ResourcePtr> resources) {
    auto made = std::make_shared<page::Site>();
    made->position = position;
    made->as_of = Timestamp{1'775'350'800'000};
    for (auto& [path, one] : resources) made->resources.set(path, one);
    return made;
}

TEST(ServedSite, each_representation_has_its_own_strong_tag) {
    const auto served = build_served_site(site(1, {{"/", resource("hi")}}), nullptr);
    const ServedResource& page = *served->find("/");
    EXPECT_EQ(page.choose("").etag, "\"e\"");
    EXPECT_EQ(page.choose("gzip").etag, "\"e-gz\"");
    EXPECT_EQ(page.choose("gzip, br").etag, "\"e-br\"");
    EXPECT_THAT(page.choose("br").entity, HasSubstr("Content-Encoding: br\r\n"));
    EXPECT_THAT(page.choose("").entity, Not(HasSubstr("Content-Encoding")));
    EXPECT_THAT(page.choose("").validators, HasSubstr("Vary: Accept-Encoding\r\n"));
}

TEST(ServedSite, what_is_not_offered_is_not_chosen) {
    auto plain = std::make_shared<page::Resource>();
    plain->identity = "x";
    const auto served = build_served_site(site(1, {{"/", plain}}), nullptr);
    EXPECT_EQ(served->find("/")->choose("gzip, br").body, "x");
}

TEST(ServedSite, only_the_api_may_be_read_across_origins) {
    const auto served =
        build_served_site(site(1, {{"/", resource("a")},
                                   {"/api/v2/status.json", resource("b", page::CacheClass::kApi)}}),
                          nullptr);
    EXPECT_THAT(served->find("/")->choose("").validators, Not(HasSubstr("Access-Control")));
    EXPECT_THAT(served->find("/api/v2/status.json")->choose("").validators,
                HasSubstr("Access-Control-Allow-Origin: *\r\n"));
}

TEST(ServedSite, unchanged_resources_are_shared_between_positions) {
    const auto kept = resource("kept");
    const auto first = build_served_site(site(1, {{"/", resource("a")}, {"/b", kept}}), nullptr);
    const auto second =
        build_served_site(site(2, {{"/", resource("c")}, {"/b", kept}}), first.get());
    EXPECT_EQ(first->find("/b"), second->find("/b"));
    EXPECT_NE(first->find("/"), second->find("/"));
    EXPECT_EQ(second->find("/none"), nullptr);
}

TEST(ServedSite, a_position_over_the_same_base_prepares_only_what_changed) {
    auto before = std::make_shared<page::Site>(
        *site(1, {{"/", resource("a")}, {"/history.atom", resource("feed")}}));
    before->resources.settle();
    const auto first = build_served_site(before, nullptr);
    auto after = std::make_shared<page::Site>(*before);
    after->resources.set("/", resource("c"));
    after->resources.set("/incidents/i", resource("new"));
    after->resources.erase("/history.atom");
    const auto second = build_served_site(after, first.get());
    EXPECT_EQ(second->resources.base(), first->resources.base());
    EXPECT_EQ(second->find("/")->choose("").body, "c");
    EXPECT_EQ(second->find("/incidents/i")->choose("").body, "new");
    EXPECT_EQ(second->find("/history.atom"), nullptr);
    EXPECT_EQ(first->find("/")->choose("").body, "a");
}

TEST(ServedSite, the_event_names_the_position) {
    EXPECT_EQ(build_served_site(site(41, {}), nullptr)->event,
              "event: position\nid: 41\ndata: {\"position\":41,\"as_of\":\"2026-04-05T01:00:00.000Z"
              "\"}\n\n");
}

}  // namespace
}  // namespace candor::web
