// The readings of maintenance windows on a whole server.
#include <gmock/gmock.h>

#include "tests/access/access_world.h"

namespace candor::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class MaintenanceLive : public AccessWorld {
   protected:
    HttpAnswer get(const std::string& path) { return as_operator("GET", path); }
    // Far in the future, so that it waits; without a start it is on at once.
    std::string plan(const std::string& name, bool now = false) {
        // Two years ahead is the most; the year is read off the server's own answer.
        const std::string year = std::to_string(std::stoi(year_of_server()) + 1);
        const std::string start = now ? "" : R"("start":")" + year + R"(-02-01T22:00:00Z",)";
        const std::string end = now ? tomorrow() : year + "-02-01T23:00:00Z";
        const HttpAnswer made =
            as_operator("POST", "/api/v1/maintenances",
                        R"({"name":")" + name +
                            R"(","text":"We **move**.","components":["db"],"expects":["beat"],)" +
                            start + R"("end":")" + end + R"("})");
        EXPECT_EQ(made.status, 201) << made.body;
        return member(made.body, "id");
    }
    std::string year_of_server() { return member(get("/api/v1/state").body, "as_of").substr(0, 4); }
    std::string tomorrow() {
        const auto now = parse_rfc3339(member(get("/api/v1/state").body, "as_of"));
        return format_rfc3339(*now + hours(24));
    }
};

TEST_F(MaintenanceLive, windows_come_in_pages_with_what_is_on_first) {
    EXPECT_THAT(get("/api/v1/maintenances").body, HasSubstr(R"("items":[],"next":null)"));
    const std::string waits = plan("The one to come");
    const std::string on = plan("The one that is on", true);
    const HttpAnswer page = get("/api/v1/maintenances?limit=1");
    ASSERT_EQ(page.status, 200) << page.body;
    EXPECT_THAT(page.body, HasSubstr("The one that is on"));
    EXPECT_THAT(page.body, HasSubstr(R"("status":"in_progress")"));
    EXPECT_EQ(member(page.body, "next"), waits);
    const HttpAnswer rest = get("/api/v1/maintenances?limit=1&cursor=" + waits);
    EXPECT_THAT(rest.body, HasSubstr("The one to come"));
    EXPECT_THAT(rest.body, HasSubstr(R"("uptime":"left_out")"));
    EXPECT_THAT(rest.body, HasSubstr(R"("next":null)"));
    EXPECT_THAT(get("/api/v1/maintenances?state=closed").body, Not(HasSubstr(on)));
    EXPECT_EQ(get("/api/v1/maintenances?cursor=nothing").status, 400);
    EXPECT_EQ(get("/api/v1/maintenances?limit=0").status, 400);
    EXPECT_EQ(get("/api/v1/maintenances/nothing").status, 404);
}

TEST_F(MaintenanceLive, one_window_tells_its_whole_life_and_who_did_what) {
    const std::string id = plan("Upgrade", true);
    const Presented browser = person("responder");
    const std::string path = "/api/v1/maintenances/" + id;
    EXPECT_EQ(call("POST", path + "/updates", R"({"text":"Half way."})", browser).status, 201);
    EXPECT_EQ(call("POST", path + "/finish", R"({"text":"Done early."})", browser).status, 200);
    const HttpAnswer one = call("GET", path, "", person("viewer"));
    ASSERT_EQ(one.status, 200) << one.body;
    for (const char* part :
         {R"("status":"completed")", R"("origin":"human")", R"("expects":["beat"])", "We **move**.",
          "Half way.", "Done early.", "Planned maintenance", "Finished maintenance",
          R"("actor":"operator")", R"("actor":"user:)", R"("overrun":false)"}) {
        EXPECT_THAT(one.body, HasSubstr(part));
    }
    EXPECT_THAT(get("/api/v1/audit").body, HasSubstr("Finished maintenance"));
    EXPECT_THAT(get("/api/v1/maintenances?state=closed").body, HasSubstr(id));
}

}  // namespace
}  // namespace candor::test
