#include "detect/detector.h"

#include <set>

namespace candor::detect {

Detector::Watched Detector::keep_or_make(const CheckSpec& spec, VerdictChange believed) const {
    believed.check = spec.rule.id;
    const auto found = watched_.find(spec.rule.id);
    if (found != watched_.end() && found->second.spec.rule == spec.rule &&
        found->second.judge.confirmed() == believed.verdict) {
        return {spec, found->second.judge};
    }
    return {spec, Judge(std::move(believed))};
}

void Detector::set_anchors(const std::vector<CheckSpec>& anchors) {
    std::vector<CheckId> ids;
    for (const CheckSpec& spec : anchors) ids.push_back(spec.rule.id);
    observer_.set_anchors(std::move(ids));
}

std::vector<VerdictChange> Detector::observe(Observation& o) {
    std::vector<VerdictChange> changes;
    if (o.result == ObservationResult::kLog) return changes;
    const bool pass = o.result == ObservationResult::kPass;
    const bool was_blind = observer_.blind();
    if (observer_.is_anchor(o.check)) {
        observer_.saw_anchor(o.check, pass, o.at);
        follow_sight(was_blind, changes);
        reconsider_all(changes);
        return changes;
    }
    const auto found = watched_.find(o.check);
    if (found == watched_.end()) return changes;
    const bool network = counts_as_target(found->second.spec);
    if (network) {
        observer_.saw_target(found->second.spec.target_group, pass, o.at);
        follow_sight(was_blind, changes);
        o.blind = observer_.blind();
    }
    if (!o.blind) {
        judge_one(found->second, o, changes);
    } else if (auto change = found->second.judge.blind(o.check)) {
        // What was told when sight was lost did not become durable: told again.
        changes.push_back(std::move(*change));
    }
    if (network && wants_cross_check_) reconsider_all(changes);
    return changes;
}

void Detector::replay(const CheckId& check, const std::vector<Observation>& stored) {
    const auto found = watched_.find(check);
    if (found == watched_.end()) return;
    const Judge believed = found->second.judge;
    Judge& judge = found->second.judge;
    const auto clear = [](Timestamp) { return Sight::kClear; };
    for (const Observation& o : stored) {
        if (o.blind || o.result == ObservationResult::kLog) continue;
        if (judge.observe(found->second.spec.rule, o, clear)) {
            judge = believed;
            return;
        }
    }
}

void Detector::judge_one(Watched& watched, const Observation& o,
                         std::vector<VerdictChange>& changes) {
    const bool network = counts_as_target(watched.spec);
    const auto ask = [&](Timestamp since) {
        const Sight sight = network ? observer_.sight(since) : Sight::kClear;
        if (sight == Sight::kUnsure) wants_cross_check_ = true;
        return sight;
    };
    if (auto change = watched.judge.observe(watched.spec.rule, o, ask)) {
        changes.push_back(std::move(*change));
    }
    // Ask early: by the time the failure is confirmed, the evidence about us is already there.
    if (network && watched.judge.suspect()) ask(watched.judge.first_failure_at(watched.spec.rule));
}

void Detector::follow_sight(bool was_blind, std::vector<VerdictChange>& changes) {
    if (was_blind || !observer_.blind()) return;
    for (auto& [id, watched] : watched_) {
        if (!counts_as_target(watched.spec)) continue;
        if (auto change = watched.judge.blind(id)) changes.push_back(std::move(*change));
    }
}

void Detector::reconsider_all(std::vector<VerdictChange>& changes) {
    wants_cross_check_ = false;
    if (observer_.blind()) return;
    for (auto& [id, watched] : watched_) {
        if (!counts_as_target(watched.spec) || !watched.judge.suspect()) continue;
        const auto ask = [&](Timestamp since) {
            const Sight sight = observer_.sight(since);
            if (sight == Sight::kUnsure) wants_cross_check_ = true;
            return sight;
        };
        if (auto change = watched.judge.reconsider(watched.spec.rule, ask)) {
            changes.push_back(std::move(*change));
        } else {
            ask(watched.judge.first_failure_at(watched.spec.rule));
        }
    }
}

Duration Detector::interval(const CheckId& check) const {
    const auto found = watched_.find(check);
    if (found == watched_.end()) return seconds(10);
    const CheckRule& rule = found->second.spec.rule;
    return found->second.judge.unsettled() ? rule.retry_every : rule.every;
}

std::vector<CheckId> Detector::cross_checks() const {
    if (observer_.has_anchors()) return observer_.anchors();
    std::vector<CheckId> out;
    std::set<std::string> groups;
    for (const auto& [id, watched] : watched_) {
        if (!counts_as_target(watched.spec) || out.size() >= kCrossChecksMax) continue;
        if (groups.insert(watched.spec.target_group).second) out.push_back(id);
    }
    return out;
}

bool Detector::suspect(const CheckId& check) const {
    const auto found = watched_.find(check);
    return found != watched_.end() && found->second.judge.suspect();
}

bool Detector::flapping(const CheckId& check) const {
    const auto found = watched_.find(check);
    return found != watched_.end() && found->second.judge.flapping();
}

std::size_t Detector::suspects() const {
    std::size_t n = 0;
    for (const auto& [id, watched] : watched_) n += watched.judge.suspect();
    return n;
}

}  // namespace candor::detect
