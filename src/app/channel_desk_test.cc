#include "app/channel_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>

#include "tests/desks/desk_doubles.h"

namespace candor::app {
namespace {

using testing::HasSubstr;

constexpr Timestamp kNow = test::kDeskTime;
constexpr std::chrono::seconds kWithin{20};

notify::Routes routes() {
    notify::Routes out;
    out.channels.push_back({"ops", {}, notify::SlackTarget{"https://chat.example/x"}});
    out.channels.push_back({"lead", {}, notify::WebhookTarget{"https://lead.example/x"}});
    return out;
}

std::shared_ptr<store::MemoryDeliveriesStorage> with_ops_off() {
    auto storage = std::make_shared<store::MemoryDeliveriesStorage>();
    storage->troubles["channel:ops"] = {.lane = "channel:ops",
                                        .definition = {},
                                        .given_up = 5,
                                        .switched_off = kNow - hours(1),
                                        .reason = "550 kim@acme.example is unknown"};
    return storage;
}

class ChannelDeskTest : public testing::Test {
   protected:
    ChannelDeskTest() {
        desk_.set(routes().channels);
        const auto deadline = std::chrono::steady_clock::now() + kWithin;
        while (notifier_->stats().troubles.empty() && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::yield();
        }
    }
    ~ChannelDeskTest() override { desk_.close(); }

    PageAnswer ask(const std::string& path, bool changes = false) {
        PageQuery query;
        query.path = path;
        query.changes = changes;
        query.actor = {"user:ann"};
        std::promise<PageAnswer> answer;
        desk_.render(std::move(query), [&answer](PageAnswer a) { answer.set_value(std::move(a)); });
        return answer.get_future().get();
    }

    test::StoppedClock clock_;
    test::RememberingOperator operator_{41};
    ChannelDesk desk_{operator_};
    test::IdleNotifier notifier_{clock_, routes(), with_ops_off()};
};

TEST_F(ChannelDeskTest, lists_every_channel_and_why_one_gets_nothing_more) {
    desk_.open(*notifier_);
    const PageAnswer answer = ask("/api/v1/channels");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body,
              R"({"items":[{"id":"ops","kind":"slack","given_up_in_a_row":5,)"
              R"("switched_off":{"since":"2026-04-04T20:00:00.000Z",)"
              R"("reason":"550 k…@acme.example is unknown"}},)"
              R"({"id":"lead","kind":"webhook","given_up_in_a_row":0,"switched_off":null}]})"
              "\n");
}

TEST_F(ChannelDeskTest, to_switch_one_on_is_a_command_of_the_caller) {
    desk_.open(*notifier_);
    const PageAnswer answer = ask("/api/v1/channels/ops/switch_on", true);
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.body, HasSubstr(R"({"position":41})"));
    ASSERT_EQ(operator_.requests.size(), 1U);
    EXPECT_EQ(operator_.requests[0].actor.value, "user:ann");
    EXPECT_EQ(std::get<command::SwitchChannelOn>(operator_.requests[0].what).channel, "ops");
}

TEST_F(ChannelDeskTest, one_that_is_on_or_unknown_is_refused) {
    desk_.open(*notifier_);
    EXPECT_EQ(ask("/api/v1/channels/lead/switch_on", true).status, 409);
    EXPECT_EQ(ask("/api/v1/channels/nobody/switch_on", true).status, 404);
    EXPECT_EQ(ask("/api/v1/channels//switch_on", true).status, 404);
    EXPECT_TRUE(operator_.requests.empty());
}

TEST_F(ChannelDeskTest, before_the_start_and_after_the_end_it_is_busy) {
    EXPECT_EQ(ask("/api/v1/channels").status, 503);
    desk_.open(*notifier_);
    desk_.close();
    EXPECT_EQ(ask("/api/v1/channels/ops/switch_on", true).status, 503);
}

}  // namespace
}  // namespace candor::app
