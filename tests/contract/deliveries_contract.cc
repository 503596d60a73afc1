#include "tests/contract/deliveries_contract.h"

#include <algorithm>

namespace candor::test {
namespace {

constexpr Timestamp kNow{1'000'000};

Delivery row(const std::string& id, const std::string& recipient, const std::string& lane = "mail",
             Timestamp next_try = kNow) {
    Delivery d;
    d.id = id;
    d.recipient = recipient;
    d.lane = lane;
    d.next_try = next_try;
    return d;
}

Delivery ended(Delivery d, DeliveryState state) {
    d.state = state;
    return d;
}

Subscriber person(const std::string& id, const std::string& address) {
    Subscriber s;
    s.id = {id};
    s.address = address;
    s.filter = "choice of " + id;
    s.confirmed = kNow;
    return s;
}

}  // namespace

void DeliveriesContract::reopen() {
    deliveries_.reset();
    auto opened = harness_.open();
    ASSERT_TRUE(opened) << opened.error().message;
    deliveries_ = std::move(*opened);
}

std::uint64_t DeliveriesContract::announce(Position position, const std::string& subject,
                                           Timestamp due, Audience audience) {
    Announcement a;
    a.position = position;
    a.subject = subject;
    a.kind = 3;
    a.audience = audience;
    a.due = due;
    a.body = "about " + subject;
    EXPECT_TRUE(deliveries_->take(position, std::span(&a, 1), {}));
    return deliveries_->about(subject)->back().number;
}

void DeliveriesContract::expand(std::uint64_t number, const std::vector<Delivery>& rows) {
    const auto done = deliveries_->expand(number, rows, "", true);
    ASSERT_TRUE(done) << done.error().message;
}

std::vector<std::string> DeliveriesContract::due_ids(const std::string& lane, Timestamp now,
                                                     std::size_t limit) {
    std::vector<std::string> out;
    const auto rows = deliveries_->due(lane, now, limit);
    for (const Delivery& d : *rows) out.push_back(d.id);
    return out;
}

TEST_P(DeliveriesContract, begins_with_no_position_and_keeps_the_one_it_took) {
    EXPECT_EQ(*deliveries_->position(), std::nullopt);
    ASSERT_TRUE(deliveries_->take(0, {}, {}));
    ASSERT_TRUE(deliveries_->take(7, {}, {}));
    reopen();
    EXPECT_EQ(*deliveries_->position(), 7U);
}

TEST_P(DeliveriesContract, the_position_never_goes_back) {
    ASSERT_TRUE(deliveries_->take(7, {}, {}));
    const auto back = deliveries_->take(6, {}, {});
    ASSERT_FALSE(back);
    EXPECT_EQ(back.error().code, ErrorCode::kInvalid);
    EXPECT_TRUE(deliveries_->take(7, {}, {}));
}

TEST_P(DeliveriesContract, an_announcement_survives_a_restart_with_everything_it_holds) {
    const std::uint64_t number = announce(5, "inc", kNow);
    reopen();
    const auto a = deliveries_->announcement(number)->value();
    EXPECT_EQ(a.position, 5U);
    EXPECT_EQ(a.subject, "inc");
    EXPECT_EQ(a.kind, 3);
    EXPECT_EQ(a.audience, Audience::kSubscribers);
    EXPECT_EQ(a.due, kNow);
    EXPECT_EQ(a.body, "about inc");
    EXPECT_FALSE(a.expanded);
    EXPECT_EQ(*deliveries_->announcement(number + 1), std::nullopt);
}

TEST_P(DeliveriesContract, numbers_ascend_and_are_never_given_twice) {
    const std::uint64_t first = announce(1, "a", kNow);
    ASSERT_TRUE(deliveries_->take(2, {}, std::span(&first, 1)));
    reopen();
    EXPECT_GT(announce(3, "b", kNow), first);
}

TEST_P(DeliveriesContract, what_is_not_due_is_not_expanded_yet) {
    announce(1, "later", kNow + minutes(2));
    const std::uint64_t now = announce(2, "now", kNow);
    const auto ready = *deliveries_->to_expand(kNow, 10);
    ASSERT_EQ(ready.size(), 1U);
    EXPECT_EQ(ready[0].number, now);
    EXPECT_EQ(ready[0].body, "about now");
    EXPECT_EQ(*deliveries_->next_due(kNow), kNow + minutes(2));
    EXPECT_EQ(deliveries_->to_expand(kNow + minutes(2), 10)->size(), 2U);
    EXPECT_EQ(deliveries_->to_expand(kNow + minutes(2), 1)->size(), 1U);
    EXPECT_EQ(deliveries_->next_due(kNow + minutes(2))->ms, 0);
}

TEST_P(DeliveriesContract, calls_can_be_left_waiting_alone) {
    announce(1, "call", kNow, Audience::kOnCall);
    const std::uint64_t news = announce(2, "news", kNow);
    const auto ready = *deliveries_->to_expand(kNow, 10, false);
    ASSERT_EQ(ready.size(), 1U);
    EXPECT_EQ(ready[0].number, news);
    EXPECT_EQ(deliveries_->to_expand(kNow, 10, true)->size(), 2U);
}

TEST_P(DeliveriesContract, what_waits_can_be_withdrawn_until_its_fan_out_began) {
    const std::uint64_t waiting = announce(1, "inc", kNow);
    const std::uint64_t begun = announce(2, "inc", kNow);
    ASSERT_TRUE(deliveries_->expand(begun, std::vector<Delivery>{row("a", "r")}, "r", false));
    const std::vector<std::uint64_t> both = {waiting, begun};
    ASSERT_TRUE(deliveries_->take(3, {}, both));
    const auto left = *deliveries_->about("inc");
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].number, begun);
}

TEST_P(DeliveriesContract, a_fan_out_goes_on_where_it_stopped) {
    const std::uint64_t number = announce(1, "inc", kNow);
    ASSERT_TRUE(deliveries_->expand(number, std::vector<Delivery>{row("a", "r1")}, "r1", false));
    reopen();
    EXPECT_EQ(deliveries_->to_expand(kNow, 1)->front().cursor, "r1");
    ASSERT_TRUE(deliveries_->expand(number, std::vector<Delivery>{row("b", "r2")}, "r2", true));
    EXPECT_TRUE(deliveries_->to_expand(kNow, 1)->empty());
    EXPECT_EQ(due_ids("mail", kNow), (std::vector<std::string>{"a", "b"}));
}

TEST_P(DeliveriesContract, a_row_that_exists_is_left_as_it_is) {
    const std::uint64_t number = announce(1, "inc", kNow);
    expand(number, {row("a", "r")});
    Delivery sent = row("a", "r");
    sent.state = DeliveryState::kSent;
    ASSERT_TRUE(deliveries_->record(std::span(&sent, 1)));
    expand(number, {row("a", "r")});
    EXPECT_TRUE(due_ids("mail", kNow).empty());
}

TEST_P(DeliveriesContract, an_unknown_announcement_is_not_expanded) {
    const auto done = deliveries_->expand(99, {}, "", true);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::kNotFound);
}

TEST_P(DeliveriesContract, rows_come_due_by_lane_and_time_most_overdue_first) {
    expand(announce(1, "inc", kNow),
           {row("late", "r1", "mail", kNow), row("later", "r2", "mail", kNow + seconds(9)),
            row("early", "r3", "mail", kNow - seconds(9)), row("other", "r4", "slack", kNow)});
    EXPECT_EQ(due_ids("mail", kNow), (std::vector<std::string>{"early", "late"}));
    EXPECT_EQ(due_ids("mail", kNow, 1), std::vector<std::string>{"early"});
    EXPECT_EQ(*deliveries_->next_try("mail"), kNow - seconds(9));
    EXPECT_EQ(deliveries_->next_try("nobody")->ms, 0);
    EXPECT_EQ(*deliveries_->lanes(), (std::vector<std::string>{"mail", "slack"}));
}

TEST_P(DeliveriesContract, a_recorded_result_is_kept) {
    expand(announce(1, "inc", kNow), {row("a", "r1"), row("b", "r2"), row("c", "r3")});
    Delivery later = row("a", "r1");
    later.state = DeliveryState::kFailed;
    later.attempts = 2;
    later.next_try = kNow + minutes(1);
    later.detail = "HTTP 503";
    const std::vector<Delivery> results = {later, ended(row("b", "r2"), DeliveryState::kSent),
                                           ended(row("c", "r3"), DeliveryState::kGivenUp)};
    ASSERT_TRUE(deliveries_->record(results));
    reopen();
    EXPECT_TRUE(due_ids("mail", kNow).empty());
    EXPECT_EQ(*deliveries_->next_try("mail"), kNow + minutes(1));
    const auto again = *deliveries_->due("mail", kNow + minutes(1), 10);
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].attempts, 2);
    EXPECT_EQ(again[0].detail, "HTTP 503");
    const DeliveryCounts counts = *deliveries_->counts();
    EXPECT_EQ(counts.waiting, 1U);
    EXPECT_EQ(counts.failed, 1U);
    EXPECT_EQ(counts.sent, 1U);
    EXPECT_EQ(counts.given_up, 1U);
}

TEST_P(DeliveriesContract, one_recipient_hears_of_one_subject_in_order) {
    const std::uint64_t opened = announce(1, "inc", kNow);
    const std::uint64_t resolved = announce(2, "inc", kNow);
    expand(opened, {row("open-1", "r1"), row("open-2", "r2")});
    expand(resolved, {row("end-1", "r1"), row("end-2", "r2")});
    expand(announce(3, "another", kNow), {row("other-1", "r1")});
    Delivery sent = row("open-2", "r2");
    sent.state = DeliveryState::kSent;
    ASSERT_TRUE(deliveries_->record(std::span(&sent, 1)));
    auto ids = due_ids("mail", kNow);
    std::ranges::sort(ids);
    EXPECT_EQ(ids, (std::vector<std::string>{"end-2", "open-1", "other-1"}));
}

TEST_P(DeliveriesContract, rows_that_wait_for_others_wake_nobody) {
    expand(announce(1, "inc", kNow), {row("open", "r", "mail", kNow + hours(1))});
    expand(announce(2, "inc", kNow), {row("end", "r", "mail", kNow)});
    EXPECT_TRUE(due_ids("mail", kNow).empty());
    EXPECT_EQ(*deliveries_->next_try("mail"), kNow + hours(1));
}

TEST_P(DeliveriesContract, the_newest_are_listed_first) {
    expand(announce(1, "a", kNow), {row("old", "r")});
    expand(announce(2, "b", kNow), {row("new", "r")});
    const auto rows = *deliveries_->newest(1);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].id, "new");
}

TEST_P(DeliveriesContract, subscribers_are_found_by_id_and_by_address_without_case) {
    ASSERT_TRUE(deliveries_->put_subscriber(person("b", "Anna@b.example")));
    ASSERT_TRUE(deliveries_->put_subscriber(person("a", "zoe@b.example")));
    reopen();
    EXPECT_EQ(deliveries_->subscriber({"b"})->value().filter, "choice of b");
    EXPECT_EQ(deliveries_->subscriber_at("anna@B.example")->value().id.value, "b");
    EXPECT_EQ(*deliveries_->subscriber({"c"}), std::nullopt);
    const auto all = *deliveries_->subscribers({""}, 10);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].id.value, "a");
    EXPECT_EQ(deliveries_->subscribers({"a"}, 10)->size(), 1U);
    EXPECT_EQ(deliveries_->counts()->subscribers, 2U);
}

TEST_P(DeliveriesContract, an_address_subscribes_once) {
    ASSERT_TRUE(deliveries_->put_subscriber(person("a", "anna@b.example")));
    ASSERT_TRUE(deliveries_->put_subscriber(person("b", "ANNA@b.example")));
    EXPECT_EQ(*deliveries_->subscriber({"a"}), std::nullopt);
    EXPECT_EQ(deliveries_->counts()->subscribers, 1U);
    const auto nobody = deliveries_->put_subscriber(person("", "x@b.example"));
    EXPECT_EQ(nobody.error().code, ErrorCode::kInvalid);
}

TEST_P(DeliveriesContract, who_leaves_gets_no_more_not_even_what_waited) {
    ASSERT_TRUE(deliveries_->put_subscriber(person("a", "anna@b.example")));
    expand(announce(1, "inc", kNow), {row("x", "subscriber:a"), row("y", "subscriber:b")});
    ASSERT_TRUE(deliveries_->remove_subscriber({"a"}));
    ASSERT_TRUE(deliveries_->remove_subscriber({"a"}));
    EXPECT_EQ(*deliveries_->subscriber({"a"}), std::nullopt);
    EXPECT_EQ(due_ids("mail", kNow), std::vector<std::string>{"y"});
}

TEST_P(DeliveriesContract, only_what_is_told_to_the_end_is_forgotten) {
    expand(announce(1, "old", kNow), {row("a", "r1")});
    expand(announce(2, "waits", kNow), {row("b", "r2")});
    announce(3, "not begun", kNow);
    Delivery sent = row("a", "r1");
    sent.state = DeliveryState::kSent;
    ASSERT_TRUE(deliveries_->record(std::span(&sent, 1)));
    EXPECT_FALSE(*deliveries_->forget(kNow, 10));
    EXPECT_EQ(deliveries_->about("old")->size(), 1U);
    EXPECT_FALSE(*deliveries_->forget(kNow + days(1), 10));
    EXPECT_TRUE(deliveries_->about("old")->empty());
    EXPECT_EQ(deliveries_->about("waits")->size(), 1U);
    EXPECT_EQ(deliveries_->about("not begun")->size(), 1U);
    EXPECT_EQ(deliveries_->newest(10)->size(), 1U);
}

TEST_P(DeliveriesContract, a_subject_is_forgotten_whole_and_no_other) {
    expand(announce(1, "asked", kNow), {row("a", "r1")});
    expand(announce(2, "inc", kNow), {row("b", "r1")});
    EXPECT_TRUE(deliveries_->forget_subject("asked"));
    EXPECT_TRUE(deliveries_->forget_subject("nothing")) << "an unknown subject is no error";
    EXPECT_TRUE(deliveries_->about("asked")->empty());
    EXPECT_EQ(deliveries_->about("inc")->size(), 1U);
    const auto left = deliveries_->newest(10);
    ASSERT_EQ(left->size(), 1U);
    EXPECT_EQ(left->front().id, "b");
}

TEST_P(DeliveriesContract, a_lane_in_trouble_is_kept_with_its_rows_until_it_fares_well) {
    expand(announce(1, "inc", kNow), {row("a", "r", "ops")});
    const Delivery given_up = ended(row("a", "r", "ops"), DeliveryState::kGivenUp);
    const LaneTrouble off{.lane = "ops",
                          .definition = "d1",
                          .given_up = 5,
                          .switched_off = kNow,
                          .reason = "HTTP 404"};
    const LaneTrouble begins{
        .lane = "lead", .definition = "d2", .given_up = 1, .switched_off = {}, .reason = "refused"};
    ASSERT_TRUE(deliveries_->record(std::span(&given_up, 1), std::vector{off, begins}));
    reopen();
    EXPECT_EQ(deliveries_->counts()->given_up, 1U);
    const auto kept = *deliveries_->lane_troubles();
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[0].lane, "lead");
    EXPECT_EQ(kept[0].switched_off.ms, 0);
    EXPECT_EQ(kept[1].definition, "d1");
    EXPECT_EQ(kept[1].given_up, 5);
    EXPECT_EQ(kept[1].switched_off, kNow);
    EXPECT_EQ(kept[1].reason, "HTTP 404");
    LaneTrouble well;
    well.lane = "ops";
    ASSERT_TRUE(deliveries_->record({}, std::span(&well, 1)));
    reopen();
    EXPECT_EQ(deliveries_->lane_troubles()->size(), 1U);
}

TEST_P(DeliveriesContract, bounds_are_kept) {
    Announcement large;
    large.body = std::string(kAnnouncementBytesMax + 1, 'x');
    EXPECT_EQ(deliveries_->take(1, std::span(&large, 1), {}).error().code, ErrorCode::kTooLarge);
    const std::uint64_t number = announce(1, "inc", kNow);
    const std::vector<Delivery> many(kDeliveriesPerCallMax + 1, row("a", "r"));
    EXPECT_EQ(deliveries_->expand(number, many, "", true).error().code, ErrorCode::kTooLarge);
    const Delivery long_name = row("a", std::string(kDeliveryNameBytesMax + 1, 'r'));
    EXPECT_EQ(deliveries_->expand(number, std::span(&long_name, 1), "", true).error().code,
              ErrorCode::kTooLarge);
}

}  // namespace candor::test
