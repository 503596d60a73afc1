// A heartbeat's pings and its clock become observations (Healthchecks' semantics).
//
// Pure: schedules arrive as instants. success and exit code 0 pass, fail and 1..255 fail, log and
// start are recorded only. Silence is noticed at due + grace, a run that does not end at its start
// + max_runtime (or grace).
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "model/check.h"
#include "model/heartbeat.h"
#include "model/observation.h"

namespace candor::detect {

class HeartbeatWatch {
   public:
    // A ping arrived at `at`; `due` is when the schedule expects the next one after it. The
    // observation lacks number and time.
    Observation ping(const HeartbeatPing& ping, const HeartbeatTarget& target, Timestamp at,
                     Timestamp due);

    // The deadline passed: returns what to observe, once per silence and once per overlong run.
    std::optional<Observation> overdue(const CheckId& check, const HeartbeatTarget& target,
                                       Timestamp now);

    // When overdue() wants to be asked next; nothing while nothing is expected.
    std::optional<Timestamp> deadline(const HeartbeatTarget& target) const;

    // After a restart or a gap of our own: expects the next one at `due`, with a whole grace.
    void expect(Timestamp due) {
        due_ = due;
        running_since_ = {};
    }

   private:
    Timestamp run_limit(const HeartbeatTarget& target) const;

    Timestamp due_;            // zero: nothing expected (never pinged, or already reported silent)
    Timestamp running_since_;  // zero: not running
    std::string run_id_;
};

}  // namespace candor::detect
