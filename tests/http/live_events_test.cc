// Event streams: what readers are told, when, and what a slow or greedy one costs the others.
#include <gmock/gmock.h>

#include "tests/http/live_web.h"

namespace candor::test {
namespace {

using testing::HasSubstr;

constexpr const char* kAsk = "GET /events HTTP/1.1\r\nHost: a\r\n";

class LiveEvents : public LiveWeb {
   protected:
    // Asks, and reads the head and the reconnection time.
    static HttpAnswer open(Talk& talk, const std::string& headers = "") {
        talk.send(std::string(kAsk) + headers + "\r\n");
        HttpAnswer head = talk.answer(BodyExpected::kNone);
        EXPECT_EQ(talk.read_until("\n\n"), "retry: 3000\n\n");
        return head;
    }
    static std::string frame(Position position) {
        const std::string number = std::to_string(position);
        return "event: position\nid: " + number + "\ndata: {\"position\":" + number +
               ",\"as_of\":\"" +
               format_rfc3339(Timestamp{1'775'350'800'000 + static_cast<std::int64_t>(position)}) +
               "\"}\n\n";
    }
};

TEST_F(LiveEvents, a_stream_says_what_it_is) {
    Talk talk(port());
    const HttpAnswer head = open(talk);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("content-type"), "text/event-stream");
    EXPECT_EQ(head.header("cache-control"), "no-cache");
    EXPECT_EQ(head.header("x-accel-buffering"), "no");
    EXPECT_EQ(head.header("content-length"), "");
}

TEST_F(LiveEvents, a_reader_hears_the_present_and_every_next_position) {
    Talk talk(port());
    open(talk);
    EXPECT_EQ(talk.read_until("\n\n"), frame(1));
    for (Position position = 2; position < 50; ++position) {
        publish(position);
        ASSERT_EQ(talk.read_until("\n\n"), frame(position));
        // The page of the position is there no later than its event.
        ASSERT_EQ(Talk(port()).get("/").body, "<p>position " + std::to_string(position));
    }
}

// The page is state, not history: whoever comes back hears where it stands, whatever it saw last.
TEST_F(LiveEvents, coming_back_tells_the_present_position) {
    publish(9);
    for (const char* last : {"1", "9", "77", "nonsense"}) {
        Talk talk(port());
        open(talk, std::string("Last-Event-ID: ") + last + "\r\n");
        std::string first = talk.read_until("\n\n");
        while (first == frame(1)) first = talk.read_until("\n\n");
        EXPECT_EQ(first, frame(9));
    }
}

TEST_F(LiveEvents, a_quiet_stream_beats) {
    start({.heartbeat = milliseconds(100)});
    Talk talk(port());
    open(talk);
    EXPECT_EQ(talk.read_until("\n\n"), frame(1));
    for (int i = 0; i < 3; ++i) EXPECT_EQ(talk.read_until("\n\n"), ":\n\n");
    publish(2);
    std::string next = talk.read_until("\n\n");
    while (next == ":\n\n") next = talk.read_until("\n\n");
    EXPECT_EQ(next, frame(2));
}

TEST_F(LiveEvents, head_opens_no_stream) {
    Talk talk(port());
    talk.send("HEAD /events HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(talk.answer(BodyExpected::kNone).header("content-type"), "text/event-stream");
    EXPECT_TRUE(talk.ends());
    EXPECT_EQ(metric("candor_http_event_streams"), 0);
}

TEST_F(LiveEvents, what_a_reader_sends_is_dropped) {
    Talk talk(port());
    open(talk);
    talk.send(std::string(200'000, 'x'));
    EXPECT_EQ(talk.read_until("\n\n"), frame(1));
    publish(2);
    EXPECT_EQ(talk.read_until("\n\n"), frame(2));
}

TEST_F(LiveEvents, streams_beyond_the_cap_are_told_what_to_read_instead) {
    start({.event_streams = 2});
    Talk first(port());
    Talk second(port());
    open(first);
    open(second);
    Talk third(port());
    const HttpAnswer full = third.get("/events");
    EXPECT_EQ(full.status, 503);
    EXPECT_EQ(full.header("retry-after"), "30");
    EXPECT_THAT(full.body, HasSubstr("/api/v2/summary.json"));
    EXPECT_EQ(third.get("/").status, 200) << "the page is for everybody";
    first.finish_sending();
    EXPECT_TRUE(first.ends());
    Talk fourth(port());
    EXPECT_EQ(open(fourth).status, 200) << "the place that was left is free again";
}

TEST_F(LiveEvents, a_reader_that_stops_reading_is_dropped_alone) {
    start({.heartbeat = seconds(60)});
    Talk stuck(port(), {.receive_buffer = 1});
    open(stuck);
    Talk steady(port());
    open(steady);
    EXPECT_EQ(steady.read_until("\n\n"), frame(1));
    Position position = 1;
    while (metric("candor_http_event_streams_dropped_total") < 1) {
        ASSERT_LT(position, 20'000U) << "the stuck reader is never dropped";
        for (int i = 0; i < 100; ++i) {
            publish(++position);
            ASSERT_EQ(steady.read_until("\n\n"), frame(position));
        }
    }
    EXPECT_EQ(metric("candor_http_closed_total{reason=\"slow_reader\"}"), 1);
    EXPECT_EQ(metric("candor_http_event_streams"), 1);
    EXPECT_TRUE(stuck.ends());
}

TEST_F(LiveEvents, many_streams_hear_one_position) {
    std::vector<std::unique_ptr<Talk>> all;
    for (int i = 0; i < 600; ++i) {
        all.push_back(std::make_unique<Talk>(port()));
        open(*all.back());
        ASSERT_EQ(all.back()->read_until("\n\n"), frame(1));
    }
    publish(2);
    for (const auto& talk : all) ASSERT_EQ(talk->read_until("\n\n"), frame(2));
    EXPECT_EQ(metric("candor_http_event_streams"), 600);
}

}  // namespace
}  // namespace candor::test
