#include "impact/table_builder.h"

#include <gtest/gtest.h>

#include "impact/population.h"

namespace candor::impact {
namespace {

using Rows = TableBuilder::Rows;

TableBuilder builder(std::vector<std::string> columns, Rows rows = Rows::kCustomers) {
    auto created = TableBuilder::create(std::move(columns), rows);
    EXPECT_TRUE(created) << created.error().message;
    return std::move(*created);
}

AttributeTable one_column(std::size_t rows, const auto& value_of) {
    TableBuilder out = builder({"x"});
    for (std::size_t row = 0; row < rows; ++row) {
        const std::string value = value_of(row);
        const std::string_view cells[] = {value};
        EXPECT_TRUE(out.add(cells));
    }
    return std::move(out).build();
}

std::string number(std::size_t row) {
    return std::to_string(row);
}

TEST(TableBuilder, few_numbers_are_labels_and_many_are_cut) {
    const auto labels = one_column(1000, [](std::size_t row) { return number(row % kScalarsMin); });
    EXPECT_EQ(labels.columns()[0].kind, ColumnKind::kLabels);
    EXPECT_EQ(labels.codes(0), kScalarsMin);
    const auto numbers =
        one_column(1000, [](std::size_t row) { return number(row % (kScalarsMin + 1)); });
    EXPECT_EQ(numbers.columns()[0].kind, ColumnKind::kNumbers);
    EXPECT_LE(numbers.codes(0), kBinsMax);
    EXPECT_GT(numbers.codes(0), kBinsMax / 2);
    const auto words = one_column(1000, [](std::size_t row) { return "v" + number(row % 70); });
    EXPECT_EQ(words.columns()[0].kind, ColumnKind::kLabels);
    const auto mixed = one_column(1000, [](std::size_t row) {
        return row % 2 == 0 ? number(row % 200) : "2026-01-0" + number(1 + row % 9);
    });
    EXPECT_EQ(mixed.columns()[0].kind, ColumnKind::kLabels);
}

TEST(TableBuilder, cuts_hold_about_as_many_rows_each_and_agree_with_the_numbers) {
    const auto table = one_column(6400, [](std::size_t row) {
        return row % 10 == 0 ? std::string() : number((row * 7919) % 6400);
    });
    ASSERT_EQ(table.columns()[0].kind, ColumnKind::kNumbers);
    ASSERT_EQ(table.codes(0), kBinsMax);
    for (const std::uint32_t size : table.sizes(0)) EXPECT_NEAR(size, 90, 1);
    for (std::uint16_t edge = 1; edge < table.codes(0); ++edge) {
        const Term below{0, TermKind::kBelow, edge};
        const Term from{0, TermKind::kFrom, edge};
        const RowSet lower = table.sets(0).rows(below);
        const RowSet upper = table.sets(0).rows(from);
        const auto at = static_cast<std::size_t>(std::stoi(table.columns()[0].texts[edge]));
        for (std::size_t row = 0; row < table.rows(); ++row) {
            const bool given = row % 10 != 0;
            ASSERT_EQ(lower.contains(row), given && (row * 7919) % 6400 < at);
            ASSERT_EQ(upper.contains(row), given && (row * 7919) % 6400 >= at);
            ASSERT_EQ(table.matches(row, below), lower.contains(row));
            ASSERT_EQ(table.matches(row, from), upper.contains(row));
        }
    }
    EXPECT_EQ(table.text({0, TermKind::kBelow, 1}), "< " + table.columns()[0].texts[1]);
    EXPECT_EQ(table.text({0, TermKind::kFrom, 1}), ">= " + table.columns()[0].texts[1]);
}

TEST(TableBuilder, rare_and_frequent_values_know_their_rows) {
    const auto value_of = [](std::size_t row) {
        return row % 3 == 0 ? std::string("often") : "rare " + number(row % 500);
    };
    const auto table = one_column(10'000, value_of);
    for (std::uint16_t code = 0; code < table.codes(0); ++code) {
        const Term term{0, TermKind::kIs, code};
        const RowSet rows = table.sets(0).rows(term);
        EXPECT_EQ(rows.count(), table.sizes(0)[code]);
        EXPECT_EQ(table.sets(0).kept(term) != nullptr, table.text(term) == "often");
        for (std::size_t row = 0; row < table.rows(); ++row) {
            ASSERT_EQ(rows.contains(row), value_of(row) == table.text(term));
        }
    }
}

TEST(TableBuilder, a_column_of_names_is_left_out) {
    TableBuilder out = builder({"name", "region"});
    for (std::size_t row = 0; row <= kLabelsMax; ++row) {
        const std::string name = "customer " + number(row);
        const std::string_view cells[] = {name, "eu"};
        ASSERT_TRUE(out.add(cells));
    }
    EXPECT_EQ(out.left_out(), std::vector<std::string>{"name"});
    const AttributeTable table = std::move(out).build();
    ASSERT_EQ(table.columns().size(), 1u);
    EXPECT_EQ(table.columns()[0].name, "region");
    EXPECT_EQ(table.row(5)[0], 0);
}

TEST(TableBuilder, as_many_labels_as_codes_are_kept) {
    const auto table = one_column(kLabelsMax, [](std::size_t row) { return "v" + number(row); });
    EXPECT_EQ(table.codes(0), kLabelsMax);
}

TEST(TableBuilder, names_are_given_unique_and_bounded) {
    const auto refused = [](std::vector<std::string> columns) {
        return !TableBuilder::create(std::move(columns), Rows::kCustomers);
    };
    EXPECT_TRUE(refused({}));
    EXPECT_TRUE(refused({"a", ""}));
    EXPECT_TRUE(refused({"a", "b", "a"}));
    EXPECT_TRUE(refused({std::string(kTextBytesMax + 1, 'a')}));
    EXPECT_FALSE(refused({std::string(kTextBytesMax, 'a')}));
    std::vector<std::string> many;
    for (std::size_t i = 0; i < kColumnsMax; ++i) many.push_back(number(i));
    EXPECT_FALSE(refused(many));
    many.push_back("one more");
    EXPECT_TRUE(refused(many));
}

TEST(TableBuilder, rows_are_bounded) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < kColumnsMax; ++i) names.push_back(number(i));
    TableBuilder out = builder(names);
    const std::vector<std::string_view> cells(kColumnsMax, "x");
    for (std::size_t row = 0; row < kCellsMax / kColumnsMax; ++row) {
        const auto added = out.add(cells);
        ASSERT_TRUE(added) << added.error().message;
    }
    EXPECT_EQ(out.add(cells).error().code, ErrorCode::kTooLarge);
    EXPECT_EQ(out.rows(), kCellsMax / kColumnsMax);
}

TEST(TableBuilder, a_single_column_has_a_bound_of_rows_too) {
    TableBuilder out = builder({"x"});
    const std::string_view cells[] = {"x"};
    for (std::size_t row = 0; row < kRowsMax; ++row) ASSERT_TRUE(out.add(cells));
    EXPECT_EQ(out.add(cells).error().code, ErrorCode::kTooLarge);
}

TEST(TableBuilder, values_and_counts_are_bounded) {
    TableBuilder out = builder({"x"}, Rows::kCounted);
    const std::string long_one(kTextBytesMax + 1, 'x');
    const auto refused = [&](std::string_view value, const Counts& counts) {
        const std::string_view cells[] = {value};
        return !out.add(cells, counts);
    };
    EXPECT_TRUE(refused(long_one, {}));
    EXPECT_FALSE(refused(std::string_view(long_one).substr(1), {}));
    EXPECT_TRUE(refused("v", {.affected = 2, .total = 1}));
    EXPECT_TRUE(refused("v", {.history_affected = 2, .history_total = 1}));
    EXPECT_TRUE(refused("v", {.total = kCountMax + 1}));
    EXPECT_TRUE(refused("v", {.history_total = kCountMax + 1}));
    EXPECT_FALSE(refused("v", {.affected = kCountMax, .total = kCountMax}));
    EXPECT_EQ(out.rows(), 2u);
    const std::string_view two[] = {"a", "b"};
    EXPECT_FALSE(out.add(two));
}

TEST(TableBuilder, the_text_of_a_column_is_bounded) {
    TableBuilder out = builder({"x"});
    std::size_t added = 0;
    for (bool good = true; good; ++added) {
        std::string value = number(added);
        value.resize(kTextBytesMax, 'x');
        const std::string_view cells[] = {value};
        good = out.add(cells).has_value();
    }
    EXPECT_EQ(added - 1, kColumnTextBytesMax / kTextBytesMax);
}

}  // namespace
}  // namespace candor::impact
