#include "app/watchdog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace candor::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Keeps what it is given until the test says how it went.
class HeldSender final : public Sender {
   public:
    struct Held {
        Outgoing outgoing;
        std::function<void(SendResult)> done;
    };
    explicit HeldSender(std::vector<Held>& held) : held_(held) {}
    void send(Outgoing outgoing, std::function<void(SendResult)> done) override {
        held_.push_back({std::move(outgoing), std::move(done)});
    }

   private:
    std::vector<Held>& held_;
};

class WatchdogTest : public testing::Test {
   protected:
    void ends(SendOutcome outcome) {
        held_.back().done(
            {.number = 0, .outcome = outcome, .retry_after = {}, .detail = "HTTP 500"});
    }

    std::vector<HeldSender::Held> held_;
    std::vector<std::string> logged_;
    Watchdog dog_{WatchdogSettings{"https://watch.example/1", seconds(60)},
                  std::make_unique<HeldSender>(held_),
                  [this](const std::string& line) { logged_.push_back(line); }};
};

TEST_F(WatchdogTest, gives_a_sign_of_life_at_once_and_then_regularly) {
    EXPECT_EQ(dog_.tick(seconds(100), ""), seconds(60));
    ASSERT_EQ(held_.size(), 1U);
    const auto& http = std::get<outgoing::Http>(held_[0].outgoing.what);
    EXPECT_EQ(http.url, "https://watch.example/1");
    EXPECT_EQ(http.method, outgoing::Http::Method::kGet);
    ends(SendOutcome::kDelivered);
    EXPECT_EQ(dog_.tick(seconds(130), ""), seconds(30));
    EXPECT_EQ(held_.size(), 1U);
    dog_.tick(seconds(160), "");
    EXPECT_EQ(held_.size(), 2U);
    EXPECT_EQ(dog_.stats().sent, 1U);
    EXPECT_TRUE(logged_.empty());
}

TEST_F(WatchdogTest, in_trouble_it_is_silent_and_says_so_once) {
    dog_.tick(seconds(0), "the engine stands still");
    dog_.tick(seconds(60), "the engine stands still");
    EXPECT_TRUE(held_.empty());
    dog_.tick(seconds(120), "");
    EXPECT_EQ(held_.size(), 1U);
    EXPECT_THAT(logged_,
                ElementsAre(HasSubstr("the engine stands still"), HasSubstr("well again")));
}

TEST_F(WatchdogTest, one_that_hangs_gets_no_second_one_beside_it) {
    dog_.tick(seconds(0), "");
    dog_.tick(seconds(60), "");
    EXPECT_EQ(held_.size(), 1U);
}

TEST_F(WatchdogTest, what_cannot_be_reached_is_logged_when_it_begins_and_ends) {
    for (int i = 0; i < 4; ++i) {
        dog_.tick(seconds(60 * i), "");
        ends(i < 2 ? SendOutcome::kLater : SendOutcome::kDelivered);
    }
    EXPECT_THAT(logged_, ElementsAre(HasSubstr("HTTP 500"), HasSubstr("reached again")));
    EXPECT_EQ(dog_.stats().failed, 2U);
}

TEST_F(WatchdogTest, switched_off_it_wants_no_calls) {
    dog_.set(std::nullopt);
    EXPECT_EQ(dog_.tick(seconds(0), ""), std::nullopt);
    dog_.set(WatchdogSettings{"https://watch.example/2", seconds(30)});
    EXPECT_EQ(dog_.tick(seconds(1), ""), seconds(30));
    EXPECT_EQ(held_.size(), 1U);
}

}  // namespace
}  // namespace candor::app
