#include "impact/outcome_book.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>

namespace candor::impact {
namespace {

constexpr Timestamp kNow{1'775'350'800'000};

Outcome of(std::string_view customer, bool ok, Timestamp at = {}, std::string_view id = {}) {
    return {
        .at = at, .stream = "login", .customer = customer, .ok = ok, .attributes = {}, .id = id};
}

TEST(OutcomeBook, counts_by_minute_and_customer) {
    OutcomeBook book(1);
    EXPECT_EQ(book.count(of("acme", true), kNow), Counted::kCounted);
    EXPECT_EQ(book.count(of("acme", false), kNow), Counted::kCounted);
    EXPECT_EQ(book.count(of("bolt", true, kNow - minutes(1)), kNow), Counted::kCounted);
    const std::vector<Part> parts = book.take();
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(parts[0].minute, kNow - minutes(1));
    EXPECT_EQ(parts[0].record.customers, (std::vector<CustomerTally>{{1, {1, 0}}}));
    EXPECT_EQ(parts[1].minute, kNow);
    EXPECT_EQ(parts[1].record.total, (Tally{2, 1}));
    EXPECT_EQ(parts[1].record.customers, (std::vector<CustomerTally>{{0, {2, 1}}}));
    EXPECT_TRUE(book.take().empty());
}

TEST(OutcomeBook, late_outcomes_amend_and_older_or_future_ones_are_refused) {
    OutcomeBook book(1);
    EXPECT_EQ(book.count(of("a", true, kNow - minutes(10)), kNow), Counted::kCounted);
    EXPECT_EQ(book.count(of("a", true, kNow - minutes(10) - milliseconds(1)), kNow),
              Counted::kAmended);
    EXPECT_EQ(book.count(of("a", true, kNow - hours(24)), kNow), Counted::kAmended);
    EXPECT_EQ(book.count(of("a", true, kNow - hours(24) - milliseconds(1)), kNow),
              Counted::kTooOld);
    EXPECT_EQ(book.count(of("a", true, kNow + minutes(5)), kNow), Counted::kCounted);
    EXPECT_EQ(book.count(of("a", true, kNow + minutes(5) + milliseconds(1)), kNow),
              Counted::kTooFarAhead);
    std::uint64_t counted = 0;
    std::uint64_t amended = 0;
    for (const Part& part : book.take()) {
        counted += part.record.total.attempts;
        amended += part.record.amended;
    }
    EXPECT_EQ(counted, 4U);
    EXPECT_EQ(amended, 2U);
}

TEST(OutcomeBook, what_is_sent_twice_counts_once) {
    OutcomeBook book(1);
    EXPECT_EQ(book.count(of("a", false, kNow, "x"), kNow), Counted::kCounted);
    EXPECT_EQ(book.count(of("a", false, kNow, "x"), kNow), Counted::kRepeated);
    EXPECT_EQ(book.count(of("a", false, kNow), kNow), Counted::kCounted);
    EXPECT_EQ(book.take().front().record.total, (Tally{2, 2}));
    // Also in the next part.
    EXPECT_EQ(book.count(of("a", false, kNow, "x"), kNow + seconds(1)), Counted::kRepeated);
}

TEST(OutcomeBook, what_was_refused_may_be_sent_again) {
    OutcomeBook book(1);
    EXPECT_EQ(book.count(of("a", false, kNow + minutes(6), "x"), kNow), Counted::kTooFarAhead);
    EXPECT_EQ(book.count(of("a", false, kNow, "x"), kNow), Counted::kCounted);
}

TEST(OutcomeBook, values_beyond_the_bound_count_as_other) {
    OutcomeBook book(1);
    for (std::size_t i = 0; i < kValuesPerAttributeMax + 5; ++i) {
        const std::string value = "v" + std::to_string(i);
        const OutcomeAttribute attribute{"version", value};
        Outcome outcome = of("a", i % 2 == 0, kNow);
        outcome.attributes = {&attribute, 1};
        EXPECT_EQ(book.count(outcome, kNow), Counted::kCounted);
    }
    const MinuteRecord record = book.take().front().record;
    ASSERT_EQ(record.values.size(), kValuesPerAttributeMax + 1);
    EXPECT_EQ(record.values.front(), (ValueTally{0, kOtherValue, {5, 2}}));
    EXPECT_EQ(book.attributes(0).value_text(0, kOtherValue), "other");
    EXPECT_EQ(book.attributes(0).value_text(0, 1), "v0");
}

TEST(OutcomeBook, attributes_beyond_the_bound_are_left_out_and_the_outcome_counts) {
    OutcomeBook book(1);
    for (std::size_t i = 0; i < kAttributesPerStreamMax + 3; ++i) {
        const std::string name = "k" + std::to_string(i);
        const OutcomeAttribute attribute{name, "v"};
        Outcome outcome = of("a", true, kNow);
        outcome.attributes = {&attribute, 1};
        EXPECT_EQ(book.count(outcome, kNow), Counted::kCounted);
    }
    const MinuteRecord record = book.take().front().record;
    EXPECT_EQ(record.total.attempts, kAttributesPerStreamMax + 3);
    EXPECT_EQ(record.values.size(), kAttributesPerStreamMax);
}

TEST(OutcomeBook, remembers_what_a_customer_had_last_and_what_failed_last) {
    OutcomeBook book(1);
    const auto use = [&](std::string_view version, bool ok) {
        const OutcomeAttribute attribute{"version", version};
        Outcome outcome = of("a", ok, kNow);
        outcome.attributes = {&attribute, 1};
        book.count(outcome, kNow);
    };
    use("4.2.1", false);
    use("4.2.0", true);
    const AttributeBook& attributes = book.attributes(0);
    EXPECT_EQ(attributes.value_text(0, attributes.last(0, 0, false).value()), "4.2.0");
    EXPECT_EQ(attributes.value_text(0, attributes.last(0, 0, true).value()), "4.2.1");
    EXPECT_FALSE(attributes.last(1, 0, false));
}

TEST(OutcomeBook, there_are_at_most_so_many_streams) {
    OutcomeBook book(1);
    for (std::size_t i = 0; i < kStreamsMax; ++i) {
        const std::string stream = "s" + std::to_string(i);
        Outcome outcome = of("a", true, kNow);
        outcome.stream = stream;
        EXPECT_EQ(book.count(outcome, kNow), Counted::kCounted);
    }
    EXPECT_EQ(book.count(of("a", true, kNow), kNow), Counted::kTooManyStreams);
}

TEST(OutcomeBook, says_when_its_minutes_must_be_taken) {
    OutcomeBook book(1);
    for (int minute = 0; !book.full(); ++minute) {
        ASSERT_LT(static_cast<std::size_t>(minute), kMinutesOpenMax);
        book.count(of("a", true, kNow - minutes(minute)), kNow);
    }
    EXPECT_EQ(book.take().size(), kMinutesOpenMax);
    EXPECT_FALSE(book.full());
}

// The oracle: what a list of outcomes means, counted in the plainest way.
struct Event {
    std::string stream, customer, region, id;
    bool ok = false;
    Timestamp at;
};
using Plain = std::map<std::pair<std::string, std::int64_t>,
                       std::map<std::string, std::pair<std::uint64_t, std::uint64_t>>>;

std::vector<Event> random_events(std::mt19937_64& dice) {
    const auto roll = [&](std::uint64_t below) { return dice() % below; };
    std::vector<Event> events(roll(400));
    for (Event& e : events) {
        e = {.stream = roll(2) == 0 ? "login" : "calls",
             .customer = "c" + std::to_string(roll(30)),
             .region = "r" + std::to_string(roll(4)),
             .id = roll(3) == 0 ? "" : "id" + std::to_string(roll(300)),
             .ok = roll(3) != 0,
             .at = kNow - minutes(static_cast<std::int64_t>(roll(30)))};
    }
    return events;
}

Plain counted_plainly(const std::vector<Event>& events) {
    Plain plain;
    std::map<std::string, bool> ids;
    for (const Event& e : events) {
        if (!e.id.empty() && std::exchange(ids[e.id], true)) continue;
        auto& cell = plain[{e.stream, e.at.ms}][e.customer];
        ++cell.first;
        cell.second += e.ok ? 0 : 1;
    }
    return plain;
}

// By name, since numbers depend on the order of first sight.
Plain by_name(const OutcomeBook& book,
              const std::map<std::pair<Number, Timestamp>, MinuteRecord>& records) {
    Plain plain;
    for (const auto& [key, record] : records) {
        auto& customers = plain[{std::string(book.streams().name(key.first)), key.second.ms}];
        for (const CustomerTally& one : record.customers) {
            customers[std::string(book.customers().name(one.customer))] = {one.tally.attempts,
                                                                           one.tally.failures};
        }
    }
    return plain;
}

TEST(OutcomeBook, any_grouping_of_a_random_stream_counts_what_plain_counting_counts) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        std::mt19937_64 dice(seed);
        const std::vector<Event> events = random_events(dice);
        OutcomeBook book(seed);
        std::map<std::pair<Number, Timestamp>, MinuteRecord> records;
        const auto flush = [&] {
            std::vector<Part> parts = book.take();
            std::ranges::shuffle(parts, dice);
            for (const Part& part : parts) {
                MinuteRecord& record = records[{part.stream, part.minute}];
                const MinuteRecord stored = decode_minute(encode_minute(part.record)).value();
                record = dice() % 2 == 0 ? merged(record, stored) : merged(stored, record);
            }
        };
        for (const Event& e : events) {
            const OutcomeAttribute region{"region", e.region};
            book.count({.at = e.at,
                        .stream = e.stream,
                        .customer = e.customer,
                        .ok = e.ok,
                        .attributes = {&region, 1},
                        .id = e.id},
                       kNow);
            if (dice() % 50 == 0) flush();
        }
        flush();
        EXPECT_EQ(by_name(book, records), counted_plainly(events)) << "seed " << seed;
        for (const auto& [key, record] : records) {
            Tally customers;
            Tally values;
            for (const CustomerTally& one : record.customers) customers += one.tally;
            for (const ValueTally& one : record.values) values += one.tally;
            EXPECT_EQ(customers, record.total) << "seed " << seed;
            EXPECT_EQ(values, record.total) << "seed " << seed;
        }
    }
}

}  // namespace
}  // namespace candor::impact
