// Judges the outcomes of one stream: does too much of what customers try fail, or fail for one?
//
// Multi-window, multi-burn-rate (the SRE workbook, chapter 5): the failures of an hour and of its
// last five minutes both use up the month's allowance 14.4 times too fast, or those of six hours
// and half an hour six times. Two additions for little traffic: at least kFailuresMin failures and
// so many customers in the long window. Beside it, customers for whom most attempts fail while the
// rest are fine. Pure.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "model/check.h"
#include "model/observation.h"
#include "model/outcome_windows.h"

namespace candor::detect {

inline constexpr std::int64_t kFailuresMin = 10;
// Some customers at once are trouble of everybody only if they are at least one in so many of those
// active: among thousands, a handful always has some trouble of its own.
inline constexpr std::int64_t kDownShare = 100;

// `check` and `now` go into the observation. kSilent: nothing came for target.silent_after.
// Evidence of a failure: value customers that fail, limit customers that were active.
Observation judge_outcomes(const CheckSpec& check, const OutcomesTarget& target,
                           const OutcomeWindows& windows, Timestamp now);

}  // namespace candor::detect
