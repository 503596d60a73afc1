// Time limits, caps and the drain. Limits are short here, so that reaching one takes no patience.
#include <gtest/gtest.h>

#include <future>

#include "tests/http/live_web.h"

namespace candor::test {
namespace {

class LiveLimits : public LiveWeb {
   protected:
    double closed(const std::string& reason) {
        return metric("candor_http_closed_total{reason=\"" + reason + "\"}");
    }
};

TEST_F(LiveLimits, a_head_that_does_not_end_is_408) {
    start({.head = milliseconds(200)});
    Talk talk(port());
    talk.send("GET / HTTP/1.1\r\nHost: ");
    EXPECT_EQ(Talk(port()).get("/").status, 200);
    const HttpAnswer late = talk.answer();
    EXPECT_EQ(late.status, 408);
    EXPECT_TRUE(late.closes());
    EXPECT_TRUE(talk.ends());
    EXPECT_EQ(metric("candor_http_rejected_total{reason=\"head_timeout\"}"), 1);
}

// A byte now and then must not keep a head alive: the limit counts from its first byte.
TEST_F(LiveLimits, a_trickled_head_is_408_too) {
    start({.head = milliseconds(200)});
    Talk talk(port());
    Talk neighbour(port());
    talk.send("GET / HTTP/1.1\r\nX: ");
    std::size_t sent = 0;
    while (talk.send("x") && sent < 8'000) {
        ++sent;
        if (metric("candor_http_rejected_total{reason=\"head_timeout\"}") > 0) break;
        ASSERT_EQ(neighbour.get("/").status, 200);
    }
    EXPECT_EQ(talk.answer().status, 408);
}

TEST_F(LiveLimits, a_connection_that_says_nothing_is_closed) {
    start({.head = milliseconds(100)});
    Talk talk(port());
    EXPECT_TRUE(talk.ends());
    EXPECT_EQ(closed("idle"), 1);
}

TEST_F(LiveLimits, an_idle_connection_is_closed_after_its_time) {
    start({.keep_alive = milliseconds(100)});
    Talk talk(port());
    EXPECT_EQ(talk.get("/").status, 200);
    EXPECT_TRUE(talk.ends());
    EXPECT_GE(closed("idle"), 1);
}

TEST_F(LiveLimits, a_body_that_does_not_come_is_408) {
    start({.body = milliseconds(200)});
    Talk talk(port());
    talk.send("POST /ping/nightly HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nhalf");
    EXPECT_EQ(talk.answer().status, 408);
    EXPECT_TRUE(talk.ends());
    EXPECT_EQ(metric("candor_http_rejected_total{reason=\"body_timeout\"}"), 1);
    EXPECT_TRUE(operator_.pings().empty());
}

TEST_F(LiveLimits, a_reader_that_takes_nothing_is_dropped) {
    start({.write = milliseconds(200)});
    Talk stuck(port(), {.receive_buffer = 1});
    stuck.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
    while (closed("slow_reader") < 1) ASSERT_EQ(Talk(port()).get("/").status, 200);
    EXPECT_TRUE(stuck.ends());
}

TEST_F(LiveLimits, a_reader_that_takes_its_time_gets_it_all) {
    start({.write = milliseconds(200)});
    Talk slow(port(), {.receive_buffer = 1});
    Talk neighbour(port());
    slow.send("GET /big HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(slow.answer(BodyExpected::kNone).status, 200);
    std::size_t got = 0;
    while (true) {
        const std::string some = slow.read_some(64 * 1024);
        if (some.empty()) break;
        got += some.size();
        ASSERT_EQ(neighbour.get("/").status, 200);
    }
    EXPECT_EQ(got, big_body().size());
}

TEST_F(LiveLimits, a_client_that_floods_takes_turns_with_the_others) {
    Talk flood(port());
    std::string many;
    for (int i = 0; i < 5'000; ++i) many += "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    auto sender = std::async(std::launch::async, [&] { return flood.send(many); });
    Talk calm(port());
    for (int i = 0; i < 50; ++i) ASSERT_EQ(calm.get("/").status, 200);
    for (int i = 0; i < 5'000; ++i) ASSERT_EQ(flood.answer().status, 200) << i;
    EXPECT_TRUE(sender.get());
}

TEST_F(LiveLimits, at_the_cap_the_longest_idle_makes_room) {
    start({.connections = 4});
    std::vector<std::unique_ptr<Talk>> held;
    for (int i = 0; i < 4; ++i) {
        held.push_back(std::make_unique<Talk>(port()));
        ASSERT_EQ(held.back()->get("/").status, 200);
    }
    ASSERT_EQ(held[0]->get("/").status, 200);  // now the second is the longest idle
    Talk next(port());
    EXPECT_EQ(next.get("/").status, 200);
    EXPECT_TRUE(held[1]->ends());
    for (const std::size_t i : {0U, 2U, 3U}) EXPECT_EQ(held[i]->get("/").status, 200) << i;
}

TEST_F(LiveLimits, at_the_cap_busy_connections_are_not_disturbed) {
    start({.connections = 3});
    std::vector<std::unique_ptr<Talk>> busy;
    for (int i = 0; i < 3; ++i) {
        busy.push_back(std::make_unique<Talk>(port()));
        ASSERT_EQ(busy.back()->get("/").status, 200);
    }
    operator_.hold();
    for (const auto& talk : busy) {
        talk->send(std::string("GET /ping/") + kUuid + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    operator_.wait_for_held(3);
    Talk refused(port());
    EXPECT_TRUE(refused.ends());
    operator_.release();
    for (const auto& talk : busy) EXPECT_EQ(talk->answer().status, 200);
    EXPECT_EQ(closed("refused"), 1);
}

class LiveConsoleShare : public LiveLimits {
   protected:
    std::unique_ptr<Talk> console() {
        return std::make_unique<Talk>(port(web::Listener::kConsole),
                                      TalkOptions{.host = "127.0.0.3"});
    }
    std::vector<std::unique_ptr<Talk>> fill(std::size_t n) {
        std::vector<std::unique_ptr<Talk>> held;
        while (held.size() < n) {
            held.push_back(console());
            EXPECT_EQ(held.back()->get("/healthz").status, 200);
        }
        return held;
    }
    static void declare(Talk& talk) {
        const std::string body = R"({"title":"t","text":"x","components":{"db":"major_outage"}})";
        talk.send("POST /api/v1/incidents HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " +
                  std::string(kToken) + "\r\nContent-Type: application/json\r\nContent-Length: " +
                  std::to_string(body.size()) + "\r\n\r\n" + body);
    }
};

TEST_F(LiveConsoleShare, the_longest_idle_of_a_network_makes_room) {
    // Several workers: the longest idle connection need not be one of the accepting worker.
    start({.console_connections_per_network = 3}, Addresses::kApart, 3);
    auto held = fill(3);
    ASSERT_EQ(held[0]->get("/healthz").status, 200);  // now the second is the longest idle
    for (int i = 0; i < 8; ++i) ASSERT_EQ(console()->get("/healthz").status, 200) << i;
    for (const auto& talk : held) EXPECT_TRUE(talk->ends());
    EXPECT_EQ(Talk(port()).get("/").status, 200) << "the page has no such cap";
}

TEST_F(LiveConsoleShare, silent_connections_keep_nobody_out) {
    start({.console_connections_per_network = 3}, Addresses::kApart);
    std::vector<std::unique_ptr<Talk>> silent;
    for (int i = 0; i < 9; ++i) silent.push_back(console());
    EXPECT_EQ(console()->get("/healthz").status, 200);
}

TEST_F(LiveConsoleShare, is_refused_only_when_none_is_idle) {
    start({.console_connections_per_network = 3}, Addresses::kApart);
    auto held = fill(3);
    operator_.hold();
    for (const auto& talk : held) declare(*talk);
    operator_.wait_for_held(3);
    EXPECT_TRUE(console()->ends());
    operator_.release();
    for (const auto& talk : held) EXPECT_EQ(talk->answer().status, 201);
    EXPECT_EQ(console()->get("/healthz").status, 200);
    EXPECT_GE(closed("network_cap"), 1);
}

// --- the drain -----------------------------------------------------------------------------------

TEST_F(LiveLimits, a_drain_finishes_what_is_under_way_and_closes_the_rest) {
    Talk idle(port());
    ASSERT_EQ(idle.get("/").status, 200);
    Talk stream(port());
    stream.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_EQ(stream.answer(BodyExpected::kNone).status, 200);
    operator_.hold();
    Talk busy(port());
    busy.send(std::string("GET /ping/") + kUuid + " HTTP/1.1\r\nHost: a\r\n\r\n");
    operator_.wait_for_held(1);

    const std::uint16_t at = port();
    auto drained = std::async(std::launch::async, [this] { return server_->drain(seconds(20)); });
    EXPECT_TRUE(idle.ends());
    EXPECT_TRUE(stream.ends());
    EXPECT_FALSE(Talk(at).is_connected()) << "new ones are refused, so that a balancer moves on";
    operator_.release();
    const HttpAnswer answer = busy.answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.closes());
    EXPECT_TRUE(busy.ends());
    EXPECT_TRUE(drained.get());
}

TEST_F(LiveLimits, a_drain_that_runs_out_of_time_says_so) {
    operator_.hold();
    Talk busy(port());
    busy.send(std::string("GET /ping/") + kUuid + " HTTP/1.1\r\nHost: a\r\n\r\n");
    operator_.wait_for_held(1);
    EXPECT_FALSE(server_->drain(milliseconds(50)));
    server_.reset();
    EXPECT_TRUE(busy.ends());
    operator_.release();  // to a server that is gone
}

}  // namespace
}  // namespace candor::test
