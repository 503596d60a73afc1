// The reading side of the API on a whole server: incidents in pages, who did what.
#include <gmock/gmock.h>

#include "tests/access/access_world.h"

namespace candor::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class ApiLive : public AccessWorld {
   protected:
    HttpAnswer get(const std::string& path, const std::string& extra = "") {
        return as_operator("GET", path, "", extra);
    }
    std::string declare(const std::string& title) {
        const HttpAnswer made = as_operator(
            "POST", "/api/v1/incidents",
            R"({"title":")" + title + R"(","text":"We look.","components":{"db":"major_outage"}})");
        EXPECT_EQ(made.status, 201) << made.body;
        return member(made.body, "id");
    }
};

TEST_F(ApiLive, incidents_come_newest_first_in_pages_with_their_words) {
    const std::string first = declare("The first one");
    declare("The second one");
    const HttpAnswer page = get("/api/v1/incidents?limit=1");
    ASSERT_EQ(page.status, 200) << page.body;
    EXPECT_THAT(page.body, HasSubstr("The second one"));
    EXPECT_THAT(page.body, Not(HasSubstr("The first one")));
    const HttpAnswer rest = get("/api/v1/incidents?limit=1&cursor=" + member(page.body, "next"));
    EXPECT_THAT(rest.body, HasSubstr("The first one"));
    EXPECT_THAT(rest.body, HasSubstr(R"("next":null)"));
    const HttpAnswer one = get("/api/v1/incidents/" + first);
    EXPECT_EQ(one.status, 200);
    EXPECT_THAT(one.body, HasSubstr("We look."));
    EXPECT_EQ(get("/api/v1/incidents/nothing").status, 404);
    EXPECT_EQ(get("/api/v1/incidents?cursor=nothing").status, 400);
    EXPECT_EQ(get("/api/v1/incidents?limit=201").status, 400);
}

TEST_F(ApiLive, every_act_stands_in_the_trail_with_its_actor) {
    const std::string incident = declare("Something");
    const Presented browser = person("responder");
    EXPECT_EQ(call("POST", "/api/v1/incidents/" + incident + "/updates", R"({"text":"Found it."})",
                   browser)
                  .status,
              201);
    const HttpAnswer trail = get("/api/v1/audit");
    ASSERT_EQ(trail.status, 200) << trail.body;
    for (const char* act : {"Declared db as major outage", "Posted to an incident",
                            "responder, may sign in", "Signed in"}) {
        EXPECT_THAT(trail.body, HasSubstr(act));
    }
    EXPECT_THAT(trail.body, HasSubstr(R"("actor":"operator")"));
    EXPECT_THAT(trail.body, HasSubstr(R"("actor":"user:)"));
    EXPECT_THAT(trail.body, Not(HasSubstr("responder@acme.example"))) << "no names";
    EXPECT_THAT(trail.body, Not(HasSubstr("Found it."))) << "no words";
    const HttpAnswer page = get("/api/v1/audit?limit=1");
    const std::string next = member(page.body, "next");
    ASSERT_NE(next, "");
    EXPECT_THAT(get("/api/v1/audit?cursor=" + next).body, HasSubstr("Signed in"));
    EXPECT_EQ(get("/api/v1/audit?cursor=nothing").status, 400);
}

TEST_F(ApiLive, while_nobody_is_to_be_told_the_list_of_deliveries_is_empty) {
    const std::string incident = declare("Something");
    for (const std::string& query : {std::string(), "?incident=" + incident}) {
        const HttpAnswer answer = get("/api/v1/deliveries" + query);
        EXPECT_EQ(answer.status, 200) << answer.body;
        EXPECT_THAT(answer.body, HasSubstr(R"({"items":[],"counts":{"waiting":0,"failed":0,)"));
    }
    EXPECT_EQ(get("/api/v1/deliveries?state=lost").status, 400);
}

TEST_F(ApiLive, the_description_is_open_and_names_every_call) {
    const HttpAnswer answer = call("GET", "/api/v1/openapi.json");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("content-type"), "application/json; charset=utf-8");
    EXPECT_THAT(answer.body, HasSubstr(R"("openapi":"3.1.0")"));
}

}  // namespace
}  // namespace candor::test
