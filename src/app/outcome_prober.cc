#include "app/outcome_prober.h"

#include <algorithm>
#include <utility>

#include "detect/burn_rate.h"

namespace candor::app {
namespace {

Observation judged(const CheckSpec& check, const std::optional<OutcomeWindows>& windows,
                   Timestamp now) {
    if (windows) {
        return detect::judge_outcomes(check, std::get<OutcomesTarget>(check.target), *windows, now);
    }
    Observation o;
    o.check = check.rule.id;
    o.result = ObservationResult::kFail;
    o.evidence = {FailureKind::kCouldNotRun, 0, 0};
    o.detail = "outcomes are not counted now: see the log, and restart once it is mended";
    return o;
}

}  // namespace

OutcomeProber::OutcomeProber(std::unique_ptr<Prober> others, OutcomeThread& outcomes, Clock& clock,
                             ProbeSink sink)
    : others_(std::move(others)), outcomes_(outcomes), clock_(clock), sink_(std::move(sink)) {}

void OutcomeProber::configure(std::vector<CheckSpec> checks) {
    checks_.clear();
    for (const CheckSpec& spec : checks) {
        if (std::holds_alternative<OutcomesTarget>(spec.target)) checks_[spec.rule.id] = spec;
    }
    std::erase_if(checks, [&](const CheckSpec& spec) { return checks_.contains(spec.rule.id); });
    others_->configure(std::move(checks));
}

void OutcomeProber::start(const CheckId& check, std::uint64_t run) {
    const auto known = checks_.find(check);
    if (known == checks_.end()) return others_->start(check, run);
    outcomes_.measure(std::get<OutcomesTarget>(known->second.target).stream,
                      [sink = sink_, spec = known->second, run,
                       &clock = clock_](const std::optional<OutcomeWindows>& windows) {
                          sink({run, judged(spec, windows, clock.now().wall)});
                      });
}

}  // namespace candor::app
