#include "notify/dispatcher.h"
#include "notify/subscriber_record.h"

#include <gtest/gtest.h>

#include "base/codec.h"
#include "notify/backoff.h"
#include "notify/sample_message.h"
#include "store/memory_deliveries.h"

namespace candor::notify {
namespace {

const Timestamp kAt{1'000'000};

class DispatcherTest : public testing::Test {
   protected:
    DispatcherTest() {
        deliveries_ = *store::open_memory_deliveries(storage_);
        dispatcher_ = std::make_unique<Dispatcher>(*deliveries_, routes());
    }

    static Routes routes() {
        Routes r;
        r.channels.push_back({"ops", {}, SlackTarget{"https://slack.example/x"}});
        r.channels.push_back({"lead",
                              {},
                              MailTarget{{.server = "mail:25", .from = "s@a.example"},
                                         {"lead@a.example", "vice@a.example"}}});
        r.subscriber_mail = MailServer{.server = "mail:25", .from = "s@a.example"};
        r.links = [](const SubscriberId& id) {
            return SubscriberLinks{"https://a.example/m?t=" + id.value,
                                   "https://a.example/u?t=" + id.value};
        };
        return r;
    }

    void subscribe(const std::string& id) {
        ASSERT_TRUE(deliveries_->put_subscriber({.id = {id},
                                                 .address = id + "@b.example",
                                                 .filter = encode(SubscriberRecord{}),
                                                 .confirmed = {}}));
    }

    void announce(NewsKind kind, Position position, Timestamp at,
                  const IncidentId& incident = sample_message().incident) {
        Message m = sample_message();
        m.incident = incident;
        m.kind = kind;
        m.position = position;
        m.at = at;
        ASSERT_TRUE(dispatcher_->announce(
            position, {m}, {.tell_after = minutes(2), .operators = true, .subscribers = true}));
    }

    std::vector<Outgoing> due(Timestamp now) {
        while (*dispatcher_->expand(now)) {
        }
        return *dispatcher_->take_due(now);
    }

    void answer(const std::vector<Outgoing>& sent, SendOutcome outcome, Timestamp now) {
        for (const Outgoing& o : sent) {
            dispatcher_->on_result({o.number, outcome, {}, "as told"}, now, 7);
        }
        ASSERT_TRUE(dispatcher_->record());
    }

    // Every channel, by refusals.
    void switch_all_off() {
        for (Position p = 1; p <= kGivenUpMax; ++p) {
            announce(NewsKind::kWorse, 10 + p, kAt, {"another"});
            answer(due(kAt), SendOutcome::kRefused, kAt);
        }
    }

    void restart(const Routes& with) {
        dispatcher_ = std::make_unique<Dispatcher>(*deliveries_, with);
        ASSERT_TRUE(dispatcher_->start());
    }

    bool is_off(const std::string& lane) const {
        const auto found = dispatcher_->troubles().find(lane);
        return found != dispatcher_->troubles().end() && found->second.switched_off.ms != 0;
    }

    std::shared_ptr<store::MemoryDeliveriesStorage> storage_ =
        std::make_shared<store::MemoryDeliveriesStorage>();
    std::unique_ptr<Deliveries> deliveries_;
    std::unique_ptr<Dispatcher> dispatcher_;
};

TEST_F(DispatcherTest, channels_are_told_at_once_each_address_on_its_own) {
    announce(NewsKind::kOpened, 1, kAt);
    const auto sent = due(kAt);
    EXPECT_EQ(sent.size(), 3U);
    answer(sent, SendOutcome::kDelivered, kAt);
    EXPECT_EQ(deliveries_->counts()->sent, 3U);
    EXPECT_TRUE(due(kAt).empty());
}

TEST_F(DispatcherTest, subscribers_are_told_after_a_while_with_their_own_links) {
    subscribe("anna");
    announce(NewsKind::kOpened, 1, kAt);
    answer(due(kAt), SendOutcome::kDelivered, kAt);
    EXPECT_EQ(*dispatcher_->next_wakeup(kAt), kAt + minutes(2));
    const auto sent = due(kAt + minutes(2));
    ASSERT_EQ(sent.size(), 1U);
    const auto& mail = std::get<outgoing::Mail>(sent[0].what);
    EXPECT_EQ(mail.to, "anna@b.example");
    EXPECT_NE(mail.bytes.find("<https://a.example/u?t=anna>"), std::string::npos);
}

TEST_F(DispatcherTest, what_is_under_way_is_not_taken_twice) {
    announce(NewsKind::kOpened, 1, kAt);
    EXPECT_EQ(due(kAt).size(), 3U);
    EXPECT_TRUE(due(kAt).empty());
    EXPECT_EQ(dispatcher_->under_way(), 3U);
}

TEST_F(DispatcherTest, a_failure_waits_longer_each_time_and_is_given_up_after_a_day) {
    announce(NewsKind::kOpened, 1, kAt);
    Timestamp now = kAt;
    for (std::int64_t i = 1; i < kAttemptsMax; ++i) {
        answer(due(now), SendOutcome::kLater, now);
        EXPECT_EQ(deliveries_->counts()->failed, 3U);
        const Timestamp next = *dispatcher_->next_wakeup(now);
        EXPECT_GT(next, now);
        EXPECT_TRUE(due(now).empty());
        now = next + kBackoffMax * 2;
    }
    answer(due(now), SendOutcome::kLater, now);
    EXPECT_EQ(deliveries_->counts()->given_up, 3U);
}

TEST_F(DispatcherTest, an_end_never_overtakes_its_beginning) {
    announce(NewsKind::kOpened, 1, kAt);
    const auto first = due(kAt);
    answer(first, SendOutcome::kLater, kAt);
    announce(NewsKind::kResolved, 2, kAt + milliseconds(10));
    EXPECT_TRUE(due(kAt + milliseconds(10)).empty());
    EXPECT_GT(*dispatcher_->next_wakeup(kAt + milliseconds(10)), kAt + seconds(1));
    const auto again = due(kAt + minutes(1));
    ASSERT_EQ(again.size(), 3U);
    answer(again, SendOutcome::kDelivered, kAt + minutes(1));
    EXPECT_EQ(due(kAt + minutes(1)).size(), 3U);
}

TEST_F(DispatcherTest, a_channel_that_fails_again_and_again_is_switched_off_and_says_so) {
    switch_all_off();
    EXPECT_TRUE(is_off("channel:lead"));
    EXPECT_TRUE(is_off("channel:ops"));
    const auto notices = dispatcher_->take_notices();
    ASSERT_EQ(notices.size(), 2U);
    EXPECT_EQ(notices[1],
              "channel:ops is switched off: as told; mend it, then switch it on again under "
              "Deliveries in the console");
    announce(NewsKind::kWorse, 99, kAt);
    EXPECT_TRUE(due(kAt).empty());
}

TEST_F(DispatcherTest, a_channel_that_was_switched_off_stays_so_over_a_restart) {
    switch_all_off();
    restart(routes());
    EXPECT_TRUE(is_off("channel:ops"));
    EXPECT_EQ(dispatcher_->troubles().at("channel:ops").reason, "as told");
    announce(NewsKind::kWorse, 99, kAt);
    EXPECT_TRUE(due(kAt).empty());
    dispatcher_->set_routes(routes());
    EXPECT_TRUE(is_off("channel:ops")) << "a reload that changes nothing of it mends nothing";
}

TEST_F(DispatcherTest, what_is_given_up_in_a_row_is_counted_over_restarts) {
    for (Position p = 1; p <= kGivenUpMax; ++p) {
        EXPECT_FALSE(is_off("channel:ops"));
        announce(NewsKind::kWorse, p, kAt);
        answer(due(kAt), SendOutcome::kRefused, kAt);
        restart(routes());
    }
    EXPECT_TRUE(is_off("channel:ops"));
}

TEST_F(DispatcherTest, a_delivery_that_arrives_ends_the_row) {
    announce(NewsKind::kWorse, 1, kAt);
    answer(due(kAt), SendOutcome::kRefused, kAt);
    EXPECT_EQ(dispatcher_->troubles().at("channel:ops").given_up, 1);
    announce(NewsKind::kWorse, 2, kAt);
    answer(due(kAt), SendOutcome::kDelivered, kAt);
    EXPECT_TRUE(dispatcher_->troubles().empty());
    EXPECT_TRUE(deliveries_->lane_troubles()->empty());
}

TEST_F(DispatcherTest, a_channel_that_was_changed_is_on_again_and_the_other_is_not) {
    switch_all_off();
    Routes changed = routes();
    changed.channels[0].definition = "another address";
    dispatcher_->set_routes(changed);
    EXPECT_FALSE(is_off("channel:ops"));
    EXPECT_TRUE(is_off("channel:lead"));
    announce(NewsKind::kWorse, 99, kAt);
    EXPECT_EQ(due(kAt).size(), 1U);
    ASSERT_TRUE(dispatcher_->record());
    restart(changed);
    EXPECT_FALSE(is_off("channel:ops"));
}

TEST_F(DispatcherTest, a_channel_that_was_changed_while_stopped_is_on_again) {
    switch_all_off();
    Routes changed = routes();
    changed.channels[0].definition = "another address";
    restart(changed);
    EXPECT_FALSE(is_off("channel:ops"));
    EXPECT_EQ(deliveries_->lane_troubles()->size(), 1U);
}

TEST_F(DispatcherTest, an_operator_switches_a_channel_on_once_for_what_was_before) {
    switch_all_off();
    dispatcher_->switch_on("channel:ops", kAt - seconds(1));
    EXPECT_TRUE(is_off("channel:ops")) << "an order read again after a crash is an old one";
    dispatcher_->switch_on("channel:ops", kAt);
    ASSERT_TRUE(dispatcher_->record());
    restart(routes());
    EXPECT_FALSE(is_off("channel:ops"));
    announce(NewsKind::kWorse, 99, kAt);
    EXPECT_EQ(due(kAt).size(), 1U);
}

TEST_F(DispatcherTest, what_still_waits_for_a_channel_is_given_up_with_it) {
    announce(NewsKind::kPost, 1, kAt);
    answer(due(kAt), SendOutcome::kGone, kAt);
    announce(NewsKind::kPost, 2, kAt);
    EXPECT_TRUE(due(kAt).empty());
    restart(routes());
    announce(NewsKind::kPost, 3, kAt);
    EXPECT_TRUE(due(kAt).empty());
    EXPECT_EQ(deliveries_->counts()->given_up, 9U);
    EXPECT_EQ(deliveries_->counts()->waiting, 0U);
}

TEST_F(DispatcherTest, a_row_of_a_channel_switched_off_meanwhile_is_not_sent) {
    announce(NewsKind::kPost, 1, kAt);
    answer(due(kAt), SendOutcome::kLater, kAt);
    switch_all_off();
    EXPECT_TRUE(due(kAt + hours(1)).empty());
    ASSERT_TRUE(dispatcher_->record());
    EXPECT_EQ(deliveries_->counts()->waiting, 0U);
}

TEST_F(DispatcherTest, a_subscriber_whose_mail_is_refused_again_and_again_gets_no_more) {
    subscribe("anna");
    for (Position p = 1; p <= 4; ++p) {
        announce(NewsKind::kPost, p, kAt);
        answer(due(kAt), SendOutcome::kRefused, kAt);
    }
    EXPECT_TRUE(deliveries_->subscriber({"anna"})->value().disabled);
    EXPECT_EQ(deliveries_->counts()->disabled_subscribers, 1U);
}

TEST_F(DispatcherTest, many_subscribers_are_many_short_steps) {
    for (int i = 0; i < 2'500; ++i) subscribe("s" + std::to_string(10'000 + i));
    announce(NewsKind::kPost, 1, kAt);
    int steps = 0;
    while (*dispatcher_->expand(kAt)) ++steps;
    EXPECT_EQ(steps, 4);  // the operators' and three of the subscribers'
    EXPECT_EQ(deliveries_->counts()->waiting, 2'503U);
    EXPECT_EQ(dispatcher_->take_due(kAt)->size(), kSubscriberWindow + 1 + kChannelWindow);
}

TEST_F(DispatcherTest, a_channel_that_left_the_configuration_gets_nothing) {
    announce(NewsKind::kOpened, 1, kAt);
    while (*dispatcher_->expand(kAt)) {
    }
    dispatcher_->set_routes({});
    EXPECT_TRUE(dispatcher_->take_due(kAt)->empty());
    ASSERT_TRUE(dispatcher_->record());
    EXPECT_EQ(deliveries_->counts()->given_up, 3U);
}

TEST_F(DispatcherTest, an_address_is_asked_once) {
    ASSERT_TRUE(dispatcher_->announce_to_one("asks:kim", {.page_name = "Acme",
                                                          .address = "new@b.example",
                                                          .confirm_url = "https://a.example/c",
                                                          .choice = "everything",
                                                          .expires = "tomorrow",
                                                          .at = kAt}));
    const auto sent = due(kAt);
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(std::get<outgoing::Mail>(sent[0].what).to, "new@b.example");
    answer(sent, SendOutcome::kDelivered, kAt);
    EXPECT_TRUE(due(kAt).empty());
}

TEST_F(DispatcherTest, a_restart_before_the_record_repeats_the_message_under_the_same_id) {
    announce(NewsKind::kOpened, 1, kAt);
    const auto id_of = [&] { return deliveries_->newest(10)->front().id; };
    due(kAt);
    const std::string before = id_of();
    dispatcher_ = std::make_unique<Dispatcher>(*deliveries_, routes());
    EXPECT_EQ(due(kAt).size(), 3U);
    EXPECT_EQ(id_of(), before);
}

TEST_F(DispatcherTest, a_late_result_of_an_earlier_life_is_not_taken_for_one_of_this) {
    announce(NewsKind::kOpened, 1, kAt);
    const auto before = due(kAt);
    dispatcher_ = std::make_unique<Dispatcher>(*deliveries_, routes(), dispatcher_->last_number());
    due(kAt);
    answer(before, SendOutcome::kDelivered, kAt);
    EXPECT_EQ(deliveries_->counts()->sent, 0U);
}

TEST(Backoff, grows_threefold_to_six_hours_within_a_quarter) {
    EXPECT_EQ(backoff(1, {}, 0), milliseconds(3'750));
    EXPECT_EQ(backoff(1, {}, 2'500), milliseconds(6'250));
    EXPECT_EQ(backoff(3, {}, 0), milliseconds(33'750));
    EXPECT_LE(backoff(50, {}, ~0ULL), kBackoffMax + kBackoffMax);
    EXPECT_GE(backoff(50, {}, ~0ULL), Duration{kBackoffMax.ms * 3 / 4});
}

TEST(Backoff, a_servers_wish_is_honoured_within_reason) {
    EXPECT_EQ(backoff(1, minutes(5), 0), minutes(5));
    EXPECT_EQ(backoff(1, days(5), 0), kRetryAfterMax);
}

}  // namespace
}  // namespace candor::notify
