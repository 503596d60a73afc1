#include "tests/contract/outcomes_contract.h"

namespace candor::test {

void OutcomesContract::reopen() {
    store_.reset();
    auto opened = open_();
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
}

std::vector<std::string> OutcomesContract::names() {
    std::vector<std::string> out;
    const auto done = store_->names([&](const NameKey& key, std::string_view name) {
        out.push_back(std::to_string(static_cast<int>(key.list)) + '/' +
                      std::to_string(key.stream) + '/' + std::to_string(key.attribute) + '/' +
                      std::to_string(key.number) + ' ' + std::string(name));
        return Result<void>();
    });
    EXPECT_TRUE(done) << done.error().message;
    return out;
}

std::vector<std::string> OutcomesContract::minutes(std::uint32_t stream, Timestamp from,
                                                   Timestamp to) {
    std::vector<std::string> out;
    const auto done = store_->minutes(stream, from, to, [&](Timestamp at, std::string_view bytes) {
        out.push_back(std::to_string(at.ms) + ' ' + std::string(bytes));
        return Result<void>();
    });
    EXPECT_TRUE(done) << done.error().message;
    return out;
}

namespace {

using Lines = std::vector<std::string>;

TEST_P(OutcomesContract, is_empty_at_first_and_keeps_its_seed) {
    EXPECT_EQ(names(), Lines{});
    EXPECT_EQ(store_->minute(0, {60'000}).value(), std::nullopt);
    const std::uint64_t seed = store_->seed().value();
    reopen();
    EXPECT_EQ(store_->seed().value(), seed);
}

TEST_P(OutcomesContract, what_was_committed_is_there_after_a_restart) {
    ASSERT_TRUE(store_->commit(
        {.names = {{{.list = NameList::kValues, .stream = 1, .attribute = 2, .number = 1}, "x"},
                   {{.list = NameList::kCustomers, .number = 0}, "acme"},
                   {{.list = NameList::kStreams, .number = 0}, "login"}},
         .minutes = {{0, {60'000}, "one"}, {1, {60'000}, std::string("a\0b", 3)}}}));
    reopen();
    EXPECT_EQ(names(), (Lines{"0/0/0/0 acme", "1/0/0/0 login", "3/1/2/1 x"}));
    EXPECT_EQ(store_->minute(0, {60'000}).value(), "one");
    EXPECT_EQ(store_->minute(1, {60'000}).value(), std::string("a\0b", 3));
}

TEST_P(OutcomesContract, a_minute_is_replaced_whole) {
    ASSERT_TRUE(store_->commit({.names = {}, .minutes = {{0, {60'000}, "one"}}}));
    ASSERT_TRUE(store_->commit({.names = {}, .minutes = {{0, {60'000}, "two"}}}));
    EXPECT_EQ(store_->minute(0, {60'000}).value(), "two");
}

TEST_P(OutcomesContract, minutes_come_in_order_and_the_end_is_left_out) {
    ASSERT_TRUE(store_->commit({.names = {},
                                .minutes = {{0, {180'000}, "c"},
                                            {0, {60'000}, "a"},
                                            {1, {60'000}, "other"},
                                            {0, {120'000}, "b"}}}));
    EXPECT_EQ(minutes(0, {60'000}, {180'000}), (Lines{"60000 a", "120000 b"}));
    EXPECT_EQ(minutes(0, {0}, {600'000}), (Lines{"60000 a", "120000 b", "180000 c"}));
    EXPECT_EQ(minutes(2, {0}, {600'000}), Lines{});
}

TEST_P(OutcomesContract, a_number_is_given_once_and_a_refused_commit_changes_nothing) {
    const NameKey first{.list = NameList::kCustomers, .number = 0};
    ASSERT_TRUE(store_->commit({.names = {{first, "acme"}}, .minutes = {}}));
    EXPECT_EQ(store_->commit({.names = {{first, "bolt"}}, .minutes = {{0, {60'000}, "one"}}})
                  .error()
                  .code,
              ErrorCode::kConflict);
    EXPECT_EQ(names(), Lines{"0/0/0/0 acme"});
    EXPECT_EQ(store_->minute(0, {60'000}).value(), std::nullopt);
}

TEST_P(OutcomesContract, the_bounds_of_a_commit_hold) {
    OutcomeCommit commit;
    for (std::size_t i = 0; i <= kMinutesPerCommitMax; ++i) {
        commit.minutes.push_back({0, {static_cast<std::int64_t>(i) * 60'000}, "x"});
    }
    EXPECT_EQ(store_->commit(commit).error().code, ErrorCode::kTooLarge);
    commit.minutes.pop_back();
    EXPECT_TRUE(store_->commit(commit));
}

TEST_P(OutcomesContract, old_minutes_are_forgotten_in_steps) {
    ASSERT_TRUE(store_->commit(
        {.names = {},
         .minutes = {
             {0, {60'000}, "a"}, {1, {60'000}, "a"}, {0, {120'000}, "b"}, {0, {180'000}, "c"}}}));
    EXPECT_TRUE(store_->forget({180'000}, 2).value());
    EXPECT_FALSE(store_->forget({180'000}, 2).value());
    EXPECT_EQ(minutes(0, {0}, {600'000}), Lines{"180000 c"});
    EXPECT_EQ(minutes(1, {0}, {600'000}), Lines{});
}

TEST_P(OutcomesContract, an_error_of_the_visitor_ends_the_visit) {
    ASSERT_TRUE(store_->commit(
        {.names = {{{.number = 0}, "a"}, {{.number = 1}, "b"}}, .minutes = {{0, {60'000}, "a"}}}));
    int visits = 0;
    const auto stop = [&]() -> Result<void> {
        ++visits;
        return fail(ErrorCode::kInvalid, "enough");
    };
    EXPECT_EQ(store_->names([&](const NameKey&, std::string_view) { return stop(); }).error().code,
              ErrorCode::kInvalid);
    EXPECT_EQ(
        store_->minutes(0, {0}, {600'000}, [&](Timestamp, std::string_view) { return stop(); })
            .error()
            .code,
        ErrorCode::kInvalid);
    EXPECT_EQ(visits, 2);
    EXPECT_TRUE(store_->commit({.names = {}, .minutes = {{0, {120'000}, "b"}}}));
}

}  // namespace
}  // namespace candor::test
