#include "engine/outcome_counter.h"

#include <gtest/gtest.h>

#include <string>

#include "store/memory_outcomes.h"

namespace candor::engine {
namespace {

constexpr Timestamp kNow{1'775'350'800'000};

// One process after another on the same disk.
class OutcomeCounterTest : public testing::Test {
   protected:
    void SetUp() override { restart(); }

    void restart() {
        counter_.reset();
        store_ = store::open_memory_outcomes(disk_);
        auto opened = OutcomeCounter::open(*store_, kNow);
        ASSERT_TRUE(opened) << opened.error().message;
        counter_ = std::move(*opened);
    }

    void count(std::string_view customer, bool ok, std::string_view version = "4.2.1") {
        const OutcomeAttribute attribute{"version", version};
        const auto counted = counter_->count({.at = kNow,
                                              .stream = "login",
                                              .customer = customer,
                                              .ok = ok,
                                              .attributes = {&attribute, 1},
                                              .id = {}},
                                             kNow);
        ASSERT_TRUE(counted) << counted.error().message;
        ASSERT_EQ(*counted, impact::Counted::kCounted);
    }

    impact::MinuteRecord stored() {
        const auto bytes = store_->minute(0, kNow).value();
        return bytes ? impact::decode_minute(*bytes).value() : impact::MinuteRecord{};
    }

    std::shared_ptr<store::MemoryOutcomesStorage> disk_ =
        std::make_shared<store::MemoryOutcomesStorage>();
    std::unique_ptr<OutcomeStore> store_;
    std::unique_ptr<OutcomeCounter> counter_;
};

TEST_F(OutcomeCounterTest, what_was_committed_is_there_after_a_restart_and_goes_on) {
    count("acme", false);
    count("bolt", true);
    ASSERT_TRUE(counter_->commit());
    restart();
    count("bolt", false, "4.3.0");
    count("cole", true);
    ASSERT_TRUE(counter_->commit());
    const impact::MinuteRecord record = stored();
    EXPECT_EQ(record.total, (impact::Tally{4, 2}));
    EXPECT_EQ(record.customers,
              (std::vector<impact::CustomerTally>{{0, {1, 1}}, {1, {2, 1}}, {2, {1, 0}}}));
    EXPECT_EQ(record.values, (std::vector<impact::ValueTally>{{0, 1, {3, 1}}, {0, 2, {1, 1}}}));
    restart();
    EXPECT_EQ(counter_->book().customers().name(2), "cole");
}

TEST_F(OutcomeCounterTest, the_watermark_waits_for_the_disk) {
    EXPECT_EQ(counter_->watermark(kNow), kNow);
    count("acme", true);
    EXPECT_EQ(counter_->waiting_since(), kNow);
    EXPECT_EQ(counter_->watermark(kNow + seconds(1)), kNow);
    ASSERT_TRUE(counter_->commit());
    EXPECT_FALSE(counter_->waiting_since());
    EXPECT_EQ(counter_->watermark(kNow + seconds(1)), kNow + seconds(1));
}

TEST_F(OutcomeCounterTest, a_full_disk_refuses_and_loses_nothing_that_was_accepted) {
    count("acme", false);
    disk_->disk_full = true;
    EXPECT_EQ(counter_->commit().error().code, ErrorCode::kDiskFull);
    EXPECT_EQ(counter_->count({.at = {}, .stream = "login", .customer = "bolt", .ok = true}, kNow)
                  .error()
                  .code,
              ErrorCode::kDiskFull);
    EXPECT_EQ(counter_->watermark(kNow + seconds(9)), kNow);
    disk_->disk_full = false;
    ASSERT_TRUE(counter_->commit());
    count("acme", false);
    ASSERT_TRUE(counter_->commit());
    EXPECT_EQ(stored().total, (impact::Tally{2, 2}));
}

TEST_F(OutcomeCounterTest, a_crash_loses_only_what_was_not_durable) {
    count("acme", false);
    ASSERT_TRUE(counter_->commit());
    count("bolt", false);
    restart();
    EXPECT_EQ(stored().total, (impact::Tally{1, 1}));
    EXPECT_FALSE(counter_->book().customers().find("bolt"));
}

TEST_F(OutcomeCounterTest, a_store_whose_numbers_have_holes_is_refused) {
    count("acme", true);
    count("bolt", true);
    ASSERT_TRUE(counter_->commit());
    disk_->names.erase({.list = NameList::kCustomers, .number = 0});
    store_ = store::open_memory_outcomes(disk_);
    EXPECT_EQ(OutcomeCounter::open(*store_, kNow).error().code, ErrorCode::kCorrupt);
}

TEST_F(OutcomeCounterTest, windows_are_the_same_after_a_restart) {
    for (int i = 0; i < 20; ++i) count("acme", i % 4 == 0);
    count("bolt", true);
    EXPECT_EQ(counter_->windows("login", kNow), OutcomeWindows{});  // nothing is durable yet
    ASSERT_TRUE(counter_->commit());
    const OutcomeWindows before = counter_->windows("login", kNow).value();
    EXPECT_EQ(before.five_minutes, (OutcomeWindow{21, 15, 1}));
    EXPECT_EQ(before.active_customers, 2);
    EXPECT_EQ(before.down, (CustomersDown{1, 20, 15, 0}));
    restart();
    EXPECT_EQ(counter_->windows("login", kNow), before);
    EXPECT_FALSE(counter_->windows("calls", kNow));
    EXPECT_EQ(counter_->windows("login", kNow + hours(7)), OutcomeWindows{});
}

TEST_F(OutcomeCounterTest, a_full_book_is_committed_by_itself) {
    for (int minute = 0; minute < 600; ++minute) {
        const auto counted = counter_->count(
            {.at = kNow - minutes(minute), .stream = "login", .customer = "acme", .ok = true},
            kNow);
        ASSERT_TRUE(counted);
    }
    ASSERT_TRUE(counter_->commit());
    EXPECT_EQ(disk_->minutes.size(), 600U);
}

}  // namespace
}  // namespace candor::engine
