#include "tests/http/subscribe_world.h"

#include <chrono>
#include <cstdlib>
#include <functional>

#include "app/config_load.h"
#include "app/definition.h"
#include "app/instance.h"
#include "app/system_clock.h"

namespace candor::test {
namespace {

constexpr std::chrono::seconds kPatience{20};

std::size_t number_after(const std::string& text, const std::string& start) {
    const std::size_t at = text.find(start);
    if (at == std::string::npos) return 0;
    return std::strtoull(text.c_str() + at + start.size(), nullptr, 10);
}

bool comes_to(std::size_t wanted, const std::function<std::size_t()>& count) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (count() != wanted) {
        if (std::chrono::steady_clock::now() > end) return false;
    }
    return true;
}

std::string configuration(const std::string& folder, const std::string& mail_server) {
    return "page: { name: Acme, url: \"" + std::string(kPageUrl) +
           "\" }\n"
           "listen: { public: \"127.0.0.1:0\", intake: \"127.0.0.1:0\", console: "
           "\"127.0.0.1:0\" }\n"
           "storage: { url: \"sqlite:" +
           folder +
           "/data\" }\n"
           "components: [{ id: directory, name: Directory }, { id: calls, name: Calls }]\n"
           "subscribers: { smtp: { url: \"smtp://" +
           mail_server + "\", from: status@acme.example } }\n";
}

}  // namespace

SubscribeWorld::SubscribeWorld() {
    auto config = app::parse_config(configuration(folder_.path(), sink_.server()), "candor.yaml",
                                    app::ExpandSources::of_this_process());
    if (!config) {
        ADD_FAILURE() << config.error().text();
        return;
    }
    auto live = app::LiveServer::start(
        std::move(*config),
        {.version = "test", .fatal = [](const Error& error) { ADD_FAILURE() << error.message; }});
    if (!live) {
        ADD_FAILURE() << live.error().message;
        return;
    }
    live_ = std::move(*live);
    const std::string data = folder_.path() + "/data";
    operator_token_ = app::operator_token(data).value();
    links_ = std::make_unique<notify::SubscribeLinks>(
        app::derive_subscriber_key(app::instance_secret(data).value()));
}

HttpAnswer SubscribeWorld::ask(const Asked& what) const {
    std::string text =
        what.method + " " + what.target + " HTTP/1.1\r\nHost: status.acme.example\r\n";
    if (what.method != "GET" && what.method != "HEAD") {
        text += "Content-Type: " + what.type +
                "\r\nContent-Length: " + std::to_string(what.body.size()) + "\r\n";
    }
    Talk talk(live_->listening().public_pages.port);
    talk.send(text + what.headers + "\r\n" + what.body);
    return talk.answer(what.method == "HEAD" ? BodyExpected::kNone : BodyExpected::kByHeaders);
}

HttpAnswer SubscribeWorld::post(const std::string& target, const std::string& body,
                                const std::string& headers) const {
    return ask({.target = target, .body = body, .headers = headers});
}

HttpAnswer SubscribeWorld::get(const std::string& target) const {
    return ask({.method = "GET", .target = target});
}

std::string SubscribeWorld::bytes_of(const HttpAnswer& answer) {
    std::string out = std::to_string(answer.status) + "\n";
    for (const auto& [name, value] : answer.headers) {
        if (name != "date") out += name + ": " + value + "\n";
    }
    return out + "\n" + answer.body;
}

void SubscribeWorld::subscribe(const std::string& mail) {
    const std::size_t before = subscribers();
    const HttpAnswer done = post("/subscribe/confirm?s=" + confirm_word(mail), "");
    ASSERT_EQ(done.status, 200) << done.body;
    ASSERT_TRUE(until_subscribers(before + 1));
}

std::string SubscribeWorld::confirm_word(const std::string& mail, Duration valid) const {
    app::SystemClock clock;
    return links_->confirm_word({mail, {}, clock.now().wall + valid});
}

std::string SubscribeWorld::subscriber_word(const std::string& mail) const {
    return links_->subscriber_word(links_->id_of(mail));
}

std::string SubscribeWorld::as_operator(const std::string& path) const {
    Talk talk(live_->listening().console.port);
    talk.send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " +
              operator_token_ + "\r\n\r\n");
    const HttpAnswer answer = talk.answer();
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.body;
}

std::size_t SubscribeWorld::subscribers() const {
    return number_after(as_operator("/api/v1/subscribers"), "\"total\":");
}

std::size_t SubscribeWorld::messages() const {
    const std::string all = as_operator("/api/v1/deliveries");
    return number_after(all, "\"waiting\":") + number_after(all, "\"failed\":") +
           number_after(all, "\"sent\":") + number_after(all, "\"given_up\":");
}

bool SubscribeWorld::until_subscribers(std::size_t wanted) const {
    return comes_to(wanted, [this] { return subscribers(); });
}

bool SubscribeWorld::until_messages(std::size_t wanted) const {
    return comes_to(wanted, [this] { return messages(); });
}

}  // namespace candor::test
