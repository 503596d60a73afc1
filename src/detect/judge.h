// One check's observations become its verdict: suspect, confirmed, held while flapping, recovered.
//
// Pure; time arrives with the observations. A verdict needs k of the last n results (rule 6), names
// the first observation of its run, and never depends on anything but what it was given.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "base/time.h"
#include "detect/flap.h"
#include "model/check.h"
#include "model/observation.h"
#include "model/verdict_change.h"

namespace candor::detect {

// Whether a failure may be believed, given what the observer knows of its own sight.
enum class Sight : std::uint8_t { kClear, kUnsure, kBlind };

class Judge {
   public:
    // Starts from what the journal says the check believes.
    explicit Judge(VerdictChange last) : last_(std::move(last)), confirmed_(last_.verdict) {}

    // Takes one judged result; returns the new verdict when it changed. kLog and blind observations
    // are not to be passed in. `sight` is asked only for a failure that would otherwise be
    // confirmed.
    template <class AskSight>
    std::optional<VerdictChange> observe(const CheckRule& rule, const Observation& o,
                                         AskSight&& ask) {
        record(o);
        if (o.result == ObservationResult::kSilent) return silent(rule, o);
        if (o.result == ObservationResult::kPass) return passed(rule, o);
        if (confirmed_ == Verdict::kFail && o.evidence.kind == FailureKind::kOutcomesFailed) {
            return still_failing(rule, o);
        }
        if (!enough_failures(rule)) return std::nullopt;
        if (ask(first_failure_at(rule)) != Sight::kClear) return std::nullopt;
        return failed(rule, o);
    }

    // Asks again whether failures that were enough may be believed now; for when sight has changed.
    template <class AskSight>
    std::optional<VerdictChange> reconsider(const CheckRule& rule, AskSight&& ask) {
        if (results_.empty() || results_.back().result != ObservationResult::kFail)
            return std::nullopt;
        if (!enough_failures(rule) || ask(first_failure_at(rule)) != Sight::kClear)
            return std::nullopt;
        return failed(rule, newest_);
    }

    // The observer went blind: what was believed is kept, but no longer shown as measured. Nothing
    // changes for a check that has no verdict yet.
    std::optional<VerdictChange> blind(const CheckId& check);

    Verdict confirmed() const { return confirmed_; }
    // The newest results contradict the confirmed verdict, or nothing is confirmed yet: probe
    // sooner.
    bool unsettled() const { return unsettled_; }
    // Failed, and not confirmed yet.
    bool suspect() const;
    bool flapping() const { return flap_.flapping(); }
    // First failure of the current run: the oldest one that confirmation counts, or the start of
    // the unbroken run it belongs to; an isolated failure of long ago is not part of it. Requires
    // that the newest result is a failure.
    Timestamp first_failure_at(const CheckRule& rule) const;

   private:
    struct Result {
        Timestamp at;
        ObservationResult result;
    };

    void record(const Observation& o);
    bool enough_failures(const CheckRule& rule) const;
    bool enough_passes(const CheckRule& rule) const;
    std::int64_t count_newest(std::int64_t n, ObservationResult wanted) const;
    std::optional<VerdictChange> silent(const CheckRule& rule, const Observation& o);
    std::optional<VerdictChange> passed(const CheckRule& rule, const Observation& o);
    std::optional<VerdictChange> failed(const CheckRule& rule, const Observation& o);
    // What is known to fail for customers fails for far more of them now, for others, or, seen
    // pass_after times, for one alone.
    std::optional<VerdictChange> still_failing(const CheckRule& rule, const Observation& o);
    VerdictChange change_to(Verdict verdict, Timestamp since, const Observation& o);

    VerdictChange last_;  // what was last reported
    Verdict confirmed_;   // same, or kBlind over `before_blind_`
    Verdict before_blind_ = Verdict::kNone;
    std::deque<Result>
        results_;  // newest last, at most kConfirmationWindowMax, since the last change
    Observation newest_;
    Timestamp last_good_;
    Timestamp first_pass_after_failure_;
    Timestamp failing_since_;  // start of the newest unbroken run of failures
    FlapMeter flap_;
    std::int64_t fewer_in_a_row_ = 0;
    bool unsettled_ = true;
};

}  // namespace candor::detect
