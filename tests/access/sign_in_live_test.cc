// Signing in and out, the second factor, the setup key: over the wire, against the whole server.
#include <gmock/gmock.h>

#include <chrono>

#include "access/totp.h"
#include "tests/access/access_world.h"

namespace candor::test {
namespace {

using testing::HasSubstr;
using testing::Not;

using SignIn = AccessWorld;

TEST_F(SignIn, the_right_password_opens_a_session_and_signing_out_ends_it) {
    make_user("kim", "responder");
    const HttpAnswer in = sign_in(" KIM@acme.example ", kGoodPassword);
    ASSERT_EQ(in.status, 200) << in.body;
    EXPECT_THAT(in.header("set-cookie"), HasSubstr("HttpOnly; SameSite=Strict"));
    EXPECT_EQ(in.header("cache-control"), "no-store");
    const Presented browser = browser_of(in);
    const HttpAnswer me = call("GET", "/api/v1/session", "", browser);
    EXPECT_EQ(me.status, 200);
    EXPECT_THAT(me.body, HasSubstr(R"("scopes":["read","respond"])"));
    EXPECT_EQ(member(me.body, "csrf_token"), browser.csrf);
    EXPECT_EQ(call("DELETE", "/api/v1/session", "", {.cookie = browser.cookie}).status, 403)
        << "without the CSRF token";
    const HttpAnswer out = call("DELETE", "/api/v1/session", "", browser);
    EXPECT_EQ(out.status, 204);
    EXPECT_THAT(out.header("set-cookie"), HasSubstr("Max-Age=0"));
    EXPECT_EQ(call("GET", "/api/v1/session", "", browser).status, 401);
}

// Nothing tells an unknown address from a wrong password: not the words, not the work.
TEST_F(SignIn, strangers_learn_nothing_about_who_exists) {
    const std::string kim = make_user("kim", "viewer");
    make_user("sam", "admin");
    const std::string etag = as_operator("GET", "/api/v1/users/" + kim).header("etag");
    EXPECT_EQ(as_operator("PATCH", "/api/v1/users/" + kim, R"({"enabled":false})",
                          "If-Match: " + etag + "\r\n")
                  .status,
              200);
    const HttpAnswer unknown = sign_in("nobody@acme.example", "a wrong password");
    const HttpAnswer wrong = sign_in("sam@acme.example", "a wrong password");
    const HttpAnswer disabled = sign_in("kim@acme.example", kGoodPassword);
    const HttpAnswer no_address = sign_in("nonsense", "a wrong password");
    EXPECT_EQ(unknown.status, 401);
    for (const HttpAnswer* other : {&wrong, &disabled, &no_address}) {
        EXPECT_EQ(other->status, unknown.status);
        EXPECT_EQ(other->body, unknown.body);
        EXPECT_EQ(other->header("set-cookie"), "");
    }
}

TEST_F(SignIn, tries_are_limited_by_account_and_success_forgets_them) {
    make_user("kim", "viewer");
    for (int i = 0; i < 4; ++i) EXPECT_EQ(sign_in("kim@acme.example", "wrong wrong").status, 401);
    EXPECT_EQ(sign_in("kim@acme.example", kGoodPassword).status, 200);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in("kim@acme.example", "wrong wrong").status, 401);
    const HttpAnswer late = sign_in("kim@acme.example", kGoodPassword);
    EXPECT_EQ(late.status, 429) << "the right one comes too late";
    EXPECT_GT(std::stoi(late.header("retry-after")), 60);
}

TEST_F(SignIn, a_planted_session_id_is_never_adopted) {
    make_user("kim", "viewer");
    const std::string planted = "candor-local=" + std::string(64, 'a');
    const HttpAnswer in = sign_in("kim@acme.example", kGoodPassword, "", {.cookie = planted});
    ASSERT_EQ(in.status, 200);
    EXPECT_THAT(in.header("set-cookie"), Not(HasSubstr(std::string(64, 'a'))));
    EXPECT_EQ(call("GET", "/api/v1/session", "", {.cookie = planted}).status, 401);
}

TEST_F(SignIn, another_site_cannot_sign_anybody_in) {
    make_user("kim", "viewer");
    EXPECT_EQ(sign_in("kim@acme.example", kGoodPassword, "",
                      {.extra = "Origin: https://evil.example\r\n"})
                  .status,
              403);
}

TEST_F(SignIn, a_second_factor_is_asked_for_and_works_once) {
    make_user("kim", "viewer");
    Presented browser = browser_of(sign_in("kim@acme.example", kGoodPassword));
    const HttpAnswer offer = call("POST", "/api/v1/session/totp", "{}", browser);
    ASSERT_EQ(offer.status, 200) << offer.body;
    const std::string secret = member(offer.body, "secret");
    EXPECT_THAT(member(offer.body, "uri"), HasSubstr(secret));
    const std::string raw = access::base32_decoded(secret).value();
    const auto code_now = [&](std::int64_t steps) {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
        return access::totp_code(raw, access::totp_step({ms}) + steps);
    };
    const auto confirm = [&](const std::string& code, const std::string& password) {
        return call("POST", "/api/v1/session/totp/confirm",
                    R"({"secret":")" + secret + R"(","code":")" + code + R"(","password":")" +
                        password + R"("})",
                    browser);
    };
    EXPECT_EQ(confirm(code_now(0), "another password").status, 403);
    EXPECT_EQ(confirm(code_now(50), kGoodPassword).status, 422);
    const HttpAnswer on = confirm(code_now(0), kGoodPassword);
    ASSERT_EQ(on.status, 200) << on.body;
    EXPECT_EQ(call("GET", "/api/v1/session", "", browser).status, 401) << "the old session ended";
    browser = browser_of(on);
    EXPECT_EQ(call("GET", "/api/v1/session", "", browser).status, 200) << "and a new one began";

    const HttpAnswer without = sign_in("kim@acme.example", kGoodPassword);
    EXPECT_EQ(without.status, 401);
    EXPECT_THAT(without.body, HasSubstr("urn:candor:code-wanted"));
    EXPECT_EQ(sign_in("kim@acme.example", kGoodPassword, code_now(50)).status, 401);
    const std::string code = code_now(1);
    EXPECT_EQ(sign_in("kim@acme.example", kGoodPassword, code).status, 200);
    EXPECT_EQ(sign_in("kim@acme.example", kGoodPassword, code).status, 401) << "a second time";
    start();
    EXPECT_EQ(sign_in("kim@acme.example", kGoodPassword, code).status, 401)
        << "nor after a restart";
}

TEST_F(SignIn, the_setup_link_makes_the_first_admin_once) {
    const std::string key = live_->setup_key();
    ASSERT_EQ(key.size(), 64U);
    const auto set_up = [&](const std::string& with, const std::string& mail) {
        return call("POST", "/api/v1/setup",
                    R"({"key":")" + with + R"(","name":"Kim","mail":")" + mail +
                        R"(","password":")" + kGoodPassword + R"("})");
    };
    EXPECT_EQ(set_up(std::string(64, '0'), "kim@acme.example").status, 401);
    const HttpAnswer made = set_up(key, "kim@acme.example");
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(call("GET", "/api/v1/users", "", browser_of(made)).status, 200) << "is an admin";
    EXPECT_EQ(set_up(key, "eve@acme.example").status, 401);
    start();
    EXPECT_EQ(live_->setup_key(), "") << "somebody exists";
    EXPECT_EQ(sign_in("kim@acme.example", kGoodPassword).status, 200) << "and still does";
}

TEST_F(SignIn, weak_passwords_are_refused_in_words) {
    const auto with = [&](const std::string& password) {
        return as_operator(
            "POST", "/api/v1/users",
            R"({"name":"Kim","mail":"kim@acme.example","role":"viewer","password":")" + password +
                R"("})");
    };
    EXPECT_EQ(with("short").status, 422);
    const HttpAnswer common = with("Password");
    EXPECT_EQ(common.status, 422);
    EXPECT_THAT(common.body, HasSubstr("attackers"));
    EXPECT_EQ(with(kGoodPassword).status, 201);
    EXPECT_EQ(with(kGoodPassword).status, 409) << "the address is taken";
}

}  // namespace
}  // namespace candor::test
