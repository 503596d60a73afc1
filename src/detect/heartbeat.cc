#include "detect/heartbeat.h"

#include <algorithm>

namespace candor::detect {
namespace {

Observation observation_of(const HeartbeatPing& ping) {
    Observation o;
    o.check = ping.check;
    o.detail = ping.body.substr(0, kDetailBytesMax);
    const bool bad_exit = ping.kind == PingKind::kExitCode && ping.exit_code != 0;
    if (ping.kind == PingKind::kLog || ping.kind == PingKind::kStart) {
        o.result = ObservationResult::kLog;
    } else if (ping.kind == PingKind::kFail || bad_exit) {
        o.result = ObservationResult::kFail;
        o.evidence.kind = bad_exit ? FailureKind::kExitCode : FailureKind::kReportedFailure;
        o.evidence.value = ping.exit_code;
    }
    return o;
}

}  // namespace

Timestamp HeartbeatWatch::run_limit(const HeartbeatTarget& target) const {
    return running_since_ + (target.max_runtime.ms > 0 ? target.max_runtime : target.grace);
}

Observation HeartbeatWatch::ping(const HeartbeatPing& ping, const HeartbeatTarget& target,
                                 Timestamp at, Timestamp due) {
    Observation o = observation_of(ping);
    if (ping.kind == PingKind::kLog) return o;
    if (ping.kind == PingKind::kStart) {
        running_since_ = at;
        run_id_ = ping.run_id;
        // A started run is expected to end; until then its own limit replaces the schedule's.
        due_ = std::max(due_, run_limit(target));
        return o;
    }
    const bool ends_run =
        o.result == ObservationResult::kFail || ping.run_id.empty() || ping.run_id == run_id_;
    if (running_since_.ms != 0 && ends_run) {
        o.timing.total_us = (at - running_since_).ms * 1000;
        running_since_ = {};
        run_id_.clear();
    }
    due_ = due;
    return o;
}

std::optional<Timestamp> HeartbeatWatch::deadline(const HeartbeatTarget& target) const {
    std::optional<Timestamp> next;
    if (due_.ms != 0) next = due_ + target.grace;
    if (running_since_.ms != 0)
        next = next ? std::min(*next, run_limit(target)) : run_limit(target);
    return next;
}

std::optional<Observation> HeartbeatWatch::overdue(const CheckId& check,
                                                   const HeartbeatTarget& target, Timestamp now) {
    Observation o;
    o.check = check;
    if (running_since_.ms != 0 && now >= run_limit(target)) {
        o.result = ObservationResult::kFail;
        o.evidence = {FailureKind::kRanTooLong, (now - running_since_).ms,
                      (run_limit(target) - running_since_).ms};
        running_since_ = {};
        return o;
    }
    if (due_.ms == 0 || now < due_ + target.grace) return std::nullopt;
    o.result = ObservationResult::kSilent;
    o.evidence = {FailureKind::kMissed, (now - due_).ms, target.grace.ms};
    due_ = {};
    return o;
}

}  // namespace candor::detect
