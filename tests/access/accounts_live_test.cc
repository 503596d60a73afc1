// Users and tokens as admins change them; what revoking ends; what never leaks.
#include <gmock/gmock.h>

#include "tests/access/access_world.h"
#include "web/routes.h"

namespace candor::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class AccountsLive : public AccessWorld {
   protected:
    HttpAnswer patch(const std::string& id, const std::string& body, const std::string& etag) {
        return as_operator("PATCH", "/api/v1/users/" + id, body, "If-Match: " + etag + "\r\n");
    }
    std::string etag_of(const std::string& id) {
        return as_operator("GET", "/api/v1/users/" + id).header("etag");
    }
    HttpAnswer make_token(const std::string& scopes, const std::string& more = "") {
        return as_operator("POST", "/api/v1/tokens",
                           R"({"label":"deploys","scopes":)" + scopes + more + "}");
    }
};

TEST_F(AccountsLive, changes_name_the_version_they_are_about) {
    const std::string kim = make_user("kim", "viewer");
    const std::string etag = etag_of(kim);
    EXPECT_EQ(as_operator("PATCH", "/api/v1/users/" + kim, R"({"role":"responder"})").status, 428);
    const HttpAnswer changed = patch(kim, R"({"role":"responder","name":"Kim K"})", etag);
    EXPECT_EQ(changed.status, 200) << changed.body;
    EXPECT_THAT(changed.body, HasSubstr("Kim K"));
    EXPECT_NE(changed.header("etag"), etag);
    EXPECT_EQ(patch(kim, R"({"role":"admin"})", etag).status, 412);
    EXPECT_EQ(patch(kim, R"({"power":9})", etag_of(kim)).status, 422);
    EXPECT_EQ(patch("nobody", R"({"role":"admin"})", etag).status, 404);
    EXPECT_EQ(as_operator("DELETE", "/api/v1/users/" + kim).status, 428);
    EXPECT_EQ(
        as_operator("DELETE", "/api/v1/users/" + kim, "", "If-Match: " + etag_of(kim) + "\r\n")
            .status,
        204);
    EXPECT_EQ(as_operator("GET", "/api/v1/users/" + kim).status, 404);
}

TEST_F(AccountsLive, the_last_admin_stays) {
    const std::string boss = make_user("boss", "admin");
    EXPECT_EQ(patch(boss, R"({"role":"viewer"})", etag_of(boss)).status, 409);
    EXPECT_EQ(patch(boss, R"({"enabled":false})", etag_of(boss)).status, 409);
}

TEST_F(AccountsLive, other_rights_or_another_password_end_all_sessions) {
    const Presented browser = person("viewer");
    EXPECT_EQ(call("GET", "/api/v1/state", "", browser).status, 200);
    const std::string id =
        member(call("GET", "/api/v1/session", "", browser).body.substr(10), "id");
    ASSERT_EQ(patch(id, R"({"role":"responder"})", etag_of(id)).status, 200);
    EXPECT_EQ(call("GET", "/api/v1/state", "", browser).status, 401);
    const Presented again = browser_of(sign_in("viewer@acme.example", kGoodPassword));
    EXPECT_EQ(as_operator("POST", "/api/v1/users/" + id + "/password",
                          R"({"password":"quite another night"})")
                  .status,
              204);
    EXPECT_EQ(call("GET", "/api/v1/state", "", again).status, 401);
    EXPECT_EQ(sign_in("viewer@acme.example", kGoodPassword).status, 401);
    EXPECT_EQ(sign_in("viewer@acme.example", "quite another night").status, 200);
}

TEST_F(AccountsLive, people_change_their_own_password_and_stay_signed_in) {
    const Presented browser = person("viewer");
    const std::string body =
        R"({"present":")" + std::string(kGoodPassword) + R"(","new":"quite another night"})";
    EXPECT_EQ(call("POST", "/api/v1/session/password",
                   R"({"present":"not this one","new":"quite another night"})", browser)
                  .status,
              403);
    const HttpAnswer changed = call("POST", "/api/v1/session/password", body, browser);
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(call("GET", "/api/v1/session", "", browser).status, 401);
    EXPECT_EQ(call("GET", "/api/v1/session", "", browser_of(changed)).status, 200);
    EXPECT_EQ(as_operator("POST", "/api/v1/session/password", body).status, 403)
        << "a token has no password";
}

TEST_F(AccountsLive, a_token_reaches_its_scopes_until_it_is_revoked) {
    const HttpAnswer made = make_token(R"(["read"])");
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string token = member(made.body, "token");
    EXPECT_TRUE(token.starts_with("candor_")) << token;
    EXPECT_EQ(call("GET", "/api/v1/state", "", {.token = token}).status, 200);
    EXPECT_EQ(call("GET", "/api/v1/users", "", {.token = token}).status, 403);
    const HttpAnswer listed = as_operator("GET", "/api/v1/tokens");
    EXPECT_THAT(listed.body, HasSubstr("deploys"));
    EXPECT_THAT(listed.body, Not(HasSubstr(token))) << "told once only";
    EXPECT_EQ(as_operator("DELETE", "/api/v1/tokens/" + member(made.body, "id")).status, 204);
    EXPECT_EQ(call("GET", "/api/v1/state", "", {.token = token}).status, 401);
    EXPECT_EQ(as_operator("DELETE", "/api/v1/tokens/" + member(made.body, "id")).status, 404);
}

TEST_F(AccountsLive, a_token_needs_known_scopes_and_a_sensible_end) {
    EXPECT_EQ(make_token("[]").status, 422);
    EXPECT_EQ(make_token(R"(["root"])").status, 422);
    EXPECT_EQ(make_token(R"(["read","read","read","read","read"])").status, 413);
    EXPECT_EQ(make_token(R"(["read"])", R"(,"expires":"2001-01-01T00:00Z")").status, 422);
    EXPECT_EQ(make_token(R"(["read"])", R"(,"expires":"2999-01-01T00:00Z")").status, 422);
}

TEST_F(AccountsLive, revoking_ends_an_open_stream) {
    const HttpAnswer made = make_token(R"(["read"])");
    Talk stream(port());
    stream.send("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " +
                member(made.body, "token") + "\r\n\r\n");
    EXPECT_THAT(stream.read_until("data: "), HasSubstr("text/event-stream"));
    Talk other(port());
    other.send("GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    EXPECT_THAT(other.read_until("data: "), HasSubstr("text/event-stream"));
    ASSERT_EQ(as_operator("DELETE", "/api/v1/tokens/" + member(made.body, "id")).status, 204);
    EXPECT_TRUE(stream.ends());
    make_user("kim", "viewer");
    EXPECT_THAT(other.read_until("id: "), HasSubstr("event: position")) << "strangers read on";
}

TEST_F(AccountsLive, signing_out_ends_the_sessions_streams) {
    const Presented browser = person("viewer");
    Talk stream(port());
    stream.send("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + browser.cookie +
                "\r\n\r\n");
    EXPECT_THAT(stream.read_until("data: "), HasSubstr("text/event-stream"));
    EXPECT_EQ(call("DELETE", "/api/v1/session", "", browser).status, 204);
    EXPECT_TRUE(stream.ends());
}

TEST_F(AccountsLive, lists_come_in_pages) {
    for (const char* name : {"a", "b", "c", "d", "e"}) make_user(name, "viewer");
    std::string cursor;
    std::size_t seen = 0;
    for (int page = 0; page < 5; ++page) {
        const HttpAnswer answer = as_operator("GET", "/api/v1/users?limit=2" + cursor);
        ASSERT_EQ(answer.status, 200);
        for (std::size_t at = 0; (at = answer.body.find("\"mail\"", at)) != std::string::npos; ++at)
            ++seen;
        const std::string next = member(answer.body, "next");
        if (next.empty()) break;
        cursor = "&cursor=" + next;
    }
    EXPECT_EQ(seen, 5U);
    EXPECT_EQ(as_operator("GET", "/api/v1/users?limit=0").status, 422);
}

// Whatever is kept on disk after a change holds neither a secret nor the replaced record.
TEST_F(AccountsLive, secrets_are_not_on_disk_and_old_records_are_erased) {
    const std::string kim = make_user("kim", "viewer");
    const std::string token = member(make_token(R"(["read"])").body, "token");
    ASSERT_EQ(patch(kim, R"({"mail":"new.address@acme.example"})", etag_of(kim)).status, 200);
    stop();
    std::string all;
    for (const auto& file : std::filesystem::directory_iterator(folder_.path() + "/data")) {
        if (file.is_regular_file()) all += TempFolder::file_bytes(file.path().string());
    }
    EXPECT_NE(all.find("new.address@acme.example"), std::string::npos) << "the control";
    EXPECT_EQ(all.find("kim@acme.example"), std::string::npos) << "the old address";
    EXPECT_EQ(all.find(token), std::string::npos);
    EXPECT_EQ(all.find(kGoodPassword), std::string::npos);
}

TEST_F(AccountsLive, accounts_survive_a_restart_and_sessions_do_not) {
    const Presented browser = person("viewer");
    const std::string token = member(make_token(R"(["read"])").body, "token");
    start();
    EXPECT_EQ(call("GET", "/api/v1/session", "", browser).status, 401);
    EXPECT_EQ(call("GET", "/api/v1/state", "", {.token = token}).status, 200);
    EXPECT_EQ(sign_in("viewer@acme.example", kGoodPassword).status, 200);
}

// The table's rows over the wire: without credentials nothing opens, and no viewer changes
// anything.
TEST_F(AccountsLive, every_row_of_the_table_is_guarded) {
    const Presented viewer = person("viewer");
    for (const web::Route& route : web::routes()) {
        if (!route.pattern.starts_with("/api/v1/") || route.access == web::Access::kAnyone)
            continue;
        std::string path(route.pattern);
        if (const auto star = path.find('*'); star != std::string::npos) path.replace(star, 1, "x");
        const std::string method = route.methods == web::kGetAllowed      ? "GET"
                                   : route.methods == web::kPatchAllowed  ? "PATCH"
                                   : route.methods == web::kDeleteAllowed ? "DELETE"
                                                                          : "POST";
        const HttpAnswer stranger = call(method, path);
        EXPECT_EQ(stranger.status, 401) << method << " " << path;
        EXPECT_EQ(stranger.header("content-type"), "application/problem+json");
        if (route.access == web::Access::kRead) continue;
        EXPECT_EQ(call(method, path, "", viewer).status, 403) << method << " " << path;
    }
}

TEST_F(AccountsLive, refusals_of_the_api_are_problems) {
    for (const auto& [method, path] :
         {std::pair{"GET", "/api/v1/nothing"}, std::pair{"DELETE", "/api/v1/users"},
          std::pair{"GET", "/api/v1/setup"}}) {
        const HttpAnswer answer = as_operator(method, path);
        EXPECT_GE(answer.status, 404) << path;
        EXPECT_EQ(answer.header("content-type"), "application/problem+json") << path;
    }
    EXPECT_EQ(as_operator("POST", "/api/v1/tokens", R"({"label":"x","scopes":["read"]})",
                          "Idempotency-Key: abc\r\n")
                  .status,
              422);
}

}  // namespace
}  // namespace candor::test
