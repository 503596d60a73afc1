#include "detect/judge.h"

#include <algorithm>
#include <iterator>

#include "base/check.h"

namespace candor::detect {
namespace {

// A probe that could not even start says nothing about its target: rule 5.
bool is_our_fault(const Observation& o) {
    return o.evidence.kind == FailureKind::kCouldNotRun;
}

}  // namespace

void Judge::record(const Observation& o) {
    const bool pass = o.result == ObservationResult::kPass;
    const bool after_failure =
        results_.empty() || results_.back().result != ObservationResult::kPass;
    if (pass && after_failure) first_pass_after_failure_ = o.at;
    if (pass) last_good_ = o.at;
    const bool goes_on_failing =
        !results_.empty() && results_.back().result == ObservationResult::kFail;
    if (o.result == ObservationResult::kFail && !goes_on_failing) failing_since_ = o.at;
    results_.push_back({o.at, o.result});
    if (results_.size() > static_cast<std::size_t>(kConfirmationWindowMax)) results_.pop_front();
    if (o.result != ObservationResult::kSilent) flap_.add(pass);
    newest_ = o;
    const Verdict believed = confirmed_ == Verdict::kBlind ? before_blind_ : confirmed_;
    unsettled_ = pass ? believed != Verdict::kPass : believed != Verdict::kFail;
}

std::int64_t Judge::count_newest(std::int64_t n, ObservationResult wanted) const {
    std::int64_t count = 0;
    auto it = results_.rbegin();
    for (std::int64_t i = 0; i < n && it != results_.rend(); ++i, ++it)
        count += it->result == wanted;
    return count;
}

bool Judge::enough_failures(const CheckRule& rule) const {
    if (confirmed_ == Verdict::kFail) return false;
    if (confirmed_ == Verdict::kNoData && is_our_fault(newest_)) return false;
    if (confirmed_ == Verdict::kBlind && before_blind_ == Verdict::kFail) return true;
    return count_newest(rule.fail_after.n, ObservationResult::kFail) >= rule.fail_after.k;
}

bool Judge::enough_passes(const CheckRule& rule) const {
    const bool fresh = confirmed_ == Verdict::kNone && results_.size() == 1;
    const bool seen_again = confirmed_ == Verdict::kBlind && before_blind_ != Verdict::kFail;
    if (fresh || seen_again || confirmed_ == Verdict::kNoData) return true;
    return count_newest(rule.pass_after.n, ObservationResult::kPass) >= rule.pass_after.k;
}

Timestamp Judge::first_failure_at(const CheckRule& rule) const {
    CHECK(!results_.empty());
    Timestamp first = failing_since_;
    auto it = results_.rbegin();
    for (std::int64_t i = 0; i < rule.fail_after.n && it != results_.rend(); ++i, ++it) {
        if (it->result == ObservationResult::kFail) first = std::min(first, it->at);
    }
    return first;
}

bool Judge::suspect() const {
    return confirmed_ != Verdict::kFail && !results_.empty() &&
           results_.back().result == ObservationResult::kFail;
}

VerdictChange Judge::change_to(Verdict verdict, Timestamp since, const Observation& o) {
    last_.check = o.check;
    last_.verdict = verdict;
    last_.since = since;
    last_.observation = o.number;
    last_.evidence = o.evidence;
    last_.scope = verdict == Verdict::kFail ? o.scope : Scope{};
    confirmed_ = verdict;
    before_blind_ = Verdict::kNone;
    fewer_in_a_row_ = 0;
    // A new run is counted from here; the newest result is its first.
    if (results_.size() > 1) results_.erase(results_.begin(), std::prev(results_.end()));
    unsettled_ = false;
    return last_;
}

std::optional<VerdictChange> Judge::silent(const CheckRule& rule, const Observation& o) {
    const Verdict verdict = rule.missed_is_failure ? Verdict::kFail : Verdict::kNoData;
    if (confirmed_ == verdict || confirmed_ == Verdict::kFail) return std::nullopt;
    const bool know_good = last_good_.ms != 0 && verdict == Verdict::kNoData;
    return change_to(verdict, know_good ? last_good_ : o.at, o);
}

std::optional<VerdictChange> Judge::passed(const CheckRule& rule, const Observation& o) {
    if (confirmed_ == Verdict::kPass || !enough_passes(rule)) return std::nullopt;
    if (confirmed_ == Verdict::kFail && flap_.flapping()) return std::nullopt;
    return change_to(Verdict::kPass, first_pass_after_failure_, o);
}

std::optional<VerdictChange> Judge::failed(const CheckRule& rule, const Observation& o) {
    if (!is_our_fault(o)) return change_to(Verdict::kFail, first_failure_at(rule), o);
    const Timestamp seen = last_good_.ms != 0 ? last_good_ : first_failure_at(rule);
    return change_to(Verdict::kNoData, seen, o);
}

std::optional<VerdictChange> Judge::still_failing(const CheckRule& rule, const Observation& o) {
    const bool for_fewer = last_.scope.is_all() && !o.scope.is_all();
    fewer_in_a_row_ = for_fewer ? fewer_in_a_row_ + 1 : 0;
    if (for_fewer) {
        if (fewer_in_a_row_ < rule.pass_after.k) return std::nullopt;
        return change_to(Verdict::kFail, o.at, o);
    }
    if (o.scope != last_.scope) return change_to(Verdict::kFail, o.at, o);
    const bool doubled = o.evidence.value >= last_.evidence.value * 2;
    const bool crossed = is_quarter(o.evidence) && !is_quarter(last_.evidence);
    if (!doubled && !crossed) return std::nullopt;
    return change_to(Verdict::kFail, last_.since, o);
}

std::optional<VerdictChange> Judge::blind(const CheckId& check) {
    if (confirmed_ == Verdict::kBlind) return std::nullopt;
    if (confirmed_ == Verdict::kNone) {  // never measured: blindness takes nothing away
        results_.clear();
        return std::nullopt;
    }
    before_blind_ = confirmed_;
    confirmed_ = Verdict::kBlind;
    last_.check = check;
    last_.verdict = Verdict::kBlind;
    // What failed was seen to fail until its newest result; what passed, until its last good one.
    const Timestamp seen = before_blind_ == Verdict::kFail ? newest_.at : last_good_;
    if (seen.ms != 0) last_.since = seen;
    last_.observation = newest_.number;
    last_.evidence = {};
    last_.scope = {};
    results_.clear();
    return last_;
}

}  // namespace candor::detect
