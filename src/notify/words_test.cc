#include "notify/words.h"

#include <gtest/gtest.h>

#include "notify/sample_message.h"

namespace candor::notify {
namespace {

const Timestamp kEvening{1'775'336'712'000};  // 2026-04-04T21:05:12Z

TEST(Words, times_carry_the_pages_zone_and_utc) {
    EXPECT_EQ(time_words(kEvening, "America/Toronto", kEvening), "17:05 EDT (21:05 UTC)");
    EXPECT_EQ(time_words(kEvening, "Etc/UTC", kEvening), "21:05 UTC");
    EXPECT_EQ(time_words(kEvening, "no such zone", kEvening), "21:05 UTC");
}

TEST(Words, another_day_is_named_as_the_reader_counts_days) {
    EXPECT_EQ(time_words(kEvening, "Asia/Tokyo", kEvening - hours(12)),
              "5 April 2026, 06:05 JST (21:05 UTC)");
    EXPECT_EQ(time_words(kEvening, "America/Toronto", kEvening + days(1)),
              "4 April 2026, 17:05 EDT (21:05 UTC)");
}

TEST(Words, a_headline_says_what_kind_of_news_it_is) {
    Message m = sample_message();
    EXPECT_EQ(headline(m), "Directory is down");
    m.kind = NewsKind::kResolved;
    EXPECT_EQ(headline(m), "Resolved: Directory is down");
    m.title = std::string(1'000, 'x');
    EXPECT_LE(headline(m).size(), kHeadlineBytesMax);
}

TEST(Words, facts_say_since_when_until_when_and_when_more_is_said) {
    Message m = sample_message();
    EXPECT_EQ(fact_lines(m),
              (std::vector<std::string>{"Since 17:05 EDT (21:05 UTC).",
                                        "Next update by 17:35 EDT (21:35 UTC), at the latest.",
                                        "Number of customers not known."}));
    m.resolved_at = m.started + minutes(25);
    EXPECT_EQ(fact_lines(m)[1], "Over at 17:30 EDT (21:30 UTC), after 25 min.");
}

TEST(Words, many_components_are_counted_instead_of_named) {
    Message m = sample_message();
    for (int i = 0; i < 20; ++i) m.components.push_back(m.components.front());
    EXPECT_EQ(component_lines(m).size(), kComponentsSpelled + 1);
    EXPECT_EQ(component_lines(m).back(), "and 12 more");
}

TEST(Words, a_cut_never_splits_a_character) {
    EXPECT_EQ(bounded_text("üüüü", 8), "üüüü");
    EXPECT_EQ(bounded_text("üüüüü", 8), "üü…");
    EXPECT_EQ(bounded_text("abcdefgh", 4), "a…");
    EXPECT_EQ(bounded_text("🚨🚨", 5), "…");
}

TEST(Words, what_is_not_text_becomes_a_visible_mark) {
    EXPECT_EQ(bounded_text(std::string("a\0b", 3), 100),
              "a\xEF\xBF\xBD"
              "b");
    EXPECT_EQ(bounded_text("\xFFx", 100), "\xEF\xBF\xBDx");
    EXPECT_EQ(bounded_text("a\r\nb", 100), "a\nb");
    EXPECT_EQ(bounded_line("a\r\nb\tc", 100), "a b c");
}

TEST(Words, a_merge_is_not_called_the_end_of_the_trouble) {
    Message m = sample_message();
    m.kind = NewsKind::kResolved;
    EXPECT_EQ(headline(m), "Resolved: Directory is down");
    m.merged_into = {"inc000000002"};
    EXPECT_EQ(headline(m), "Told in another incident from now on: Directory is down");
}

}  // namespace
}  // namespace candor::notify
