// ETag, If-None-Match and If-Match on a whole server: nobody overwrites what they have not seen.
#include <gmock/gmock.h>

#include "tests/access/access_world.h"

namespace candor::test {
namespace {

using testing::HasSubstr;

class PreconditionsLive : public AccessWorld {
   protected:
    HttpAnswer get(const std::string& path, const std::string& known = "") {
        return as_operator("GET", path, "",
                           known.empty() ? "" : "If-None-Match: " + known + "\r\n");
    }
    HttpAnswer post(const std::string& path, const std::string& body, const std::string& etag) {
        return as_operator("POST", path, body, "If-Match: " + etag + "\r\n");
    }
    // The tag of a document once it is another than `before`: documents follow a position soon.
    std::string etag_after(const std::string& path, const std::string& before) {
        for (int i = 0; i < kLooksMax; ++i) {
            const HttpAnswer answer = get(path, before);
            if (answer.status == 200) return answer.header("etag");
        }
        ADD_FAILURE() << path << " never changed";
        return "";
    }
    std::string declare() {
        return member(as_operator("POST", "/api/v1/incidents",
                                  R"({"title":"T","text":"We look.",)"
                                  R"("components":{"db":"major_outage"}})")
                          .body,
                      "id");
    }
    // What two people do who have read the same: the second is told to read again.
    void expect_second_is_refused(const std::string& path, const std::string& change,
                                  const std::string& body) {
        const std::string seen = get(path).header("etag");
        ASSERT_THAT(seen, HasSubstr(".")) << path;
        EXPECT_EQ(get(path, seen).status, 304);
        const HttpAnswer first = post(change, body, seen);
        EXPECT_LT(first.status, 300) << first.body;
        const HttpAnswer second = post(change, body, seen);
        EXPECT_EQ(second.status, 412);
        EXPECT_EQ(second.header("content-type"), "application/problem+json");
        EXPECT_THAT(second.body, HasSubstr("read it again"));
        EXPECT_LT(post(change, body, etag_after(path, seen)).status, 300);
    }

    static constexpr int kLooksMax = 2'000;
};

TEST_F(PreconditionsLive, an_incident_is_not_answered_for_unseen) {
    const std::string path = "/api/v1/incidents/" + declare();
    expect_second_is_refused(path, path + "/updates", R"({"text":"Found it."})");
    const std::string seen = get(path).header("etag");
    EXPECT_EQ(as_operator("POST", path + "/updates", R"({"text":"More."})").status, 201)
        << "If-Match may be left out";
    for (const char* act : {"/retract", "/updates"}) {
        EXPECT_EQ(post(path + act, R"({"text":"x"})", seen).status, 412) << act;
    }
    EXPECT_EQ(post(path + "/acknowledge", "", seen).status, 412);
    EXPECT_EQ(post(path + "/acknowledge", "", "*").status, 200);
    EXPECT_EQ(post(path + "/updates", R"({"text":"x"})", "W/" + etag_after(path, seen)).status, 412)
        << "a weak tag never matches";
}

TEST_F(PreconditionsLive, a_repeated_request_gets_its_answer_although_the_tag_is_old) {
    const std::string path = "/api/v1/incidents/" + declare();
    const std::string extra =
        "If-Match: " + get(path).header("etag") + "\r\nIdempotency-Key: once\r\n";
    const HttpAnswer first =
        as_operator("POST", path + "/updates", R"({"text":"Found it."})", extra);
    const HttpAnswer again =
        as_operator("POST", path + "/updates", R"({"text":"Found it."})", extra);
    EXPECT_EQ(first.status, 201) << first.body;
    EXPECT_EQ(again.body, first.body);
}

TEST_F(PreconditionsLive, a_maintenance_is_not_moved_unseen) {
    const auto now = parse_rfc3339(member(get("/api/v1/state").body, "as_of"));
    const HttpAnswer made = as_operator("POST", "/api/v1/maintenances",
                                        R"({"name":"N","text":"We move.","components":["db"],)"
                                        R"("end":")" +
                                            format_rfc3339(*now + hours(24)) + R"("})");
    const std::string path = "/api/v1/maintenances/" + member(made.body, "id");
    expect_second_is_refused(path, path + "/updates", R"({"text":"Half is done."})");
    EXPECT_EQ(post(path + "/finish", "{}", "\"old.old\"").status, 412);
    EXPECT_EQ(post(path + "/finish", "{}", get(path).header("etag")).status, 200);
}

TEST_F(PreconditionsLive, calls_are_not_muted_unseen) {
    expect_second_is_refused("/api/v1/on_call", "/api/v1/on_call/mute", R"({"for_s":600})");
    const HttpAnswer old =
        as_operator("DELETE", "/api/v1/on_call/mute", "", "If-Match: \"old.old\"\r\n");
    EXPECT_EQ(old.status, 412);
}

TEST_F(PreconditionsLive, users_and_tokens_have_a_tag) {
    const std::string user = "/api/v1/users/" + make_user("kim", "viewer");
    const std::string seen = get(user).header("etag");
    EXPECT_EQ(get(user, seen).status, 304);
    EXPECT_EQ(post(user + "/password", R"({"password":"another long night"})", "\"v9.x\"").status,
              412);
    const HttpAnswer made =
        as_operator("POST", "/api/v1/tokens", R"({"label":"deploys","scopes":["read"]})");
    const std::string token = "/api/v1/tokens/" + member(made.body, "id");
    const std::string etag = get(token).header("etag");
    EXPECT_THAT(get(token).body, HasSubstr("deploys"));
    EXPECT_THAT(get(token).body, testing::Not(HasSubstr(member(made.body, "token"))));
    EXPECT_EQ(get(token, etag).status, 304);
    EXPECT_EQ(as_operator("DELETE", token, "", "If-Match: \"old.old\"\r\n").status, 412);
    EXPECT_EQ(as_operator("DELETE", token, "", "If-Match: " + etag + "\r\n").status, 204);
    EXPECT_EQ(get(token).status, 404);
}

TEST_F(PreconditionsLive, what_has_no_tag_takes_no_if_match) {
    const HttpAnswer refused = as_operator("POST", "/api/v1/tokens",
                                           R"({"label":"x","scopes":["read"]})", "If-Match: *\r\n");
    EXPECT_EQ(refused.status, 412);
    EXPECT_THAT(refused.body, HasSubstr("leave If-Match out"));
}

}  // namespace
}  // namespace candor::test
