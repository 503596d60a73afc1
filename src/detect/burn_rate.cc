#include "detect/burn_rate.h"

#include <algorithm>
#include <string>

namespace candor::detect {
namespace {

constexpr std::int64_t kMillion = 1'000'000;
// Burn rates in tenths, so that they compare as whole numbers.
constexpr std::int64_t kFastBurnTenths = 144;
constexpr std::int64_t kSlowBurnTenths = 60;

// failures / attempts >= burn * (1 - objective), without division.
bool burns(const OutcomeWindow& w, std::int64_t burn_tenths, std::int64_t objective_ppm) {
    __extension__ using Wide = __int128;
    const Wide used = static_cast<Wide>(w.failures) * kMillion * 10;
    const Wide allowed = static_cast<Wide>(w.attempts) * (kMillion - objective_ppm) * burn_tenths;
    return w.failures > 0 && used >= allowed;
}

bool enough(const OutcomeWindow& w, std::int64_t customers_min) {
    return w.failures >= kFailuresMin && w.failing_customers >= customers_min;
}

bool burning(const OutcomesTarget& target, const OutcomeWindows& w) {
    const auto both = [&](const OutcomeWindow& longer, const OutcomeWindow& shorter,
                          std::int64_t tenths) {
        return enough(longer, target.customers_min) &&
               burns(longer, tenths, target.objective_ppm) &&
               burns(shorter, tenths, target.objective_ppm);
    };
    return both(w.hour, w.five_minutes, kFastBurnTenths) ||
           both(w.six_hours, w.half_hour, kSlowBurnTenths);
}

std::string share(std::int64_t part, std::int64_t whole) {
    return std::to_string(part) + " of " + std::to_string(whole);
}

std::string detail_of(const OutcomeWindows& w) {
    return "failed in 5 min: " + share(w.five_minutes.failures, w.five_minutes.attempts) + " by " +
           share(w.five_minutes.failing_customers, w.active_customers) +
           " customers; in 1 h: " + share(w.hour.failures, w.hour.attempts) +
           "; customers for whom most fails: " + std::to_string(w.down.count);
}

void fail_for_all(Observation& o, std::int64_t customers, std::int64_t active) {
    o.result = ObservationResult::kFail;
    o.evidence = {FailureKind::kOutcomesFailed, customers, std::max(customers, active)};
}

}  // namespace

Observation judge_outcomes(const CheckSpec& check, const OutcomesTarget& target,
                           const OutcomeWindows& w, Timestamp now) {
    Observation o;
    o.check = check.rule.id;
    o.detail = detail_of(w);
    const std::int64_t many =
        std::max(target.customers_min, (w.active_customers + kDownShare - 1) / kDownShare);
    if (w.newest == Timestamp{} || now - w.newest > target.silent_after) {
        o.result = ObservationResult::kSilent;
        o.evidence = {FailureKind::kNoOutcomes, 0, target.silent_after.ms};
    } else if (burning(target, w)) {
        fail_for_all(o, std::max(w.five_minutes.failing_customers, w.down.count),
                     w.active_customers);
    } else if (w.down.count >= many) {
        fail_for_all(o, w.down.count, w.active_customers);
    } else if (w.down.count == 1) {
        fail_for_all(o, 1, w.active_customers);
        o.scope = {CustomerId{std::to_string(w.down.first)}};
    }
    return o;
}

}  // namespace candor::detect
