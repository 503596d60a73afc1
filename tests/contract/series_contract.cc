#include "tests/contract/series_contract.h"

#include <limits>
#include <map>
#include <random>

namespace candor::test {

Observation observation(const std::string& check, std::uint64_t number, Timestamp at,
                        std::int64_t total_us) {
    Observation o;
    o.check = CheckId{check};
    o.number = number;
    o.at = at;
    o.timing.total_us = total_us;
    return o;
}

void SeriesContract::maintain_all(Timestamp now, Duration keep) {
    for (int i = 0; i < 10'000; ++i) {
        const auto more = series_->maintain(now, keep);
        ASSERT_TRUE(more) << more.error().message;
        if (!*more) return;
    }
    FAIL() << "maintain() never came to an end";
}

namespace {

constexpr Timestamp kNoon{1'775'304'000'000};  // 2026-04-04T12:00:00Z

// Counts observations from scratch, independently of any store.
std::vector<Rollup> recount(const std::vector<Observation>& all, const std::string& check,
                            Resolution resolution, Timestamp from, Timestamp to) {
    std::map<std::int64_t, Rollup> found;
    const std::int64_t step = resolution_step(resolution).ms;
    for (const Observation& o : all) {
        const std::int64_t start = o.at.ms / step * step;
        const bool judged =
            o.result == ObservationResult::kPass || o.result == ObservationResult::kFail;
        if (o.check.value != check || o.blind || !judged) continue;
        if (start < from.ms || start >= to.ms) continue;
        Rollup& r = found[start];
        r.start = Timestamp{start};
        if (o.result == ObservationResult::kFail) {
            r.failed += 1;
        } else {
            r.passed += 1;
            r.total_us_sum += o.timing.total_us;
            r.total_us_max = std::max(r.total_us_max, o.timing.total_us);
            r.latency[latency_bucket(o.timing.total_us)] += 1;
        }
    }
    std::vector<Rollup> rollups;
    for (const auto& [start, r] : found) rollups.push_back(r);
    return rollups;
}

std::vector<std::uint64_t> numbers_of(const std::vector<Observation>& observations) {
    std::vector<std::uint64_t> numbers;
    for (const Observation& o : observations) numbers.push_back(o.number);
    return numbers;
}

TEST_P(SeriesContract, empty_series_has_zeros) {
    EXPECT_EQ(series_->last_number().value(), 0u);
    EXPECT_EQ(series_->last_at().value(), Timestamp{});
    EXPECT_TRUE(series_->newest(CheckId{"a"}, 10)->empty());
    EXPECT_TRUE(series_->observations_after(CheckId{"a"}, 0, 10)->empty());
    EXPECT_TRUE(series_->rollups(CheckId{"a"}, Resolution::kDay, kNoon, kNoon + days(1))->empty());
    EXPECT_TRUE(series_->append({}));
    EXPECT_FALSE(series_->maintain(kNoon, days(35)).value());
}

TEST_P(SeriesContract, an_observation_comes_back_whole) {
    Observation o = observation("directory-http", 7, kNoon, 12'345);
    o.result = ObservationResult::kFail;
    o.evidence = {FailureKind::kHttpStatus, 503, 200};
    o.timing = {1, 22, 333, 4'444, 55'555};
    o.certificate_expires = kNoon + days(30);
    o.detail = "10.0.0.7: \xc3\xa9 odd";
    o.blind = true;
    Observation plain = observation("directory-http", 8, kNoon + seconds(1), 0);
    plain.result = ObservationResult::kLog;
    ASSERT_TRUE(series_->append({{o, plain}}));
    reopen();
    const auto found = series_->observations_after(CheckId{"directory-http"}, 0, 10);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(*found, (std::vector<Observation>{o, plain}));
    EXPECT_EQ(series_->last_number().value(), 8u);
    EXPECT_EQ(series_->last_at().value(), kNoon + seconds(1));
}

TEST_P(SeriesContract, reads_are_by_check_in_order_and_limited) {
    std::vector<Observation> all;
    for (std::uint64_t n = 1; n <= 20; ++n) {
        all.push_back(observation(n % 2 == 0 ? "even" : "odd", n, kNoon));
    }
    ASSERT_TRUE(series_->append(all));
    const CheckId even{"even"};
    using Numbers = std::vector<std::uint64_t>;
    EXPECT_EQ(numbers_of(*series_->observations_after(even, 14, 100)), (Numbers{16, 18, 20}));
    EXPECT_EQ(numbers_of(*series_->observations_after(even, 0, 2)), (Numbers{2, 4}));
    EXPECT_EQ(numbers_of(*series_->newest(even, 3)), (Numbers{20, 18, 16}));
    EXPECT_TRUE(
        series_->observations_after(even, std::numeric_limits<std::uint64_t>::max(), 9)->empty());
    EXPECT_EQ(series_->newest(even, std::numeric_limits<std::size_t>::max())->size(), 10u);
}

TEST_P(SeriesContract, numbers_must_rise) {
    ASSERT_TRUE(series_->append({{observation("a", 5, kNoon)}}));
    EXPECT_EQ(series_->append({{observation("a", 5, kNoon)}}).error().code, ErrorCode::kInvalid);
    EXPECT_EQ(series_->append({{observation("b", 4, kNoon)}}).error().code, ErrorCode::kInvalid);
    const std::vector<Observation> inside{observation("new", 7, kNoon), observation("a", 6, kNoon)};
    EXPECT_EQ(series_->append(inside).error().code, ErrorCode::kInvalid);
    EXPECT_EQ(series_->last_number().value(), 5u);
    EXPECT_TRUE(series_->newest(CheckId{"new"}, 1)->empty());
    reopen();
    EXPECT_EQ(series_->append({{observation("a", 5, kNoon)}}).error().code, ErrorCode::kInvalid);
    EXPECT_TRUE(series_->append({{observation("a", 9, kNoon)}}));
}

TEST_P(SeriesContract, bounds_are_hit_exactly) {
    Observation o = observation("a", 1, kNoon);
    o.detail = std::string(kDetailBytesMax, 'd');
    ASSERT_TRUE(series_->append({{o}}));
    o.number = 2;
    o.detail += 'd';
    EXPECT_EQ(series_->append({{o}}).error().code, ErrorCode::kTooLarge);
    const std::string longest(kCheckIdBytesMax, 'c');
    EXPECT_TRUE(series_->append({{observation(longest, 2, kNoon)}}));
    EXPECT_EQ(series_->append({{observation(longest + "c", 3, kNoon)}}).error().code,
              ErrorCode::kTooLarge);
    EXPECT_EQ(series_->append({{observation("", 3, kNoon)}}).error().code, ErrorCode::kInvalid);
    std::vector<Observation> many;
    for (std::uint64_t n = 0; n <= kObservationsPerAppendMax; ++n) {
        many.push_back(observation("m", 10 + n, kNoon));
    }
    EXPECT_EQ(series_->append(many).error().code, ErrorCode::kTooLarge);
    many.pop_back();
    EXPECT_TRUE(series_->append(many));
    const auto minutes_of = [&](std::size_t n) {
        return series_->rollups(CheckId{"a"}, Resolution::kMinute, kNoon,
                                kNoon + minutes(static_cast<std::int64_t>(n)));
    };
    EXPECT_TRUE(minutes_of(kRollupsPerReadMax));
    EXPECT_EQ(minutes_of(kRollupsPerReadMax + 1).error().code, ErrorCode::kTooLarge);
    EXPECT_TRUE(series_->rollups(CheckId{"a"}, Resolution::kDay, kNoon, kNoon - days(1))->empty());
}

TEST_P(SeriesContract, blind_silent_and_logged_are_stored_but_not_counted) {
    std::vector<Observation> all;
    for (std::uint64_t n = 1; n <= 6; ++n) all.push_back(observation("a", n, kNoon));
    all[0].blind = true;
    all[1].blind = true;
    all[1].result = ObservationResult::kFail;
    all[2].result = ObservationResult::kSilent;
    all[3].result = ObservationResult::kLog;
    all[4].result = ObservationResult::kFail;
    ASSERT_TRUE(series_->append(all));
    for (int maintained = 0; maintained < 2; ++maintained) {
        const auto found =
            series_->rollups(CheckId{"a"}, Resolution::kMinute, kNoon, kNoon + hours(1));
        ASSERT_EQ(found->size(), 1u);
        EXPECT_EQ(found->front().passed, 1);
        EXPECT_EQ(found->front().failed, 1);
        EXPECT_EQ(found->front().total_us_sum, 1'000);
        EXPECT_EQ(series_->newest(CheckId{"a"}, 10)->size(), 6u);
        maintain_all(kNoon + hours(2));
    }
}

// Random observations of several checks, with maintain() steps and restarts anywhere between.
void rollups_equal_a_recount(std::function<Series&()> series, std::function<void()> reopen,
                             std::uint32_t seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);  // its sequence is fixed by the standard
    const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
    std::vector<Observation> all;
    Timestamp now = kNoon - hours(1);
    for (int round = 0; round < 60; ++round) {
        std::vector<Observation> group;
        for (std::uint32_t i = below(60); i > 0; --i) {
            now = now + milliseconds(below(90'000));
            Observation o = observation("check-" + std::to_string(below(5)), all.size() + 1, now,
                                        static_cast<std::int64_t>(below(200'000)));
            o.result = static_cast<ObservationResult>(below(4));
            o.blind = below(10) == 0;
            group.push_back(o);
            all.push_back(o);
        }
        ASSERT_TRUE(series().append(group));
        for (std::uint32_t i = below(4); i > 0; --i) {
            ASSERT_TRUE(series().maintain(now + milliseconds(below(200'000)), days(365)));
        }
        if (below(8) == 0) reopen();
        const std::string check = "check-" + std::to_string(below(5));
        const auto resolution = static_cast<Resolution>(below(3));
        const Timestamp from = kNoon - hours(below(30));
        const Timestamp to = from + hours(below(60));
        const auto stored = series().rollups(CheckId{check}, resolution, from, to);
        ASSERT_TRUE(stored) << stored.error().message;
        ASSERT_EQ(*stored, recount(all, check, resolution, from, to)) << "round " << round;
    }
}

TEST_P(SeriesContract, rollups_equal_a_recount_wherever_maintain_stands) {
    for (std::uint32_t seed = 1; seed <= 6; ++seed) {
        SetUp();
        rollups_equal_a_recount([this]() -> Series& { return *series_; }, [this] { reopen(); },
                                seed);
    }
}

TEST_P(SeriesContract, rollups_outlive_the_raw_rows) {
    std::vector<Observation> all;
    for (std::uint64_t n = 1; n <= 100; ++n) {
        all.push_back(observation("a", n, kNoon + minutes(static_cast<std::int64_t>(n)),
                                  static_cast<std::int64_t>(n) * 100));
    }
    ASSERT_TRUE(series_->append(all));
    const Timestamp later = kNoon + days(40);
    maintain_all(later, days(35));
    EXPECT_TRUE(series_->newest(CheckId{"a"}, 10)->empty());
    EXPECT_EQ(series_->last_number().value(), 100u);
    EXPECT_EQ(series_->last_at().value(), kNoon + minutes(100));
    const auto found = series_->rollups(CheckId{"a"}, Resolution::kMinute, kNoon, later);
    EXPECT_EQ(*found, recount(all, "a", Resolution::kMinute, kNoon, later));
    reopen();
    EXPECT_EQ(series_->append({{observation("a", 100, later)}}).error().code, ErrorCode::kInvalid);
}

TEST_P(SeriesContract, raw_rows_are_kept_exactly_as_long_as_asked) {
    ASSERT_TRUE(series_->append({{observation("a", 1, kNoon), observation("a", 2, kNoon + hours(1)),
                                  observation("a", 3, kNoon + hours(2))}}));
    maintain_all(kNoon + hours(1) + days(35), days(35));
    EXPECT_EQ(numbers_of(*series_->newest(CheckId{"a"}, 10)), (std::vector<std::uint64_t>{3, 2}));
}

TEST_P(SeriesContract, minutes_and_hours_age_out_and_days_stay) {
    ASSERT_TRUE(series_->append({{observation("a", 1, kNoon)}}));
    const CheckId a{"a"};
    const auto count = [&](Resolution r) {
        return series_->rollups(a, r, kNoon - days(1), kNoon + days(1))->size();
    };
    maintain_all(kNoon + kMinutesKept);
    EXPECT_EQ(count(Resolution::kMinute), 1u);
    maintain_all(kNoon + kMinutesKept + minutes(1));
    EXPECT_EQ(count(Resolution::kMinute), 0u);
    EXPECT_EQ(count(Resolution::kHour), 1u);
    maintain_all(kNoon + kHoursKept + hours(1));
    EXPECT_EQ(count(Resolution::kHour), 0u);
    maintain_all(kNoon + days(365 * 20));
    EXPECT_EQ(count(Resolution::kDay), 1u);
}

TEST_P(SeriesContract, many_checks_are_all_maintained) {
    std::vector<Observation> all;
    for (std::uint64_t n = 1; n <= 10'000; ++n) {
        all.push_back(observation("c" + std::to_string(n % 300), n, kNoon));
    }
    ASSERT_TRUE(series_->append(all));
    maintain_all(kNoon + days(50), days(35));
    for (int i = 0; i < 300; ++i) {
        const CheckId check{"c" + std::to_string(i)};
        EXPECT_TRUE(series_->newest(check, 1)->empty()) << i;
        const auto found = series_->rollups(check, Resolution::kDay, kNoon - days(1), kNoon);
        ASSERT_EQ(found->size(), 1u);
        EXPECT_EQ(found->front().passed, i >= 1 && i <= 100 ? 34 : 33) << i;
    }
}

TEST_P(SeriesContract, a_reader_sees_what_was_appended) {
    auto reader = series_->open_reader();
    ASSERT_TRUE(reader) << reader.error().message;
    ASSERT_TRUE(series_->append({{observation("a", 1, kNoon)}}));
    EXPECT_EQ((*reader)->last_number().value(), 1u);
    EXPECT_EQ((*reader)->last_at().value(), kNoon);
    EXPECT_EQ((*reader)->newest(CheckId{"a"}, 5)->size(), 1u);
    EXPECT_EQ((*reader)->observations_after(CheckId{"a"}, 0, 5)->size(), 1u);
    const auto day = (*reader)->rollups(CheckId{"a"}, Resolution::kDay, kNoon - days(1), kNoon);
    ASSERT_TRUE(day);
    EXPECT_EQ(day->size(), 1u);
}

}  // namespace
}  // namespace candor::test
