// The series port: observations and their roll-ups. Losing it never stops the light (DESIGN §10).
//
// Raw observations roll up to minutes, hours and days; no page queries raw rows. Implementations:
// store/memory_series.h, store/sqlite_series.h; contract: tests/contract/series_contract.h.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/ids.h"
#include "model/observation.h"

namespace candor {

enum class Resolution : std::uint8_t { kMinute, kHour, kDay };

constexpr Duration resolution_step(Resolution r) {
    return r == Resolution::kMinute ? minutes(1) : r == Resolution::kHour ? hours(1) : days(1);
}

// Latency histogram: bucket i counts observations up to latency_bucket_edge_us(i), edges growing by
// sqrt(2) from 100 us; the last bucket has no upper edge. Mergeable by addition.
inline constexpr std::size_t kLatencyBuckets = 40;
std::size_t latency_bucket(std::int64_t total_us);
// Upper edge of a bucket in microseconds.
std::int64_t latency_bucket_edge_us(std::size_t bucket);

// All judged, sighted observations of one check in [start, start + step).
struct Rollup {
    Timestamp start;
    std::int64_t passed = 0;
    std::int64_t failed = 0;
    std::int64_t total_us_sum = 0;  // over passed observations
    std::int64_t total_us_max = 0;
    std::array<std::uint32_t, kLatencyBuckets> latency{};  // over passed observations

    friend bool operator==(const Rollup&, const Rollup&) = default;
};

// Bounds of one call; beyond them: kTooLarge, and nothing was written.
inline constexpr std::size_t kObservationsPerAppendMax = 16'384;
inline constexpr std::size_t kCheckIdBytesMax = 64;
inline constexpr std::size_t kRollupsPerReadMax = 150'000;  // a hundred days of minutes
// A larger `limit` of a read counts as this one.
inline constexpr std::size_t kObservationsPerReadMax = 100'000;

// How long each resolution is kept; days are kept for ever.
inline constexpr Duration kMinutesKept = days(90);
inline constexpr Duration kHoursKept = days(400);

void merge_into(Rollup& into, const Rollup& from);
// Smallest bucket edge with at least share (0..1] of the observations at or below; 0 when empty.
std::int64_t latency_quantile_us(const Rollup& rollup, double share);

// Read side; one thread at a time per reader; never blocks the writer.
class SeriesReader {
   public:
    virtual ~SeriesReader() = default;

    // Raw observations of a check with number > after, ascending, at most `limit`.
    virtual Result<std::vector<Observation>> observations_after(const CheckId& check,
                                                                std::uint64_t after,
                                                                std::size_t limit) = 0;
    // The newest `limit` raw observations of a check, newest first.
    virtual Result<std::vector<Observation>> newest(const CheckId& check, std::size_t limit) = 0;

    // Roll-ups with start in [from, to), ascending. Includes what is not rolled up durably yet.
    virtual Result<std::vector<Rollup>> rollups(const CheckId& check, Resolution resolution,
                                                Timestamp from, Timestamp to) = 0;

    // Largest observation number ever stored, and the newest observation's time; zeros when empty.
    virtual Result<std::uint64_t> last_number() = 0;
    virtual Result<Timestamp> last_at() = 0;
};

// Write side: one instance, one thread.
class Series : public SeriesReader {
   public:
    // Durable on return. All or nothing. kDiskFull leaves it usable; kIo and kCorrupt mean that
    // this store must not be written again before it was reopened. Numbers rise from observation
    // to observation and from call to call: anything else is kInvalid. Gaps are allowed.
    virtual Result<void> append(std::span<const Observation> observations) = 0;

    // One bounded step of rolling up, and of trimming raw rows older than `keep`, minutes older
    // than kMinutesKept and hours older than kHoursKept; true when there is more to do at once.
    // What was not rolled up yet is never trimmed. Changes no answer of rollups() but for trimming.
    virtual Result<bool> maintain(Timestamp now, Duration keep) = 0;

    virtual Result<std::unique_ptr<SeriesReader>> open_reader() = 0;
};

}  // namespace candor
