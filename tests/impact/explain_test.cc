// What is named first, what beside it, and when nothing is.

#include "impact/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/time.h"
#include "impact/sentence.h"
#include "impact/table_builder.h"
#include "tests/impact/worlds.h"

namespace candor::impact {
namespace {

std::vector<std::string> answers_of(const AttributeTable& table, const Explanation& explanation) {
    std::vector<std::string> out;
    for (const Answer& answer : explanation.answers) {
        out.push_back(worlds::text(table, answer.pattern));
    }
    return out;
}

std::string first_of(const AttributeTable& table, const Explanation& explanation) {
    const auto answers = answers_of(table, explanation);
    return answers.empty() ? "" : answers.front();
}

struct Row {
    std::vector<std::string> cells;
    Counts counts;
};

AttributeTable table_of(const std::vector<std::string>& names, const std::vector<Row>& rows) {
    auto builder = TableBuilder::create(names, TableBuilder::Rows::kCounted);
    for (const Row& row : rows) {
        const std::vector<std::string_view> cells(row.cells.begin(), row.cells.end());
        EXPECT_TRUE(builder->add(cells, row.counts));
    }
    return std::move(*builder).build();
}

TEST(Explain, planted_causes_come_first) {
    int first = 0;
    constexpr int kSeeds = 60;
    for (int seed = 1; seed <= kSeeds; ++seed) {
        const auto world =
            worlds::planted(static_cast<std::uint64_t>(seed), {.rows = 10'000, .columns = 12});
        const Explanation explanation = explain(world.table, world.affected);
        first += !explanation.answers.empty() && explanation.answers[0].pattern == world.cause;
    }
    EXPECT_GE(first, kSeeds - 1);
}

TEST(Explain, noise_has_nothing_in_common) {
    int none = 0;
    constexpr int kSeeds = 60;
    for (int seed = 1; seed <= kSeeds; ++seed) {
        worlds::Dice dice(static_cast<std::uint64_t>(seed));
        const auto world = worlds::noise(static_cast<std::uint64_t>(seed),
                                         {.rows = dice.between(100, 10'000), .columns = 12});
        none += explain(world.table, world.affected).answers.empty();
    }
    EXPECT_GE(none, kSeeds - 1);
}

TEST(Explain, the_numbers_of_each_answer_are_those_of_the_table) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const AttributeTable table = worlds::counted(seed);
        const Explanation explanation = explain(table);
        EXPECT_LE(explanation.answers.size(), kAnswersMax);
        std::vector<std::vector<bool>> selected;
        for (const Answer& answer : explanation.answers) {
            Counts sum;
            std::vector<bool> rows(table.rows());
            for (std::size_t row = 0; row < table.rows(); ++row) {
                rows[row] = table.matches(row, answer.pattern);
                if (rows[row]) sum += table.counts()[row];
            }
            EXPECT_EQ(sum, answer.counts);
            EXPECT_GE(answer.coverage, 0);
            EXPECT_LE(answer.coverage, 1);
            EXPECT_EQ(std::ranges::find(selected, rows), selected.end()) << "said twice";
            selected.push_back(rows);
        }
    }
}

TEST(Explain, the_same_table_has_the_same_answer) {
    const auto world = worlds::planted(5, {.rows = 5'000, .columns = 8});
    const auto again = worlds::planted(5, {.rows = 5'000, .columns = 8});
    EXPECT_EQ(answers_of(world.table, explain(world.table, world.affected)),
              answers_of(again.table, explain(again.table, again.affected)));
}

// Customers one by one, and the same customers counted by their attributes.
TEST(Explain, counted_rows_and_customers_agree) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const auto world = worlds::planted(seed, {.rows = 2'000, .columns = 5});
        std::vector<std::string> names;
        for (const Column& column : world.table.columns()) names.push_back(column.name);
        names.pop_back();  // dates would be cut elsewhere
        auto customers = TableBuilder::create(names, TableBuilder::Rows::kCustomers);
        auto counted = TableBuilder::create(names, TableBuilder::Rows::kCounted);
        for (std::size_t row = 0; row < world.table.rows(); ++row) {
            std::vector<std::string> cells;
            for (std::uint16_t column = 0; column < names.size(); ++column) {
                cells.push_back(
                    world.table.text({column, TermKind::kIs, world.table.row(row)[column]}));
            }
            const std::vector<std::string_view> views(cells.begin(), cells.end());
            const bool hit = std::ranges::binary_search(world.affected, row);
            ASSERT_TRUE(customers->add(views));
            ASSERT_TRUE(counted->add(views, {.affected = hit ? 1u : 0u, .total = 1}));
        }
        const AttributeTable one = std::move(*customers).build();
        const AttributeTable other = std::move(*counted).build();
        EXPECT_EQ(answers_of(one, explain(one, world.affected)), answers_of(other, explain(other)));
    }
}

TEST(Explain, two_values_of_one_attribute_are_named_together) {
    std::vector<Row> rows;
    for (const std::string region : {"eu", "us"}) {
        for (int version = 1; version <= 6; ++version) {
            const bool bad = version == 2 || version == 5;
            const std::uint64_t affected = bad ? (region == "eu" ? 300u : 200u) : 4u;
            rows.push_back(
                {{std::to_string(version), region}, {.affected = affected, .total = 500}});
        }
    }
    const AttributeTable table = table_of({"version", "region"}, rows);
    const auto answers = answers_of(table, explain(table));
    ASSERT_GE(answers.size(), 2u);
    const std::vector<std::string> first(answers.begin(), answers.begin() + 2);
    EXPECT_THAT(first, ::testing::UnorderedElementsAre("version=2", "version=5"));
}

TEST(Explain, two_causes_are_both_named) {
    std::vector<Row> rows;
    for (int plan = 0; plan < 6; ++plan) {
        for (int region = 0; region < 6; ++region) {
            Counts counts{.affected = 2, .total = 400};
            if (plan == 1) counts.affected = 350;
            if (region == 3) counts.affected = 180;
            rows.push_back({{std::to_string(plan), std::to_string(region)}, counts});
        }
    }
    const AttributeTable table = table_of({"plan", "region"}, rows);
    const auto answers = answers_of(table, explain(table));
    ASSERT_GE(answers.size(), 2u);
    EXPECT_EQ(answers[0], "plan=1");
    EXPECT_EQ(answers[1], "region=3");
}

TEST(Explain, what_says_the_same_is_said_once) {
    std::vector<Row> rows;
    for (int i = 0; i < 10; ++i) {
        const std::string shard = std::to_string(i);
        rows.push_back(
            {{"shard" + shard, "host" + shard}, {.affected = i == 4 ? 95u : 1u, .total = 100}});
    }
    const AttributeTable table = table_of({"shard", "host"}, rows);
    EXPECT_EQ(answers_of(table, explain(table)), std::vector<std::string>{"shard=shard4"});
}

TEST(Explain, a_cut_of_a_time_is_an_answer_like_any_other) {
    const auto customers = [](bool early) {
        std::vector<Row> rows;
        for (int day = 0; day < 640; ++day) {
            const bool hit = early ? day < 160 : day >= 480;
            const std::string date = format_date(Timestamp{} + days(20'000 + day));
            rows.push_back(
                {{date, day % 2 == 0 ? "eu" : "us"}, {.affected = hit ? 9u : 0u, .total = 10}});
        }
        return table_of({"created", "region"}, rows);
    };
    const AttributeTable early = customers(true);
    EXPECT_EQ(first_of(early, explain(early)),
              "created=< " + format_date(Timestamp{} + days(20'160)));
    EXPECT_EQ(sentence(early, explain(early)),
              "all of the affected were created before 2025-03-13; 3 % of the others were");
    const AttributeTable late = customers(false);
    EXPECT_EQ(first_of(late, explain(late)),
              "created=>= " + format_date(Timestamp{} + days(20'480)));
}

TEST(Explain, a_history_of_trouble_explains_nothing_new) {
    // Plan "old" always fails a lot; now region "eu" does as well.
    std::vector<Row> rows;
    for (const std::string plan : {"old", "new"}) {
        for (const std::string region : {"eu", "us", "ap"}) {
            const std::uint64_t usual = plan == "old" ? 100 : 5;
            rows.push_back({{plan, region},
                            {.affected = usual + (region == "eu" ? 60u : 0u),
                             .total = 500,
                             .history_affected = usual * 4,
                             .history_total = 2000}});
        }
    }
    const AttributeTable table = table_of({"plan", "region"}, rows);
    EXPECT_EQ(first_of(table, explain(table)), "region=eu");
}

TEST(Explain, tables_with_nothing_to_say) {
    const AttributeTable empty = table_of({"a"}, {});
    EXPECT_TRUE(explain(empty).answers.empty());
    const AttributeTable nobody = table_of({"a"}, {{{"x"}, {.affected = 0, .total = 10}}});
    EXPECT_TRUE(explain(nobody).answers.empty());
    const AttributeTable everybody = table_of(
        {"a"}, {{{"x"}, {.affected = 50, .total = 50}}, {{"y"}, {.affected = 50, .total = 50}}});
    EXPECT_TRUE(explain(everybody).answers.empty());
    const AttributeTable gone = table_of(
        {"a"}, {{{"x"}, {.affected = 0, .total = 0, .history_affected = 3, .history_total = 9}}});
    EXPECT_TRUE(explain(gone).answers.empty());
}

}  // namespace
}  // namespace candor::impact
