#include "store/series_rows.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

#include "base/codec.h"

namespace candor::store {
namespace {

struct StoredFacts {
    ObservationResult result = ObservationResult::kPass;
    bool blind = false;
    Evidence evidence;
    std::vector<std::int64_t> phases_us;  // empty, or the five of Timing in its order
    std::optional<Timestamp> certificate_expires;
    std::string detail;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("result", self.result);
        visit("blind", self.blind);
        visit("evidence", self.evidence);
        visit("phases_us", self.phases_us);
        visit("certificate_expires", self.certificate_expires);
        visit("detail", self.detail);
    }
};
constexpr std::size_t kPhases = 5;

struct StoredBucket {
    std::int64_t index = 0;
    std::int64_t count = 0;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("index", self.index);
        visit("count", self.count);
    }
};

struct StoredRollup {
    std::int64_t passed = 0;
    std::int64_t failed = 0;
    std::int64_t total_us_sum = 0;
    std::int64_t total_us_max = 0;
    std::vector<StoredBucket> latency;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("passed", self.passed);
        visit("failed", self.failed);
        visit("total_us_sum", self.total_us_sum);
        visit("total_us_max", self.total_us_max);
        visit("latency", self.latency);
    }
};

std::unexpected<Error> damaged(std::string_view what) {
    return fail(ErrorCode::kCorrupt, "a stored " + std::string(what) +
                                         " is damaged; move series.db away to start without "
                                         "past measurements, or restore it from a backup");
}

}  // namespace

std::string encode_facts(const Observation& o) {
    StoredFacts facts{.result = o.result,
                      .blind = o.blind,
                      .evidence = o.evidence,
                      .phases_us = {},
                      .certificate_expires = o.certificate_expires,
                      .detail = o.detail};
    if (o.timing != Timing{}) {
        facts.phases_us = {o.timing.name_us, o.timing.connect_us, o.timing.tls_us,
                           o.timing.first_byte_us, o.timing.total_us};
    }
    return encode(facts);
}

Result<void> decode_facts(std::string_view bytes, Observation& o) {
    auto facts = decode<StoredFacts>(bytes);
    if (!facts || facts->detail.size() > kDetailBytesMax) return damaged("observation");
    const auto& phases = facts->phases_us;
    if (!phases.empty() && phases.size() != kPhases) return damaged("observation");
    o.timing =
        phases.empty() ? Timing{} : Timing{phases[0], phases[1], phases[2], phases[3], phases[4]};
    o.result = facts->result;
    o.blind = facts->blind;
    o.evidence = facts->evidence;
    o.certificate_expires = facts->certificate_expires;
    o.detail = std::move(facts->detail);
    return {};
}

std::string encode_rollup(const Rollup& r) {
    StoredRollup stored{r.passed, r.failed, r.total_us_sum, r.total_us_max, {}};
    for (std::size_t i = 0; i < kLatencyBuckets; ++i) {
        if (r.latency[i] != 0)
            stored.latency.push_back({static_cast<std::int64_t>(i), r.latency[i]});
    }
    return encode(stored);
}

Result<Rollup> decode_rollup(Timestamp start, std::string_view bytes) {
    const auto stored = decode<StoredRollup>(bytes);
    if (!stored) return damaged("roll-up");
    Rollup r{start, stored->passed, stored->failed, stored->total_us_sum, stored->total_us_max, {}};
    for (const StoredBucket& bucket : stored->latency) {
        constexpr std::int64_t kCountMax = std::numeric_limits<std::uint32_t>::max();
        const bool known =
            bucket.index >= 0 && bucket.index < static_cast<std::int64_t>(kLatencyBuckets);
        if (!known || bucket.count < 0 || bucket.count > kCountMax) return damaged("roll-up");
        r.latency[static_cast<std::size_t>(bucket.index)] =
            static_cast<std::uint32_t>(bucket.count);
    }
    return r;
}

Timestamp step_start(Timestamp at, Resolution resolution) {
    const std::int64_t step = resolution_step(resolution).ms;
    const std::int64_t rest = at.ms % step;
    return {at.ms - (rest < 0 ? rest + step : rest)};
}

bool is_counted(const Observation& o) {
    return !o.blind &&
           (o.result == ObservationResult::kPass || o.result == ObservationResult::kFail);
}

void count_into(Rollup& rollup, const Observation& o) {
    if (o.result == ObservationResult::kFail) {
        ++rollup.failed;
        return;
    }
    ++rollup.passed;
    rollup.total_us_sum += o.timing.total_us;
    rollup.total_us_max = std::max(rollup.total_us_max, o.timing.total_us);
    ++rollup.latency[latency_bucket(o.timing.total_us)];
}

Result<void> check_observations(std::span<const Observation> observations,
                                std::uint64_t last_number) {
    if (observations.size() > kObservationsPerAppendMax) {
        return fail(ErrorCode::kTooLarge, "an append has " + std::to_string(observations.size()) +
                                              " observations; at most " +
                                              std::to_string(kObservationsPerAppendMax) +
                                              " are stored at once");
    }
    for (const Observation& o : observations) {
        if (o.check.empty()) return fail(ErrorCode::kInvalid, "an observation names no check");
        if (o.detail.size() > kDetailBytesMax || o.check.value.size() > kCheckIdBytesMax) {
            return fail(ErrorCode::kTooLarge,
                        "observation " + std::to_string(o.number) + " is larger than is stored");
        }
        if (o.number <= last_number ||
            o.number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
            return fail(ErrorCode::kInvalid, "observation " + std::to_string(o.number) +
                                                 " cannot follow observation " +
                                                 std::to_string(last_number));
        }
        last_number = o.number;
    }
    return {};
}

Result<void> check_rollup_range(Resolution resolution, Timestamp from, Timestamp to) {
    if (to <= from) return {};
    // Unsigned, so that the widest range does not overflow.
    const std::uint64_t span =
        static_cast<std::uint64_t>(to.ms) - static_cast<std::uint64_t>(from.ms);
    const auto step = static_cast<std::uint64_t>(resolution_step(resolution).ms);
    if (span / step <= kRollupsPerReadMax) return {};
    return fail(ErrorCode::kTooLarge,
                "more than " + std::to_string(kRollupsPerReadMax) +
                    " roll-ups asked for at once; ask for a shorter range or longer steps");
}

}  // namespace candor::store
