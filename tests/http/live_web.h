// LiveWeb: a real server on ports of the system's choice, with a scripted engine and reader behind.
//
// start() may be called again with other limits. Everything is on one loopback address unless
// `apart` gives each listener its own. The test's thread only; scripts are read by server threads.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tests/http/talk.h"
#include "web/server.h"

namespace candor::test {

inline constexpr const char* kToken = "correct-horse";
inline constexpr const char* kUuid = "5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278";

// Answers at once, or keeps what came until release().
class ScriptedOperator final : public Operator {
   public:
    void submit(CommandRequest request, CommandDone done) override;
    void ping(HeartbeatPing ping, PingDone done) override;

    void hold() { holding_ = true; }
    void release();
    // The next answers are this error; kInternal with no text means none.
    void fail_with(Error error);
    // What came so far; `wait_for_held` blocks until one is held.
    std::vector<HeartbeatPing> pings();
    std::vector<CommandRequest> commands();
    void wait_for_held(std::size_t n);

   private:
    void settle(std::function<void()> finish);

    std::mutex mutex_;
    std::condition_variable changed_;
    bool holding_ = false;
    std::optional<Error> error_;
    std::vector<HeartbeatPing> pings_;
    std::vector<CommandRequest> commands_;
    std::vector<std::function<void()>> held_;
};

class ScriptedPages final : public PageSource {
   public:
    void render(PageQuery query, PageDone done) override;
    void answer_with(PageAnswer answer);

   private:
    std::mutex mutex_;
    PageAnswer answer_;
};

// Goes on by itself, a millisecond at each look; any thread.
class TickingClock final : public Clock {
   public:
    Stamp now() override {
        const std::int64_t ms = ++ms_;
        return {Timestamp{1'775'350'800'000 + ms}, Duration{ms}};
    }
    std::uint64_t entropy() override { return ++drawn_ * 0x9e3779b97f4a7c15; }

   private:
    std::atomic<std::int64_t> ms_{0};
    std::atomic<std::uint64_t> drawn_{0};
};

enum class Addresses : std::uint8_t { kShared, kApart };

class LiveWeb : public ::testing::Test {
   protected:
    void start(web::ServerLimits limits = {}, Addresses addresses = Addresses::kShared,
               int threads = 1);
    void SetUp() override { start(); }
    void TearDown() override { server_.reset(); }

    std::uint16_t port(web::Listener listener = web::Listener::kPublic) const {
        return server_->port(listener);
    }
    // Publishes the sample site at this position.
    void publish(Position position);
    page::SitePtr sample_site(Position position) const;
    // The value of one line of /metrics, -1 when it is not there.
    double metric(const std::string& line_start);

    // Has the last word about the options of start().
    std::function<void(web::ServerOptions&)> adjust_;

    TickingClock clock_;
    access::Gatekeeper gatekeeper_{clock_, kToken};
    ScriptedOperator operator_;
    ScriptedPages pages_;
    std::unique_ptr<web::Server> server_;
};

// A body that no compression was applied to but that is long enough to need several sends.
std::string big_body();

}  // namespace candor::test
