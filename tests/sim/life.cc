#include "tests/sim/life.h"

#include <algorithm>

namespace candor::sim {
namespace {

replay::Behaviour failing(Dice& dice) {
    const Evidence evidence = dice.pick<Evidence>({{FailureKind::kTimeout, 5000, 5000},
                                                   {FailureKind::kRefused, 0, 0},
                                                   {FailureKind::kHttpStatus, 503, 200},
                                                   {FailureKind::kTlsFailed, 0, 0},
                                                   {FailureKind::kExitCode, 2, 0}});
    return {ObservationResult::kFail, evidence, dice.between(milliseconds(1), seconds(5)), false};
}

}  // namespace

Life::Life(Stage& stage) : stage_(stage) {
    events_ = {
        {"break a target", &Life::break_target, 14},
        {"mend a target", &Life::mend_target, 8},
        {"mend all targets", &Life::mend_all, 4},
        {"cut the uplink", &Life::cut_uplink, 2},
        {"restore uplink", &Life::restore_uplink, 3},
        {"mute a heartbeat", &Life::mute_heartbeat, 3},
        {"ping somehow", &Life::ping_somehow, 5},
        {"reload", &Life::reload, 4},
        {"step the clock", &Life::step_clock, 2},
        {"suspend", &Life::suspend, 2},
        {"fill the disk", &Life::fill_disk, 3},
        {"free the disk", &Life::free_disk, 4},
        {"fail the journal", &Life::fail_store, 3},
        {"fail the series", &Life::fail_series, 2},
        {"cut the power", &Life::cut_power, 6},
        {"crash", &Life::crash, 3},
        {"restart", &Life::restart, 2},
        {"declare", &Life::declare, 4},
        {"post", &Life::post, 6},
        {"retract", &Life::retract, 2},
        {"accept", &Life::accept_monitoring, 3},
        {"take on", &Life::take_on, 2},
        {"call it a drill", &Life::call_it_a_drill, 1},
        {"move the start", &Life::move_start, 1},
        {"merge", &Life::merge, 2},
        {"split", &Life::split, 2},
        {"retry", &Life::retry, 4},
        {"burst", &Life::burst, 3},
    };
    for (Weighted& one : events_) {
        if (stage_.dice().chance(25)) one.weight = 0;
        if (stage_.dice().chance(15)) one.weight *= 4;
    }
}

void Life::step() {
    if (!stage_.world().running()) {
        stage_.world().stand_still(stage_.dice().between(milliseconds(50), minutes(10)));
        stage_.boot();
        if (stage_.failed()) return;
    }
    std::int64_t total = 0;
    for (const Weighted& one : events_) total += one.weight;
    std::int64_t drawn = total == 0 ? 0 : stage_.dice().between(0, total - 1);
    for (const Weighted& one : events_) {
        drawn -= one.weight;
        if (drawn >= 0) continue;
        stage_.trace(format_rfc3339(stage_.world().clock().now().wall) + " " + one.name);
        stage_.count(std::string("event ") + one.name);
        (this->*one.event)();
        break;
    }
    pass_time();
    stage_.check();
    if (stage_.dice().chance(8)) stage_.check_whole();
}

void Life::pass_time() {
    if (stage_.failed() || !stage_.world().running()) return;
    beat();
    const bool long_pause = stage_.dice().chance(12);
    stage_.run(stage_.dice().between(milliseconds(1), long_pause ? minutes(6) : seconds(45)));
}

// Every job that is not muted reports.
void Life::beat() {
    if (!stage_.world().running()) return;
    for (const CheckId& id : heartbeats_of(stage_.setup().build())) {
        if (muted_.contains(id)) continue;
        stage_.ping({id, PingKind::kSuccess, 0, "", ""});
    }
    stage_.settle();
}

void Life::break_target() {
    const auto probes = probes_of(stage_.setup().build());
    if (probes.empty()) return;
    const CheckId id = stage_.dice().pick(probes);
    stage_.set_target(id, failing(stage_.dice()));
    broken_.push_back(id);
}

void Life::mend_target() {
    if (broken_.empty()) return;
    const CheckId id = stage_.dice().pick(broken_);
    stage_.set_target(id, {});
    std::erase(broken_, id);
}

void Life::mend_all() {
    for (const CheckId& id : broken_) stage_.set_target(id, {});
    broken_.clear();
    muted_.clear();
}

void Life::cut_uplink() {
    stage_.world().set_uplink(false);
}

void Life::restore_uplink() {
    stage_.world().set_uplink(true);
}

void Life::mute_heartbeat() {
    const auto beats = heartbeats_of(stage_.setup().build());
    if (!beats.empty()) muted_.insert(stage_.dice().pick(beats));
}

void Life::ping_somehow() {
    const auto beats = heartbeats_of(stage_.setup().build());
    if (beats.empty()) return;
    HeartbeatPing ping;
    ping.check = stage_.dice().pick(beats);
    ping.kind = stage_.dice().pick<PingKind>({PingKind::kSuccess, PingKind::kStart, PingKind::kFail,
                                              PingKind::kLog, PingKind::kExitCode});
    if (ping.kind == PingKind::kExitCode) ping.exit_code = stage_.dice().between(0, 2);
    stage_.ping(ping);
    stage_.settle();
}

void Life::reload() {
    for (int i = 0; i < 2; ++i) {
        stage_.trace("  " + change_setup(stage_.setup(), stage_.dice()));
        if (stage_.dice().chance(60)) break;
    }
    stage_.reload();
}

void Life::step_clock() {
    const Duration by = stage_.dice().pick<Duration>(
        {days(1), days(-1), hours(1), hours(-1), seconds(3), seconds(-3), milliseconds(500)});
    stage_.world().clock().step_wall(by);
    stage_.count(by.ms < 0 ? "clock back" : "clock forward");
}

void Life::suspend() {
    stage_.world().stand_still(stage_.dice().between(seconds(1), hours(2)));
}

void Life::fill_disk() {
    const int ballast = static_cast<int>(stage_.dice().between(0, 3));
    stage_.world().journal_disk().set_disk_full(true, ballast);
    if (stage_.dice().chance(70)) stage_.world().series_disk().set_disk_full(true);
}

void Life::free_disk() {
    stage_.world().journal_disk().set_disk_full(false);
    stage_.world().series_disk().set_disk_full(false);
}

void Life::fail_store() {
    const auto fault = stage_.dice().pick<store::AppendFault>({store::AppendFault::kFailBefore,
                                                               store::AppendFault::kFailAfter,
                                                               store::AppendFault::kDiskFull});
    stage_.world().journal_disk().fail_next_append(fault);
    stage_.expect_death();
}

void Life::fail_series() {
    stage_.world().series_disk().fail_next_append(stage_.dice().pick<store::AppendFault>(
        {store::AppendFault::kFailBefore, store::AppendFault::kFailAfter,
         store::AppendFault::kDiskFull}));
}

// Between any two writes, or inside one: what comes next fills the time until it goes dark.
void Life::cut_power() {
    stage_.power().cut_at(static_cast<int>(stage_.dice().between(1, 4)), stage_.dice().chance(50));
    stage_.expect_death();
    for (int i = 0; i < 3 && stage_.world().running() && !stage_.failed(); ++i) {
        if (stage_.dice().chance(50)) break_target();
        burst();
        if (stage_.world().running()) stage_.run(stage_.dice().between(Duration{}, seconds(20)));
    }
}

void Life::crash() {
    stage_.crash();
}

void Life::restart() {
    stage_.stop();
    if (stage_.dice().chance(30)) step_clock();
}

}  // namespace candor::sim
