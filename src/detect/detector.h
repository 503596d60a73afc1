// All checks' judges and the observer's sight together: observations in, verdict changes out.
//
// Pure and single-threaded; the engine owns one, the simulator another, the backtest a third.
// Detection never decides colours: that is core's work.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/time.h"
#include "detect/judge.h"
#include "detect/observer.h"
#include "model/check.h"
#include "model/observation.h"
#include "model/verdict_change.h"

namespace candor::detect {

class Detector {
   public:
    // `specs` are the components' checks, `anchors` the observer's; `believed` gives what the
    // journal says of a check (kNone when nothing). A check whose rule is unchanged keeps its
    // judge.
    template <class Believed>
    void configure(const std::vector<CheckSpec>& specs, const std::vector<CheckSpec>& anchors,
                   Believed&& believed) {
        std::map<CheckId, Watched> next;
        observer_.forget_targets();
        for (const CheckSpec& spec : specs) {
            next.emplace(spec.rule.id, keep_or_make(spec, believed(spec.rule.id)));
            if (counts_as_target(spec)) observer_.add_target(spec.target_group);
        }
        watched_ = std::move(next);
        set_anchors(anchors);
    }

    // Judges one observation. At most one change per check; several when sight is lost or regained.
    // Marks `o.blind` when the observer was blind, so that it is stored as unjudged.
    std::vector<VerdictChange> observe(Observation& o);

    // Feeds stored observations to a check's judge after a start. Catching up never emits: when
    // they would change its verdict, the judge stays as the journal believes.
    void replay(const CheckId& check, const std::vector<Observation>& stored);

    // What the next probe of the check should wait: `retry_every` while unsettled, else `every`.
    Duration interval(const CheckId& check) const;

    // Some failure waits only for evidence about the observer: probe anchors and targets now.
    bool wants_cross_check() const { return wants_cross_check_; }
    // One check per unrelated target, at most kCrossChecksMax, or the anchors where there are any.
    std::vector<CheckId> cross_checks() const;

    bool blind() const { return observer_.blind(); }
    bool suspect(const CheckId& check) const;
    bool flapping(const CheckId& check) const;
    std::size_t suspects() const;

   private:
    struct Watched {
        CheckSpec spec;
        Judge judge;
    };

    static bool counts_as_target(const CheckSpec& spec) {
        return crosses_network(spec.rule.kind) && !spec.target_group.empty();
    }
    Watched keep_or_make(const CheckSpec& spec, VerdictChange believed) const;
    void set_anchors(const std::vector<CheckSpec>& anchors);
    void judge_one(Watched& watched, const Observation& o, std::vector<VerdictChange>& changes);
    // After sight changed: blinds every judge that crosses the network, or reconsiders them.
    void follow_sight(bool was_blind, std::vector<VerdictChange>& changes);
    void reconsider_all(std::vector<VerdictChange>& changes);

    std::map<CheckId, Watched> watched_;
    Observer observer_;
    bool wants_cross_check_ = false;
};

inline constexpr std::size_t kCrossChecksMax = 200;

}  // namespace candor::detect
