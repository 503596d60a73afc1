#include "ports/series.h"

#include <algorithm>

namespace candor {
namespace {

// Bucket edges grow by sqrt(2) from 100 us, so 40 buckets reach past a minute and a half.
constexpr std::int64_t kFirstEdgeUs = 100;

}  // namespace

std::int64_t latency_bucket_edge_us(std::size_t bucket) {
    const std::int64_t whole = kFirstEdgeUs << (bucket / 2);
    return bucket % 2 == 0 ? whole : whole * 1414 / 1000;
}

std::size_t latency_bucket(std::int64_t total_us) {
    for (std::size_t i = 0; i + 1 < kLatencyBuckets; ++i) {
        if (total_us <= latency_bucket_edge_us(i)) return i;
    }
    return kLatencyBuckets - 1;
}

void merge_into(Rollup& into, const Rollup& from) {
    into.passed += from.passed;
    into.failed += from.failed;
    into.total_us_sum += from.total_us_sum;
    into.total_us_max = std::max(into.total_us_max, from.total_us_max);
    for (std::size_t i = 0; i < kLatencyBuckets; ++i) into.latency[i] += from.latency[i];
}

std::int64_t latency_quantile_us(const Rollup& rollup, double share) {
    std::uint64_t total = 0;
    for (const std::uint32_t n : rollup.latency) total += n;
    if (total == 0) return 0;
    const double wanted = share * static_cast<double>(total);
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < kLatencyBuckets; ++i) {
        seen += rollup.latency[i];
        if (static_cast<double>(seen) >= wanted) return latency_bucket_edge_us(i);
    }
    return latency_bucket_edge_us(kLatencyBuckets - 1);
}

}  // namespace candor
