#include "tests/impact/worlds.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/time.h"
#include "impact/table_builder.h"

namespace candor::impact::worlds {

namespace {

// The share of the rows that a cause may have at most: beyond it the others would be the minority.
constexpr std::size_t kCauseShareMax = 2;
constexpr std::size_t kCauseRowsMin = 100;

// A value of one column; low ones are drawn more often, as plans and regions are.
std::size_t draw(Dice& dice, std::size_t values) {
    return std::min(dice.below(values), dice.below(values));
}

AttributeTable attributes(Dice& dice, Size size) {
    std::vector<std::string> names;
    std::vector<std::size_t> values;
    for (std::size_t column = 0; column + 1 < size.columns; ++column) {
        names.push_back("attribute" + std::to_string(column));
        // In a small table few values, so that some of them have rows enough for a cause.
        const std::size_t most = std::clamp<std::size_t>(size.rows / (2 * kCauseRowsMin), 2, 20);
        values.push_back(dice.between(2, most));
    }
    names.push_back("created");
    auto builder = TableBuilder::create(names, TableBuilder::Rows::kCustomers);
    CHECK(builder.has_value());
    std::vector<std::string> cells(size.columns);
    for (std::size_t row = 0; row < size.rows; ++row) {
        for (std::size_t column = 0; column < values.size(); ++column) {
            cells[column] = "v" + std::to_string(draw(dice, values[column]));
        }
        const auto day = static_cast<std::int64_t>(20'000 + dice.below(1'000));
        cells.back() = format_date(Timestamp{} + days(day));
        const std::vector<std::string_view> views(cells.begin(), cells.end());
        CHECK(builder->add(views).has_value());
    }
    return std::move(*builder).build();
}

// A row's own values on one to three columns, so that somebody has them.
Pattern draw_cause(Dice& dice, const AttributeTable& table) {
    while (true) {
        const std::size_t row = dice.below(table.rows());
        const std::size_t labels = table.columns().size() - 1;
        const std::size_t terms = dice.between(1, std::min(labels, kTermsPerPatternMax));
        Pattern cause;
        std::vector<bool> used(table.columns().size());
        while (cause.size() < terms) {
            const std::size_t column = dice.below(labels);
            if (used[column]) continue;
            used[column] = true;
            cause = cause.with(
                {static_cast<std::uint16_t>(column), TermKind::kIs, table.row(row)[column]});
        }
        const std::size_t rows = table.rows_of(cause).count();
        if (rows >= kCauseRowsMin && rows * kCauseShareMax <= table.rows()) return cause;
    }
}

}  // namespace

AttributeTable customers(std::uint64_t seed, Size size) {
    Dice dice(seed);
    return attributes(dice, size);
}

World planted(std::uint64_t seed, Size size) {
    Dice dice(seed);
    World world;
    world.table = attributes(dice, size);
    world.cause = draw_cause(dice, world.table);
    for (std::size_t row = 0; row < size.rows; ++row) {
        const bool inside = world.table.matches(row, world.cause);
        if (dice.chance(inside ? 0.9 : 0.003)) {
            world.affected.push_back(static_cast<std::uint32_t>(row));
        }
    }
    return world;
}

World noise(std::uint64_t seed, Size size) {
    Dice dice(seed);
    World world;
    world.table = attributes(dice, size);
    constexpr std::array kRates = {0.003, 0.01, 0.03, 0.1, 0.3};
    const double rate = kRates[dice.below(kRates.size())];
    for (std::size_t row = 0; row < size.rows; ++row) {
        if (dice.chance(rate)) world.affected.push_back(static_cast<std::uint32_t>(row));
    }
    return world;
}

AttributeTable counted(std::uint64_t seed) {
    Dice dice(seed);
    const std::size_t labels = dice.between(1, 4);
    const bool numbers = dice.below(3) == 0;
    const bool history = dice.below(2) == 0;
    const std::size_t values = dice.between(2, 5);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < labels; ++i) names.push_back("a" + std::to_string(i));
    if (numbers) names.push_back("number");
    auto builder = TableBuilder::create(names, TableBuilder::Rows::kCounted);
    CHECK(builder.has_value());
    const std::size_t bad_value = dice.below(values);
    const std::size_t bad_column = dice.below(labels);
    const std::size_t bad_rate = dice.below(100);
    const std::size_t rows = dice.between(1, 200);
    for (std::size_t row = 0; row < rows; ++row) {
        std::vector<std::string> cells;
        bool bad = true;
        for (std::size_t i = 0; i < labels; ++i) {
            const std::size_t value = draw(dice, values);
            if (i <= bad_column) bad = bad && value == bad_value;
            cells.push_back(std::to_string(value));
        }
        if (numbers) cells.push_back(dice.below(20) == 0 ? "" : std::to_string(dice.below(1000)));
        Counts counts{.total = dice.below(60)};
        counts.affected = dice.below(counts.total * (bad ? bad_rate : 3) / 100 + 1);
        if (history) counts.history_total = dice.below(200);
        counts.history_affected = dice.below(counts.history_total / 20 + 1);
        const std::vector<std::string_view> views(cells.begin(), cells.end());
        CHECK(builder->add(views, counts).has_value());
    }
    return std::move(*builder).build();
}

std::string text(const AttributeTable& table, const Pattern& pattern) {
    std::string out;
    for (const Term term : pattern.terms()) {
        out +=
            (out.empty() ? "" : " ") + table.columns()[term.column].name + "=" + table.text(term);
    }
    return out;
}

}  // namespace candor::impact::worlds
