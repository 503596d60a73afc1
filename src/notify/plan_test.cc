#include "notify/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "notify/sample_message.h"

namespace candor::notify {
namespace {

constexpr PlanOptions kEverybody{.tell_after = minutes(2), .operators = true, .subscribers = true};
constexpr PlanOptions kStrangers{.tell_after = minutes(2), .operators = false, .subscribers = true};

// One incident's story: what was announced so far, with the store's part played here.
class Story {
   public:
    // The due time for subscribers, relative to the message; nothing when they are not told.
    std::optional<Duration> tell(NewsKind kind, Duration at, std::vector<ComponentId> only = {}) {
        Message m = sample_message();
        m.kind = kind;
        m.at = Timestamp{at.ms};
        m.position = ++position_;
        m.only = std::move(only);
        const Plan done = plan(m, known_, kStrangers);
        withdrawn = done.withdraw;
        std::erase_if(known_, [&](const Announcement& a) {
            return std::ranges::find(done.withdraw, a.number) != done.withdraw.end();
        });
        for (Announcement a : done.add) {
            a.number = ++last_number_;
            known_.push_back(a);
        }
        if (done.add.empty()) return std::nullopt;
        return done.add.front().due - m.at;
    }

    std::vector<std::uint64_t> withdrawn;

   private:
    std::vector<Announcement> known_;
    Position position_ = 0;
    std::uint64_t last_number_ = 0;
};

TEST(Plan, operators_are_told_at_once_and_of_everything) {
    for (const NewsKind kind : {NewsKind::kOpened, NewsKind::kWorse, NewsKind::kOverdue}) {
        Message m = sample_message();
        m.kind = kind;
        const Plan done = plan(m, {}, {.tell_after = minutes(2)});
        ASSERT_EQ(done.add.size(), 1U);
        EXPECT_EQ(done.add[0].audience, Audience::kOperators);
        EXPECT_EQ(done.add[0].due, m.at);
        EXPECT_EQ(done.add[0].subject, m.incident.value);
    }
    EXPECT_EQ(plan(sample_message(), {}, kEverybody).add.size(), 2U);
}

TEST(Plan, subscribers_hear_of_trouble_once_it_lasted) {
    Story story;
    EXPECT_EQ(story.tell(NewsKind::kOpened, seconds(0)), minutes(2));
    EXPECT_EQ(story.tell(NewsKind::kResolved, minutes(10)), seconds(0));
}

TEST(Plan, what_ends_sooner_is_never_told) {
    Story story;
    story.tell(NewsKind::kOpened, seconds(0));
    EXPECT_EQ(story.tell(NewsKind::kResolved, seconds(119)), std::nullopt);
    EXPECT_EQ(story.withdrawn, std::vector<std::uint64_t>{1});
}

TEST(Plan, worse_news_takes_the_place_of_what_waits_and_does_not_wait_longer) {
    Story story;
    story.tell(NewsKind::kOpened, seconds(0));
    EXPECT_EQ(story.tell(NewsKind::kWorse, seconds(60)), seconds(60));
    EXPECT_EQ(story.withdrawn, std::vector<std::uint64_t>{1});
    EXPECT_EQ(story.tell(NewsKind::kWorse, minutes(3)), seconds(0));
    EXPECT_TRUE(story.withdrawn.empty());
}

TEST(Plan, a_persons_words_do_not_wait) {
    Story story;
    story.tell(NewsKind::kOpened, seconds(0));
    EXPECT_EQ(story.tell(NewsKind::kPost, seconds(30)), seconds(0));
    EXPECT_EQ(story.withdrawn, std::vector<std::uint64_t>{1});
    EXPECT_EQ(story.tell(NewsKind::kResolved, seconds(60)), seconds(0));
}

TEST(Plan, words_after_the_end_are_told_though_the_trouble_was_not) {
    Story story;
    story.tell(NewsKind::kOpened, seconds(0));
    story.tell(NewsKind::kResolved, seconds(60));
    EXPECT_EQ(story.tell(NewsKind::kPost, hours(1)), seconds(0));
}

TEST(Plan, trouble_that_comes_back_waits_again) {
    Story story;
    story.tell(NewsKind::kOpened, seconds(0));
    story.tell(NewsKind::kResolved, minutes(10));
    EXPECT_EQ(story.tell(NewsKind::kReopened, minutes(15)), minutes(2));
    EXPECT_EQ(story.tell(NewsKind::kResolved, minutes(16)), std::nullopt);
}

TEST(Plan, news_of_one_component_leaves_what_waits_for_the_others) {
    Story story;
    story.tell(NewsKind::kOpened, seconds(0));
    EXPECT_EQ(story.tell(NewsKind::kWorse, seconds(60), {{"calls"}}), seconds(60));
    EXPECT_TRUE(story.withdrawn.empty());
}

TEST(Plan, a_drill_and_a_merge_are_for_operators_only) {
    Message drill = sample_message();
    drill.drill = true;
    Message merged = sample_message();
    merged.kind = NewsKind::kResolved;
    merged.merged_into = {"inc000000002"};
    for (const Message& m : {drill, merged}) {
        const Plan done = plan(m, {}, kEverybody);
        ASSERT_EQ(done.add.size(), 1U);
        EXPECT_EQ(done.add[0].audience, Audience::kOperators);
    }
}

TEST(Plan, subscribers_never_hear_that_operators_owe_words) {
    Story story;
    EXPECT_EQ(story.tell(NewsKind::kOverdue, minutes(30)), std::nullopt);
}

}  // namespace
}  // namespace candor::notify
