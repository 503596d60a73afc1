// The bytes of one stored observation and of one stored roll-up, and what a roll-up counts.
//
// Strict decoding: a damaged row is kCorrupt, never a crash and never a made-up number. The field
// order is frozen; another layout needs another schema step (schema.cc). Pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/observation.h"
#include "ports/series.h"

namespace candor::store {

// Everything of an observation but its check, number and time, which are columns.
std::string encode_facts(const Observation& observation);
// Fills the rest of `observation`, whose check, number and time are set.
Result<void> decode_facts(std::string_view bytes, Observation& observation);

// Everything of a roll-up but its start. Empty latency buckets take no space.
std::string encode_rollup(const Rollup& rollup);
Result<Rollup> decode_rollup(Timestamp start, std::string_view bytes);

// The start of the step that `at` falls into; right also before 1970.
Timestamp step_start(Timestamp at, Resolution resolution);

// True for what roll-ups count: judged and sighted. Silence and logs are neither pass nor failure.
bool is_counted(const Observation& observation);
// Adds a counted observation.
void count_into(Rollup& rollup, const Observation& observation);

// The bounds of one append, and that numbers rise from `last_number` on.
Result<void> check_observations(std::span<const Observation> observations,
                                std::uint64_t last_number);
Result<void> check_rollup_range(Resolution resolution, Timestamp from, Timestamp to);

}  // namespace candor::store
