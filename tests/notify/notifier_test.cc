// The notifier itself, with its real notify.db: nothing lost, nothing doubled but in the one
// window, everything in its order, and nobody bothered who need not be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/sqlite.h"
#include "tests/notify/told_world.h"

namespace candor::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kAnna = "anna@b.example";

class NotifierTest : public testing::Test {
   protected:
    // What each of them was told, in order.
    std::vector<std::string> ids_of(const std::string& to) const {
        std::vector<std::string> out;
        for (const Told& one : world_.servers.told_to(to)) out.push_back(one.id);
        return out;
    }
    DeliveryCounts counts() {
        DeliveryCounts out;
        world_.on_its_thread([&out](Deliveries& d) { out = *d.counts(); });
        return out;
    }
    void shop_fails() { world_.verdict("shop/1", Verdict::kFail); }
    void shop_recovers() {
        world_.verdict("shop/1", Verdict::kPass);
        for (int i = 0; i < 10 && world_.decisions.incident(0).is_open(); ++i) {
            world_.pass(minutes(2));
            world_.happen(input::TimerDue{});
        }
        ASSERT_FALSE(world_.decisions.incident(0).is_open());
    }

    ToldWorld world_;
};

TEST_F(NotifierTest, channels_hear_at_once_and_subscribers_once_it_has_lasted) {
    world_.start();
    world_.subscribe("anna");
    shop_fails();
    ASSERT_TRUE(world_.settle());
    EXPECT_THAT(world_.servers.told_to(kOps), SizeIs(1));
    EXPECT_THAT(world_.servers.told_to(kLead), SizeIs(1));
    EXPECT_THAT(world_.servers.told_to(kAnna), IsEmpty());
    world_.pass(minutes(2) - milliseconds(1));
    ASSERT_TRUE(world_.settle());
    EXPECT_THAT(world_.servers.told_to(kAnna), IsEmpty());
    world_.pass(milliseconds(1));
    ASSERT_TRUE(world_.settle());
    ASSERT_THAT(world_.servers.told_to(kAnna), SizeIs(1));
    EXPECT_THAT(world_.servers.told_to(kAnna)[0].text, HasSubstr("shop"));
    EXPECT_EQ(counts().sent, 3U);
}

TEST_F(NotifierTest, what_ends_before_it_lasted_is_never_mailed) {
    world_.start();
    world_.subscribe("anna");
    shop_fails();
    world_.pass(minutes(1));
    const IncidentId id = world_.decisions.incident(0).id;
    world_.verdict("shop/1", Verdict::kPass);
    world_.happen(input::UpdatePosted{
        id, IncidentPhase::kResolved, SealedText{"x"}, {}, ActorId{"user:ann"}});
    world_.pass(hours(1));
    ASSERT_TRUE(world_.settle());
    EXPECT_THAT(world_.servers.told_to(kOps), SizeIs(testing::Ge(2U)));
    for (const Told& one : world_.servers.told_to(kAnna)) {
        ADD_FAILURE() << "was mailed: " << one.text;
    }
}

TEST_F(NotifierTest, trouble_of_one_customer_reaches_nobody) {
    world_.start();
    world_.subscribe("anna");
    world_.verdict("shop/acme", Verdict::kFail, "acme");
    ASSERT_EQ(world_.decisions.incident(0).visibility, Visibility::kPrivate);
    world_.write("We know, dear Acme.");
    world_.pass(hours(1));
    ASSERT_TRUE(world_.settle());
    EXPECT_THAT(world_.servers.told(), IsEmpty());
    // The control: the second customer makes it public, and everybody hears of it.
    world_.verdict("shop/umbrella", Verdict::kFail, "umbrella");
    world_.pass(minutes(2));
    ASSERT_TRUE(world_.settle());
    EXPECT_THAT(world_.servers.told_to(kOps), SizeIs(1));
    ASSERT_THAT(world_.servers.told_to(kAnna), SizeIs(1));
    for (const Told& one : world_.servers.told()) {
        EXPECT_THAT(one.text, testing::Not(HasSubstr("Acme"))) << "words for one customer";
        EXPECT_THAT(one.text, testing::Not(HasSubstr("acme")));
        EXPECT_THAT(one.text, testing::Not(HasSubstr("umbrella")));
    }
}

TEST_F(NotifierTest, what_happens_while_it_is_down_is_told_when_it_comes_back_and_once) {
    world_.start();
    world_.subscribe("anna");
    ASSERT_TRUE(world_.settle());
    world_.stop();
    shop_fails();
    world_.pass(minutes(3));
    for (int life = 0; life < 3; ++life) {
        world_.start();
        ASSERT_TRUE(world_.settle());
        world_.crash();
    }
    EXPECT_THAT(world_.servers.told_to(kOps), SizeIs(1));
    EXPECT_THAT(world_.servers.told_to(kAnna), SizeIs(1));
    EXPECT_THAT(world_.servers.doubled(), IsEmpty());
}

TEST_F(NotifierTest, a_crash_between_send_and_record_repeats_it_under_the_same_id_and_once) {
    world_.servers.behave(kOps, Manner::kTakesSilently);
    world_.start();
    shop_fails();
    ASSERT_TRUE(world_.settle());
    ASSERT_THAT(ids_of(kOps), SizeIs(1));
    world_.crash();
    world_.servers.behave(kOps, Manner::kTakes);
    for (int life = 0; life < 2; ++life) {
        world_.start();
        ASSERT_TRUE(world_.settle());
        world_.crash();
    }
    ASSERT_THAT(ids_of(kOps), SizeIs(2));
    EXPECT_EQ(ids_of(kOps)[0], ids_of(kOps)[1]);
    EXPECT_THAT(ids_of(kLead), SizeIs(1)) << "what was recorded is not told again";
}

TEST_F(NotifierTest, a_crash_before_anything_was_sent_loses_nothing) {
    for (const char* to : {kOps, kLead, kAnna}) world_.servers.behave(to, Manner::kHangs);
    world_.start();
    world_.subscribe("anna");
    shop_fails();
    world_.pass(minutes(3));
    ASSERT_TRUE(world_.settle());
    ASSERT_THAT(world_.servers.told(), IsEmpty());
    world_.crash();
    for (const char* to : {kOps, kLead, kAnna}) world_.servers.behave(to, Manner::kTakes);
    world_.start();
    ASSERT_TRUE(world_.settle());
    for (const char* to : {kOps, kLead, kAnna}) EXPECT_THAT(ids_of(to), SizeIs(1)) << to;
}

TEST_F(NotifierTest, an_orderly_end_records_what_was_taken_in_time) {
    world_.start();
    shop_fails();
    ASSERT_TRUE(world_.settle());
    world_.stop();
    world_.start();
    ASSERT_TRUE(world_.settle());
    EXPECT_EQ(counts().sent, 2U);
    EXPECT_THAT(world_.servers.doubled(), IsEmpty());
}

TEST_F(NotifierTest, a_failed_try_waits_its_time_and_longer_the_next_time) {
    world_.servers.behave(kOps, Manner::kAsksLater);
    world_.start();
    shop_fails();
    ASSERT_TRUE(world_.settle());
    const auto next_try = [this] {
        Timestamp out;
        world_.on_its_thread([&out](Deliveries& d) { out = *d.next_try("channel:ops"); });
        return out - world_.decisions.now;
    };
    const Duration first = next_try();
    EXPECT_GT(first, seconds(3));
    EXPECT_LT(first, seconds(7));
    world_.pass(first);
    ASSERT_TRUE(world_.settle());
    EXPECT_GT(next_try(), first * 2);
    world_.servers.behave(kOps, Manner::kTakes);
    world_.pass(first);
    ASSERT_TRUE(world_.settle());
    EXPECT_THAT(ids_of(kOps), IsEmpty()) << "not before its time";
    world_.pass(next_try());
    ASSERT_TRUE(world_.settle());
    EXPECT_THAT(ids_of(kOps), SizeIs(1));
}

TEST_F(NotifierTest, of_one_incident_nobody_hears_the_end_before_the_beginning) {
    world_.servers.behave(kOps, Manner::kAsksLater);
    world_.start();
    shop_fails();
    ASSERT_TRUE(world_.settle());
    world_.servers.behave(kOps, Manner::kTakes);
    world_.write("A disk was full.");
    ASSERT_TRUE(world_.settle());
    EXPECT_THAT(ids_of(kOps), IsEmpty()) << "it waits for the beginning";
    EXPECT_THAT(ids_of(kLead), SizeIs(2)) << "and nobody else does";
    world_.pass(minutes(1));
    ASSERT_TRUE(world_.settle());
    const auto told = world_.servers.told_to(kOps);
    ASSERT_THAT(told, SizeIs(2));
    EXPECT_THAT(told[0].text, testing::Not(HasSubstr("A disk was full.")));
    EXPECT_THAT(told[1].text, HasSubstr("A disk was full."));
}

TEST_F(NotifierTest, a_server_that_hangs_costs_only_its_own_deliveries) {
    world_.servers.behave(kOps, Manner::kHangs);
    world_.start();
    world_.subscribe("anna");
    shop_fails();
    for (int i = 0; i < 5; ++i) {
        world_.pass(minutes(1));
        world_.write("Words " + std::to_string(i));
        ASSERT_TRUE(world_.settle());
    }
    EXPECT_THAT(ids_of(kLead), SizeIs(6));
    EXPECT_THAT(ids_of(kAnna), SizeIs(testing::Ge(5U)));
    EXPECT_THAT(ids_of(kOps), IsEmpty());
    EXPECT_LE(world_.servers.hanging(), notify::kChannelWindow);
}

TEST_F(NotifierTest, a_file_that_fails_makes_it_stand_still_and_loses_nothing) {
    world_.start();
    ASSERT_TRUE(world_.settle());
    world_.stop();
    world_.start(1);
    shop_fails();
    ASSERT_TRUE(world_.settle());
    EXPECT_TRUE(world_.stats().stands_still);
    EXPECT_THAT(world_.log(), testing::Contains(HasSubstr("the disk is away")));
    EXPECT_THAT(world_.servers.told(), IsEmpty());
    world_.pass(app::kNotifierRetry);
    ASSERT_TRUE(world_.settle());
    EXPECT_FALSE(world_.stats().stands_still);
    EXPECT_THAT(ids_of(kOps), SizeIs(1));
}

TEST_F(NotifierTest, a_channel_switched_off_stays_so_over_a_crash_until_it_is_switched_on) {
    world_.servers.behave(kOps, Manner::kWantsNoMore);
    world_.start();
    shop_fails();
    ASSERT_TRUE(world_.settle());
    world_.crash();
    world_.servers.behave(kOps, Manner::kTakes);
    world_.start();
    world_.write("Not for ops.");
    ASSERT_TRUE(world_.settle());
    ASSERT_THAT(world_.stats().troubles, SizeIs(1));
    EXPECT_NE(world_.stats().troubles[0].switched_off.ms, 0);
    EXPECT_THAT(ids_of(kOps), IsEmpty());
    world_.pass(seconds(1));
    world_.happen(input::ChannelSwitchOnRequested{"ops", ActorId{"user:ann"}});
    world_.write("For ops again.");
    ASSERT_TRUE(world_.settle());
    EXPECT_THAT(ids_of(kOps), SizeIs(1));
    world_.crash();
    world_.start();
    ASSERT_TRUE(world_.settle());
    EXPECT_THAT(world_.stats().troubles, IsEmpty());
    EXPECT_THAT(world_.servers.doubled(), IsEmpty());
}

TEST_F(NotifierTest, a_drill_and_a_shadow_page_reach_no_subscriber) {
    world_.start();
    world_.subscribe("anna");
    world_.happen(input::IncidentDeclared{SealedText{"t"},
                                          SealedText{"x"},
                                          {{ComponentId{"shop"}, ComponentStatus::kMajorOutage}},
                                          ActorId{"user:ann"},
                                          true});
    world_.pass(hours(1));
    ASSERT_TRUE(world_.settle());
    EXPECT_THAT(ids_of(kOps), SizeIs(testing::Ge(1U)));
    EXPECT_THAT(ids_of(kAnna), IsEmpty());
}

// A store that forgets what was recorded: what the crash tests look for is there.
TEST_F(NotifierTest, control_a_store_that_forgets_a_record_is_caught) {
    world_.start();
    shop_fails();
    ASSERT_TRUE(world_.settle());
    world_.stop();
    auto file = store::Connection::open(
        {.path = world_.folder() + "/notify.db", .access = store::Access::kReadWrite});
    ASSERT_TRUE(file && (*file)->run("UPDATE deliveries SET state = 0"));
    file->reset();
    world_.start();
    ASSERT_TRUE(world_.settle());
    EXPECT_THAT(world_.servers.doubled(), SizeIs(2));
}

// A position that moved without what it led to: the message is missing.
TEST_F(NotifierTest, control_a_store_that_forgets_an_announcement_is_caught) {
    for (const char* to : {kOps, kLead}) world_.servers.behave(to, Manner::kHangs);
    world_.start();
    shop_fails();
    ASSERT_TRUE(world_.settle());
    world_.stop();
    auto file = store::Connection::open(
        {.path = world_.folder() + "/notify.db", .access = store::Access::kReadWrite});
    ASSERT_TRUE(file && (*file)->run("DELETE FROM deliveries; DELETE FROM announcements"));
    file->reset();
    for (const char* to : {kOps, kLead}) world_.servers.behave(to, Manner::kTakes);
    world_.start();
    ASSERT_TRUE(world_.settle());
    EXPECT_THAT(world_.servers.told(), IsEmpty());
}

}  // namespace
}  // namespace candor::test
