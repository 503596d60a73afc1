#include "notify/on_call.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "notify/dispatcher.h"
#include "notify/sample_message.h"
#include "store/memory_deliveries.h"

namespace candor::notify {
namespace {

const Timestamp kAt = sample_message().at;

// Two steps: phones at once, the lead after 15 minutes and twice again; `ops` hears of everything.
class OnCallTest : public testing::Test {
   protected:
    OnCallTest() {
        deliveries_ = *store::open_memory_deliveries(storage_);
        start();
    }

    void start() { dispatcher_ = std::make_unique<Dispatcher>(*deliveries_, routes_); }

    static Routes routes() {
        const Filter only_calls{.incidents = false};
        Routes r;
        r.channels.push_back({"ops", {}, SlackTarget{"https://chat.example/ops"}});
        r.channels.push_back({"phones", only_calls, SlackTarget{"https://chat.example/phones"}});
        r.channels.push_back({"lead", only_calls, SlackTarget{"https://chat.example/lead"}});
        r.on_call.steps = {{Duration{0}, {"phones", "ops"}},
                           {minutes(15), {"lead"}, 2, minutes(5)}};
        return r;
    }

    void tell(NewsKind kind, Timestamp at, std::int64_t step = 0, bool answered = false) {
        Message m = sample_message();
        m.kind = kind;
        m.position = ++position_;
        m.at = at;
        m.call_step = step;
        const std::vector<IncidentId> taken(answered ? 1 : 0, m.incident);
        ASSERT_TRUE(dispatcher_->announce(
            position_, {m}, {.tell_after = minutes(2), .on_call = routes_.on_call.steps}, taken));
    }

    void take_on() {
        const std::vector<IncidentId> taken{sample_message().incident};
        ASSERT_TRUE(dispatcher_->announce(
            ++position_, {}, {.tell_after = minutes(2), .on_call = routes_.on_call.steps}, taken));
    }

    // The channels that something is sent to now, sorted; each server accepts it.
    std::vector<std::string> sent(Timestamp now) {
        std::vector<std::string> out;
        while (*dispatcher_->expand(now)) {
        }
        for (auto batch = *dispatcher_->take_due(now); !batch.empty();
             batch = *dispatcher_->take_due(now)) {
            for (const Outgoing& o : batch) {
                const std::string& url = std::get<outgoing::Http>(o.what).url;
                out.push_back(url.substr(url.rfind('/') + 1));
                dispatcher_->on_result({o.number, SendOutcome::kDelivered, {}, ""}, now, 7);
            }
            EXPECT_TRUE(dispatcher_->record());
        }
        std::ranges::sort(out);
        return out;
    }

    using Names = std::vector<std::string>;
    Routes routes_ = routes();
    Position position_ = 0;
    std::shared_ptr<store::MemoryDeliveriesStorage> storage_ =
        std::make_shared<store::MemoryDeliveriesStorage>();
    std::unique_ptr<Deliveries> deliveries_;
    std::unique_ptr<Dispatcher> dispatcher_;
};

TEST_F(OnCallTest, steps_are_called_one_after_the_other_and_again) {
    tell(NewsKind::kOpened, kAt);
    EXPECT_EQ(sent(kAt), (Names{"ops", "phones"})) << "ops once, though it asked for both";
    EXPECT_EQ(*dispatcher_->next_wakeup(kAt), kAt + minutes(15));
    EXPECT_EQ(sent(kAt + minutes(15)), Names{"lead"});
    EXPECT_EQ(sent(kAt + minutes(20)), Names{"lead"});
    EXPECT_EQ(sent(kAt + minutes(25)), Names{"lead"});
    EXPECT_EQ(sent(kAt + hours(9)), Names{});
}

TEST_F(OnCallTest, taking_it_on_ends_the_calls) {
    tell(NewsKind::kOpened, kAt);
    sent(kAt);
    take_on();
    EXPECT_EQ(sent(kAt + hours(1)), Names{});
}

TEST_F(OnCallTest, a_persons_words_end_the_calls) {
    tell(NewsKind::kOpened, kAt);
    sent(kAt);
    tell(NewsKind::kPost, kAt + minutes(16), 0, true);
    EXPECT_EQ(sent(kAt + hours(1)), Names{"ops"}) << "the words, and no call";
}

TEST_F(OnCallTest, what_a_person_declares_still_calls) {
    tell(NewsKind::kOpened, kAt, 0, true);
    EXPECT_EQ(sent(kAt + minutes(15)), (Names{"lead", "ops", "phones"}));
}

TEST_F(OnCallTest, the_end_is_told_to_those_who_were_called_only) {
    tell(NewsKind::kOpened, kAt);
    sent(kAt);
    tell(NewsKind::kResolved, kAt + minutes(3));
    EXPECT_EQ(sent(kAt + hours(1)), (Names{"ops", "phones"}));
    tell(NewsKind::kReopened, kAt + hours(2));
    EXPECT_EQ(sent(kAt + hours(2) + minutes(15)), (Names{"lead", "ops", "phones"}));
    tell(NewsKind::kResolved, kAt + hours(3));
    EXPECT_EQ(sent(kAt + hours(4)), (Names{"lead", "ops", "phones"}))
        << "the end, and no call that nobody got before it";
}

TEST_F(OnCallTest, a_missed_promise_calls_its_step_and_beyond_the_last_one_the_last) {
    tell(NewsKind::kOpened, kAt);
    sent(kAt);
    take_on();
    tell(NewsKind::kCall, kAt + minutes(30), 2);
    EXPECT_EQ(sent(kAt + minutes(30)), Names{"lead"});
    tell(NewsKind::kCall, kAt + minutes(90), 9);
    EXPECT_EQ(sent(kAt + minutes(90)), Names{"lead"});
}

TEST_F(OnCallTest, a_restart_forgets_no_call_and_repeats_none) {
    tell(NewsKind::kOpened, kAt);
    sent(kAt);
    start();
    EXPECT_EQ(sent(kAt + minutes(1)), Names{});
    EXPECT_EQ(sent(kAt + minutes(15)), Names{"lead"});
}

TEST_F(OnCallTest, an_answer_that_is_read_late_still_ends_calls_that_nobody_got) {
    tell(NewsKind::kOpened, kAt);
    take_on();
    EXPECT_EQ(sent(kAt + hours(1)), Names{"ops"});
}

TEST_F(OnCallTest, a_rotation_calls_who_is_on_call_at_the_time_of_the_call) {
    // Ann's shift ends ten minutes after the trouble began.
    Rotation& primary = routes_.on_call.rotations.emplace_back();
    primary.id = "primary";
    primary.time_zone = "Etc/UTC";
    primary.first = kAt + minutes(10) - days(7);
    primary.people = {{"Ann", {"phones"}}, {"Bea", {"lead"}}};
    routes_.on_call.steps = {{Duration{0}, {"primary"}, 1, minutes(20)}};
    start();
    tell(NewsKind::kOpened, kAt);
    EXPECT_EQ(sent(kAt), (Names{"ops", "phones"}));
    EXPECT_EQ(sent(kAt + minutes(20)), Names{"lead"});
    tell(NewsKind::kResolved, kAt + minutes(30));
    EXPECT_EQ(sent(kAt + minutes(30)), (Names{"lead", "ops", "phones"}))
        << "both were called, so both hear the end";
}

TEST_F(OnCallTest, a_stand_in_is_called_instead_also_after_a_reload) {
    Rotation& primary = routes_.on_call.rotations.emplace_back();
    primary.id = "primary";
    primary.time_zone = "Etc/UTC";
    primary.first = kAt - hours(1);
    primary.people = {{"Ann", {"phones"}, "k-ann"}, {"Bea", {"lead"}, "k-bea"}};
    routes_.on_call.steps = {{Duration{0}, {"primary"}, 3, minutes(20)}};
    start();
    dispatcher_->set_hand_overrides({{"primary", "k-bea", kAt, kAt + minutes(50)}});
    tell(NewsKind::kOpened, kAt);
    EXPECT_EQ(sent(kAt), (Names{"lead", "ops"}));
    dispatcher_->set_routes(routes_);
    EXPECT_EQ(sent(kAt + minutes(20)), Names{"lead"});
    dispatcher_->set_hand_overrides({});
    EXPECT_EQ(sent(kAt + minutes(40)), Names{"phones"}) << "taken back";
    dispatcher_->set_hand_overrides({{"primary", "k-bea", kAt, kAt + minutes(50)}});
    EXPECT_EQ(sent(kAt + minutes(60)), Names{"phones"}) << "over";
}

TEST_F(OnCallTest, muted_calls_wait_and_come_once_when_the_mute_ends) {
    dispatcher_->mute_calls_until(kAt + minutes(40));
    tell(NewsKind::kOpened, kAt);
    EXPECT_EQ(sent(kAt), Names{"ops"}) << "the news is told, and nobody is called";
    EXPECT_EQ(sent(kAt + minutes(39)), Names{});
    EXPECT_EQ(*dispatcher_->next_wakeup(kAt + minutes(39)), kAt + minutes(40));
    EXPECT_EQ(sent(kAt + minutes(40)), (Names{"lead", "phones"}))
        << "the lead, who was due three times, is called once";
}

TEST_F(OnCallTest, an_answer_during_the_mute_ends_what_waits) {
    dispatcher_->mute_calls_until(kAt + minutes(40));
    tell(NewsKind::kOpened, kAt);
    sent(kAt);
    take_on();
    EXPECT_EQ(sent(kAt + minutes(40)), Names{});
}

TEST_F(OnCallTest, a_mute_that_is_taken_back_lets_calls_through) {
    dispatcher_->mute_calls_until(kAt + hours(2));
    tell(NewsKind::kOpened, kAt);
    sent(kAt);
    dispatcher_->mute_calls_until({});
    EXPECT_EQ(sent(kAt + minutes(1)), Names{"phones"});
}

TEST_F(OnCallTest, a_test_goes_to_whom_the_step_calls_and_to_nobody_else) {
    dispatcher_->mute_calls_until(kAt + hours(1));
    Message m = sample_message();
    m.kind = NewsKind::kTest;
    m.incident = {};
    m.call_step = 2;
    ASSERT_TRUE(dispatcher_->announce_test("test-1", m));
    EXPECT_EQ(sent(kAt), Names{"lead"}) << "muted or not, and not to those who hear all news";
    EXPECT_EQ(deliveries_->about("test-1")->size(), 1U);
}

TEST_F(OnCallTest, without_steps_nobody_is_called) {
    routes_.on_call.steps.clear();
    start();
    tell(NewsKind::kOpened, kAt);
    tell(NewsKind::kCall, kAt + minutes(30), 2);
    EXPECT_EQ(sent(kAt + hours(1)), Names{"ops"});
}

}  // namespace
}  // namespace candor::notify
