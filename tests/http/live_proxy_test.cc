// Behind proxies: whom sign-ins are counted against, and what a listed proxy is spared.
#include <gtest/gtest.h>

#include "tests/http/live_web.h"

namespace candor::test {
namespace {

class LiveProxy : public LiveWeb {
   protected:
    void start_behind(const char* proxies, web::ServerLimits limits = {}) {
        adjust_ = [proxies](web::ServerOptions& options) {
            options.trusted_proxies = {*IpRange::parse(proxies)};
        };
        start(limits, Addresses::kApart);
    }
    // Signs in with a wrong password, as somebody else each time.
    int sign_in(const std::string& forwarded_for) {
        Talk talk(port(web::Listener::kConsole), {.host = "127.0.0.3"});
        const std::string body =
            R"({"mail":"u)" + std::to_string(++tries_) + R"(@acme.example","password":"wrong"})";
        talk.send("POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " +
                  forwarded_for + "\r\nContent-Type: application/json\r\nContent-Length: " +
                  std::to_string(body.size()) + "\r\n\r\n" + body);
        return talk.answer().status;
    }

    int tries_ = 0;
};

TEST_F(LiveProxy, what_a_stranger_says_does_not_change_whom_tries_count_for) {
    start_behind("10.0.0.0/8");
    for (int i = 0; i < 20; ++i) {
        ASSERT_EQ(sign_in("198.51." + std::to_string(i) + ".7"), 401) << i;
    }
    EXPECT_EQ(sign_in("203.0.113.1"), 429);
}

TEST_F(LiveProxy, behind_a_listed_proxy_each_network_has_its_own_tries) {
    start_behind("127.0.0.0/8");
    for (int i = 0; i < 20; ++i) ASSERT_EQ(sign_in("192.0.2.9, 198.51.100.7"), 401) << i;
    EXPECT_EQ(sign_in("192.0.2.8, 198.51.100.9"), 429) << "the same network, whatever stands left";
    EXPECT_EQ(sign_in("203.0.113.1"), 401) << "another network";
}

TEST_F(LiveProxy, a_listed_proxy_is_not_one_network) {
    start_behind("127.0.0.0/8", {.console_connections_per_network = 3});
    std::vector<std::unique_ptr<Talk>> held;
    for (int i = 0; i < 8; ++i) {
        held.push_back(std::make_unique<Talk>(port(web::Listener::kConsole),
                                              TalkOptions{.host = "127.0.0.3"}));
        ASSERT_EQ(held.back()->get("/healthz").status, 200);
    }
    for (const auto& talk : held) EXPECT_EQ(talk->get("/healthz").status, 200);
}

TEST_F(LiveProxy, proxies_can_be_listed_while_running) {
    start_behind("10.0.0.0/8");
    for (int i = 0; i < 20; ++i) ASSERT_EQ(sign_in("198.51.100.7"), 401) << i;
    ASSERT_EQ(sign_in("203.0.113.1"), 429);
    server_->set_trusted_proxies({*IpRange::parse("127.0.0.0/8")});
    publish(2);
    Talk page(port());
    while (page.get("/").body != "<p>position 2") {
    }
    EXPECT_EQ(sign_in("203.0.113.1"), 401);
}

}  // namespace
}  // namespace candor::test
