#include "detect/observer.h"

#include <algorithm>

namespace candor::detect {

void Observer::set_anchors(std::vector<CheckId> anchors) {
    std::map<CheckId, Reading> kept;
    for (CheckId& id : anchors) {
        const auto found = anchors_.find(id);
        kept[id] = found == anchors_.end() ? Reading{} : found->second;
    }
    anchors_ = std::move(kept);
    if (anchors_.empty()) blind_ = false;
}

void Observer::add_target(const std::string& group) {
    targets_.try_emplace(group);
}

void Observer::note(Reading& reading, bool passed, Timestamp at) {
    if (passed) {
        reading.failing_since = {};
    } else if (reading.passed || reading.at.ms == 0 || reading.failing_since.ms == 0) {
        reading.failing_since = at;
    }
    reading.passed = passed;
    reading.at = at;
    reading.failures = passed ? 0 : reading.failures + 1;
}

void Observer::saw_anchor(const CheckId& id, bool passed, Timestamp at) {
    const auto found = anchors_.find(id);
    if (found == anchors_.end()) return;
    note(found->second, passed, at);
    if (passed) {
        blind_ = false;
    } else if (!blind_ && every_anchor_fails()) {
        blind_ = true;
        blind_since_ = at;
    }
}

void Observer::saw_target(const std::string& group, bool passed, Timestamp at) {
    const auto found = targets_.find(group);
    if (found == targets_.end()) return;
    note(found->second, passed, at);
    if (has_anchors()) return;
    if (!passed && !blind_ && sight_by_targets(found->second.failing_since) == Sight::kBlind) {
        blind_ = true;
        blind_since_ = at;
    } else if (passed && blind_) {
        const auto passing = std::ranges::count_if(targets_, [&](const auto& target) {
            return target.second.passed && target.second.at >= blind_since_;
        });
        if (static_cast<std::size_t>(passing) * 2 >= targets_.size()) blind_ = false;
    }
}

std::vector<CheckId> Observer::anchors() const {
    std::vector<CheckId> ids;
    for (const auto& [id, reading] : anchors_) ids.push_back(id);
    return ids;
}

bool Observer::every_anchor_fails() const {
    return std::ranges::all_of(
        anchors_, [](const auto& anchor) { return anchor.second.failures >= kAnchorFailuresMin; });
}

Sight Observer::sight_by_anchors(Timestamp since) const {
    bool all_failed = true;
    for (const auto& [id, reading] : anchors_) {
        const bool fresh = reading.at.ms != 0 && reading.at >= since;
        if (fresh && reading.passed) return Sight::kClear;
        all_failed = all_failed && fresh;
    }
    return all_failed ? Sight::kBlind : Sight::kUnsure;
}

Sight Observer::sight_by_targets(Timestamp since) const {
    if (targets_.size() < kTargetsMin) return Sight::kClear;
    std::size_t candidates = 0;  // not failing for long already
    std::size_t fresh = 0;
    std::size_t failing = 0;
    for (const auto& [group, reading] : targets_) {
        const bool fails = reading.failing_since.ms != 0;
        if (fails && reading.failing_since < since - kAtOnce) continue;
        ++candidates;
        if (reading.at.ms == 0 || reading.at < since) continue;
        ++fresh;
        // What began to fail much later worked when this failure began.
        failing += fails && reading.failing_since <= since + kAtOnce;
    }
    if (candidates < kTargetsMin) return Sight::kClear;
    if (fresh < kTargetsMin) return Sight::kUnsure;
    if (failing * 2 > fresh) return failing * 2 > candidates ? Sight::kBlind : Sight::kUnsure;
    return Sight::kClear;
}

Sight Observer::sight(Timestamp since) const {
    if (blind_) return Sight::kBlind;
    return has_anchors() ? sight_by_anchors(since) : sight_by_targets(since);
}

}  // namespace candor::detect
