// Is it them or is it us: what the observer knows of its own sight (rule 5).
//
// With anchors: blind when every anchor fails twice running, clear when one answers; one lost
// answer grays no page, but no failure is believed while every anchor's newest answer is missing.
// Without: blind when more than half of at least kTargetsMin unrelated targets fail at once.
// Anchors outrank the crowd: when one answers, a failure of everything is the service's, and hiding
// it would be a lie (docs/decisions). Pure; fed with observations.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/time.h"
#include "detect/judge.h"
#include "model/ids.h"
#include "model/observation.h"

namespace candor::detect {

// Fewer unrelated targets than this tell nothing about the uplink.
inline constexpr std::size_t kTargetsMin = 4;
// Failing runs that began within this time of each other count as "at once".
inline constexpr Duration kAtOnce = seconds(60);
// Failures in a row of every anchor that make the observer blind.
inline constexpr std::int64_t kAnchorFailuresMin = 2;

class Observer {
   public:
    void set_anchors(std::vector<CheckId> anchors);
    bool has_anchors() const { return !anchors_.empty(); }
    bool is_anchor(const CheckId& id) const { return anchors_.contains(id); }
    std::vector<CheckId> anchors() const;

    void forget_targets() { targets_.clear(); }
    void add_target(const std::string& group);
    std::size_t target_count() const { return targets_.size(); }

    void saw_anchor(const CheckId& id, bool passed, Timestamp at);
    void saw_target(const std::string& group, bool passed, Timestamp at);

    // May a failure that began at `since` be believed?
    Sight sight(Timestamp since) const;
    // The standing judgement: true from the moment the evidence says blind until it says clear.
    bool blind() const { return blind_; }

   private:
    struct Reading {
        bool passed = false;
        Timestamp at;               // zero: never read
        Timestamp failing_since;    // zero: not failing
        std::int64_t failures = 0;  // in a row
    };

    static void note(Reading& reading, bool passed, Timestamp at);
    bool every_anchor_fails() const;
    Sight sight_by_anchors(Timestamp since) const;
    Sight sight_by_targets(Timestamp since) const;

    std::map<CheckId, Reading> anchors_;
    std::map<std::string, Reading> targets_;
    bool blind_ = false;
    Timestamp blind_since_;
};

}  // namespace candor::detect
