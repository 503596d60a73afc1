#include "impact/sentence.h"

#include <gtest/gtest.h>

#include "impact/table_builder.h"

namespace candor::impact {
namespace {

// One row is enough for the names; the counts come with each answer.
AttributeTable table_of(std::vector<std::string> names, std::vector<std::string> values) {
    auto builder = TableBuilder::create(std::move(names), TableBuilder::Rows::kCustomers);
    const std::vector<std::string_view> cells(values.begin(), values.end());
    EXPECT_TRUE(builder && builder->add(cells));
    return std::move(*builder).build();
}

Term is(std::uint16_t column) {
    return {column, TermKind::kIs, 0};
}

std::string words(std::string name, std::string value) {
    return term_words(table_of({std::move(name)}, {std::move(value)}), is(0));
}

TEST(Sentence, shares_are_never_rounded_to_all_or_none) {
    EXPECT_EQ(share_words(98, 100), "98 %");
    EXPECT_EQ(share_words(1, 1), "all");
    EXPECT_EQ(share_words(0, 7), "none");
    EXPECT_EQ(share_words(996, 1000), "99.6 %");
    EXPECT_EQ(share_words(999, 1000), "99.9 %");
    EXPECT_EQ(share_words(99'999, 100'000), "over 99.9 %");
    EXPECT_EQ(share_words(1, 100'000), "under 0.1 %");
    EXPECT_EQ(share_words(4, 1000), "0.4 %");
    EXPECT_EQ(share_words(14, 1000), "1 %");
    EXPECT_EQ(share_words(25, 1000), "3 %");
    EXPECT_EQ(share_words(994, 1000), "99 %");
}

TEST(Sentence, terms_read_as_people_say_them) {
    EXPECT_EQ(words("version", "4.2.1"), "use version 4.2.1");
    EXPECT_EQ(words("app_version", "7"), "use app version 7");
    EXPECT_EQ(words("region", "us-east"), "are in region us-east");
    EXPECT_EQ(words("plan", "pro"), "are on plan pro");
    EXPECT_EQ(words("bitrate", "2000"), "have bitrate 2000");
    EXPECT_EQ(words("reseller", ""), "have no reseller");
}

TEST(Sentence, one_term) {
    const auto table = table_of({"version"}, {"4.2.1"});
    const Answer answer{Pattern().with(is(0)), {.affected = 98, .total = 125}, 1};
    EXPECT_EQ(sentence(table, {.affected = 100, .total = 1000}, answer),
              "98 % of the affected use version 4.2.1; 3 % of the others do");
    EXPECT_EQ(sentence(table, {.affected = 98, .total = 125}, answer),
              "all of the affected use version 4.2.1; all of the others do");
    EXPECT_EQ(sentence(table, {.affected = 100, .total = 100},
                       {answer.pattern, {.affected = 98, .total = 98}, 1}),
              "98 % of the affected use version 4.2.1; nobody else is there to compare with");
    const auto places = table_of({"region"}, {"eu"});
    EXPECT_EQ(sentence(places, {.affected = 98, .total = 1000}, {answer.pattern, {98, 98}, 1}),
              "all of the affected are in region eu; none of the others are");
}

TEST(Sentence, several_terms) {
    const auto table = table_of({"version", "region", "seats"}, {"4.2.1", "eu", "5"});
    const Pattern two = Pattern().with(is(0)).with(is(1));
    const Counts all{.affected = 100, .total = 1000};
    EXPECT_EQ(
        sentence(table, all, {two, {.affected = 90, .total = 99}, 1}),
        "90 % of the affected use version 4.2.1 and are in region eu; 1 % of the others match "
        "both");
    EXPECT_EQ(
        sentence(table, all, {two.with(is(2)), {.affected = 90, .total = 90}, 1}),
        "90 % of the affected use version 4.2.1, are in region eu and have seats 5; none of the "
        "others match all three");
}

AttributeTable column_of(const std::string& name, const auto& value_of) {
    auto builder = TableBuilder::create({name}, TableBuilder::Rows::kCustomers);
    for (int row = 0; row < 128; ++row) {
        const std::string value = value_of(row);
        const std::string_view cells[] = {value};
        EXPECT_TRUE(builder->add(cells));
    }
    return std::move(*builder).build();
}

TEST(Sentence, cuts_of_times_and_numbers) {
    const auto day = [](int row) {
        const std::string number = std::to_string(row % 28 + 1);
        return "2026-0" + std::to_string(row / 28 + 1) + (number.size() == 1 ? "-0" : "-") + number;
    };
    const auto created = column_of("created_at", day);
    std::uint16_t march = 0;
    while (created.columns()[0].texts[march] < "2026-03-01") ++march;
    ASSERT_EQ(created.columns()[0].texts[march], "2026-03-01");
    EXPECT_EQ(term_words(created, {0, TermKind::kBelow, march}), "were created before 2026-03-01");
    EXPECT_EQ(term_words(created, {0, TermKind::kFrom, march}),
              "were created on or after 2026-03-01");
    const Answer answer{
        Pattern().with({0, TermKind::kBelow, march}), {.affected = 9, .total = 9}, 1};
    EXPECT_EQ(sentence(created, {.affected = 10, .total = 110}, answer),
              "90 % of the affected were created before 2026-03-01; none of the others were");
    EXPECT_EQ(term_words(column_of("renewal", day), {0, TermKind::kBelow, march}),
              "have renewal before 2026-03-01");
    const auto seats = column_of("seats", [](int row) { return std::to_string(row); });
    ASSERT_EQ(seats.columns()[0].texts[5], "10");
    EXPECT_EQ(term_words(seats, {0, TermKind::kBelow, 5}), "have seats below 10");
    EXPECT_EQ(term_words(seats, {0, TermKind::kFrom, 5}), "have seats of 10 or more");
}

TEST(Sentence, nothing_in_common_is_said) {
    const auto table = table_of({"version"}, {"4.2.1"});
    EXPECT_EQ(
        sentence(table, Explanation{.everything = {.affected = 5, .total = 9}, .answers = {}}),
        "the affected have no attribute in common");
    EXPECT_EQ(sentence(table, Explanation{.everything = {.total = 9}, .answers = {}}),
              "nobody is affected");
}

}  // namespace
}  // namespace candor::impact
