#include "core/timeline.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/codec.h"

namespace candor::core {
namespace {

constexpr ComponentStatus kGood = ComponentStatus::kOperational;
constexpr ComponentStatus kSlow = ComponentStatus::kDegradedPerformance;
constexpr ComponentStatus kDown = ComponentStatus::kMajorOutage;
constexpr ComponentStatus kGone = ComponentStatus::kUnknown;

Timestamp at(std::int64_t t) {
    return Timestamp{t};
}

// "10g 20d": where each span begins, and its status.
std::string spans(const Timeline& timeline) {
    std::string out;
    for (const Span& span : timeline.between(at(0), kLastTimestamp)) {
        const char letter = span.status == kGood   ? 'g'
                            : span.status == kSlow ? 's'
                            : span.status == kDown ? 'd'
                                                   : 'u';
        out += (out.empty() ? "" : " ") + std::to_string(span.from.ms) + letter;
    }
    return out;
}

std::string excluded(const Timeline& timeline) {
    std::string out;
    for (const Exclusion& e : timeline.exclusions()) {
        out += (out.empty() ? "" : " ") + std::to_string(e.from.ms) + "-" + std::to_string(e.to.ms);
    }
    return out;
}

TEST(Timeline, spans_follow_each_other) {
    Timeline timeline;
    EXPECT_TRUE(timeline.empty());
    timeline.set(at(10), kGood);
    timeline.set(at(20), kDown);
    timeline.set(at(30), kDown);
    timeline.set(at(40), kGood);
    EXPECT_EQ(spans(timeline), "10g 20d 40g");
    EXPECT_EQ(timeline.last(), (Span{at(40), kGood}));
}

TEST(Timeline, trouble_reaches_back_over_what_was_better) {
    Timeline timeline;
    timeline.set(at(10), kGood);
    timeline.set(at(50), kGone);
    timeline.set(at(60), kGood);
    timeline.set(at(40), kDown);
    EXPECT_EQ(spans(timeline), "10g 40d");
}

TEST(Timeline, trouble_never_shortens_worse_trouble) {
    Timeline timeline;
    timeline.set(at(10), kGood);
    timeline.set(at(20), kDown);
    timeline.set(at(40), kGood);
    timeline.set(at(30), kSlow);
    EXPECT_EQ(spans(timeline), "10g 20d 40s");
}

TEST(Timeline, what_is_better_never_reaches_behind_the_newest_start) {
    Timeline timeline;
    timeline.set(at(10), kGood);
    timeline.set(at(20), kDown);
    timeline.set(at(15), kGood);
    EXPECT_EQ(spans(timeline), "10g");
    timeline.set(at(30), kDown);
    timeline.set(at(25), kGone);
    EXPECT_EQ(spans(timeline), "10g 30u");
}

TEST(Timeline, a_span_that_begins_at_once_is_replaced) {
    Timeline timeline;
    timeline.set(at(10), kGood);
    timeline.set(at(20), kGone);
    timeline.set(at(20), kGood);
    EXPECT_EQ(spans(timeline), "10g");
}

TEST(Timeline, between_gives_what_overlaps) {
    Timeline timeline;
    for (std::int64_t i = 0; i < 1'000; ++i) timeline.set(at(i * 10), i % 2 == 0 ? kGood : kDown);
    ASSERT_EQ(timeline.size(), 1'000U);
    const auto some = timeline.between(at(4'995), at(5'021));
    ASSERT_EQ(some.size(), 4U);
    EXPECT_EQ(some.front().from, at(4'990));
    EXPECT_EQ(some.back().from, at(5'020));
    EXPECT_EQ(timeline.between(at(5'000), at(5'001)).size(), 1U);
    EXPECT_EQ(timeline.between(at(1'000'000), at(1'000'001)).size(), 1U);
}

TEST(Timeline, exclusions_merge_and_stay_in_order) {
    Timeline timeline;
    timeline.exclude(at(50), at(60));
    timeline.exclude(at(10), at(20));
    timeline.exclude(at(30), at(30));
    timeline.exclude(at(40), at(35));
    EXPECT_EQ(excluded(timeline), "10-20 50-60");
    timeline.exclude(at(20), at(30));
    timeline.exclude(at(55), at(70));
    EXPECT_EQ(excluded(timeline), "10-30 50-70");
    timeline.exclude(at(0), at(100));
    EXPECT_EQ(excluded(timeline), "0-100");
}

TEST(Timeline, spans_end_at_their_bound_and_old_ones_are_trimmed) {
    Timeline timeline;
    const auto most = static_cast<std::int64_t>(kTimelineSpansMax);
    for (std::int64_t i = 0; i < most + 500; ++i) {
        timeline.set(at(i * 10), i % 2 == 0 ? kGood : kDown);
        ASSERT_LE(timeline.size(), kTimelineSpansMax);
    }
    EXPECT_GT(timeline.size(), kTimelineSpansMax - 100);
    timeline.exclude(at(0), at(100));
    timeline.trim(at((most + 400) * 10));
    EXPECT_LT(timeline.size(), 300U);
    EXPECT_LE(timeline.between(at(0), kLastTimestamp).front().from, at((most + 400) * 10));
    EXPECT_TRUE(timeline.exclusions().empty());
}

TEST(Timeline, a_copy_is_not_disturbed_and_both_encode_as_they_are) {
    Timeline timeline;
    std::mt19937 random(5);
    for (std::int64_t i = 0; i < 500; ++i) {
        timeline.set(at(i * 10 + static_cast<std::int64_t>(random() % 15)),
                     static_cast<ComponentStatus>(random() % 6));
    }
    timeline.exclude(at(7), at(77));
    const Timeline before = timeline;
    const std::string bytes = encode(before);
    timeline.set(at(100'000), kDown);
    timeline.set(at(50), kDown);
    EXPECT_EQ(encode(before), bytes);
    EXPECT_NE(encode(timeline), bytes);
    const auto back = decode<Timeline>(bytes);
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(encode(*back), bytes);
}

}  // namespace
}  // namespace candor::core
