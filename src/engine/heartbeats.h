// All heartbeat checks: pings in, observations out, silence noticed on time.
//
// Expands schedules to instants (engine/cron.h), so that detect needs no zone table. One thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "detect/heartbeat.h"
#include "engine/cron.h"
#include "model/check.h"
#include "model/heartbeat.h"
#include "model/observation.h"

namespace candor::engine {

class Heartbeats {
   public:
    // Keeps the watch of checks that stay; a changed one that was expected is expected anew from
    // `now`. kInvalid when a schedule does not parse.
    Result<void> configure(const std::vector<CheckSpec>& specs, Timestamp now);

    bool knows(const CheckId& check) const { return watched_.contains(check); }
    std::vector<CheckId> ids() const;

    // A ping becomes an observation without number and time.
    Observation ping(const HeartbeatPing& ping, Timestamp at);

    // Everything that became overdue by `now`.
    std::vector<Observation> overdue(Timestamp now);
    std::optional<Timestamp> deadline() const;

    // After a start or a gap: every heartbeat that was heard before gets one fresh grace.
    void expect_again(const CheckId& check, Timestamp last_success, Timestamp now);
    void forgive_all(Timestamp now);

   private:
    struct Watched {
        HeartbeatTarget target;
        std::string definition;
        std::optional<CronSchedule> schedule;
        detect::HeartbeatWatch watch;
    };

    static Timestamp next_due(const Watched& watched, Timestamp after);

    std::map<CheckId, Watched> watched_;
};

}  // namespace candor::engine
