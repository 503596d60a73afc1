#include "tests/access/access_world.h"

#include <fstream>

#include "app/config_load.h"
#include "app/instance.h"

namespace candor::test {

void AccessWorld::start() {
    live_.reset();
    const std::string text =
        "page: { name: Acme, url: \"https://status.acme.example\" }\n"
        "listen: { public: \"127.0.0.1:0\", intake: \"127.0.0.1:0\", console: \"127.0.0.1:0\" }\n"
        "storage: { url: \"sqlite:" +
        folder_.path() +
        "/data\" }\n"
        "components:\n"
        "  - { id: db, name: Database, checks: [{ id: beat, heartbeat: { every: 1h } }] }\n";
    auto config = app::parse_config(text, "candor.yaml", app::ExpandSources::of_this_process());
    ASSERT_TRUE(config) << config.error().text();
    auto live = app::LiveServer::start(
        std::move(*config),
        {.version = "test", .fatal = [](const Error& error) { ADD_FAILURE() << error.message; }});
    ASSERT_TRUE(live) << live.error().message;
    live_ = std::move(*live);
    operator_token_ = app::operator_token(folder_.path() + "/data").value();
}

HttpAnswer AccessWorld::call(const std::string& method, const std::string& path,
                             const std::string& body, const Presented& who) {
    std::string text = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    if (!who.token.empty()) text += "Authorization: Bearer " + who.token + "\r\n";
    if (!who.cookie.empty()) text += "Cookie: " + who.cookie + "\r\n";
    if (!who.csrf.empty()) text += "X-CSRF-Token: " + who.csrf + "\r\n";
    text += who.extra;
    if (!body.empty()) {
        text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n";
    }
    Talk talk(port());
    talk.send(text + "\r\n" + body);
    return talk.answer();
}

HttpAnswer AccessWorld::as_operator(const std::string& method, const std::string& path,
                                    const std::string& body, const std::string& extra) {
    return call(method, path, body, {.token = operator_token_, .extra = extra});
}

std::string AccessWorld::make_user(const std::string& name, const std::string& role) {
    const HttpAnswer made = as_operator("POST", "/api/v1/users",
                                        "{\"name\":\"" + name + "\",\"mail\":\"" + name +
                                            "@acme.example\",\"role\":\"" + role +
                                            "\",\"password\":\"" + kGoodPassword + "\"}");
    EXPECT_EQ(made.status, 201) << made.body;
    return member(made.body, "id");
}

HttpAnswer AccessWorld::sign_in(const std::string& mail, const std::string& password,
                                const std::string& code, const Presented& who) {
    return call("POST", "/api/v1/session",
                "{\"mail\":\"" + mail + "\",\"password\":\"" + password + "\"" +
                    (code.empty() ? "" : ",\"code\":\"" + code + "\"") + "}",
                who);
}

Presented AccessWorld::browser_of(const HttpAnswer& signed_in) {
    const std::string cookie = signed_in.header("set-cookie");
    return {.cookie = cookie.substr(0, cookie.find(';')),
            .csrf = member(signed_in.body, "csrf_token")};
}

Presented AccessWorld::person(const std::string& role) {
    make_user(role, role);
    const HttpAnswer in = sign_in(role + "@acme.example", kGoodPassword);
    EXPECT_EQ(in.status, 200) << in.body;
    return browser_of(in);
}

std::string AccessWorld::member(const std::string& json, const std::string& name) {
    const std::string start = "\"" + name + "\":\"";
    const std::size_t at = json.find(start);
    if (at == std::string::npos) return "";
    const std::size_t from = at + start.size();
    return json.substr(from, json.find('"', from) - from);
}

}  // namespace candor::test
