#include "engine/heartbeats.h"

#include <algorithm>

namespace candor::engine {

Result<void> Heartbeats::configure(const std::vector<CheckSpec>& specs, Timestamp now) {
    std::map<CheckId, Watched> next;
    for (const CheckSpec& spec : specs) {
        const auto* target = std::get_if<HeartbeatTarget>(&spec.target);
        if (target == nullptr) continue;
        Watched watched{*target, spec.rule.definition, std::nullopt, {}};
        if (!target->schedule.empty()) {
            watched.schedule = TRY(CronSchedule::parse(target->schedule, target->time_zone));
        }
        const auto known = watched_.find(spec.rule.id);
        if (known != watched_.end()) {
            watched.watch = known->second.watch;
            const bool expected = watched.watch.deadline(watched.target).has_value();
            const bool changed = known->second.definition != watched.definition;
            if (expected && changed) watched.watch.expect(next_due(watched, now));
        }
        next.emplace(spec.rule.id, std::move(watched));
    }
    watched_ = std::move(next);
    return {};
}

std::vector<CheckId> Heartbeats::ids() const {
    std::vector<CheckId> out;
    for (const auto& [id, watched] : watched_) out.push_back(id);
    return out;
}

Timestamp Heartbeats::next_due(const Watched& watched, Timestamp after) {
    if (watched.schedule) return watched.schedule->next_after(after).value_or(Timestamp{});
    return after + watched.target.every;
}

Observation Heartbeats::ping(const HeartbeatPing& ping, Timestamp at) {
    Watched& watched = watched_.at(ping.check);
    return watched.watch.ping(ping, watched.target, at, next_due(watched, at));
}

std::vector<Observation> Heartbeats::overdue(Timestamp now) {
    std::vector<Observation> out;
    for (auto& [id, watched] : watched_) {
        if (auto o = watched.watch.overdue(id, watched.target, now)) out.push_back(std::move(*o));
    }
    return out;
}

std::optional<Timestamp> Heartbeats::deadline() const {
    std::optional<Timestamp> next;
    for (const auto& [id, watched] : watched_) {
        const auto one = watched.watch.deadline(watched.target);
        if (one && (!next || *one < *next)) next = one;
    }
    return next;
}

void Heartbeats::expect_again(const CheckId& check, Timestamp last_success, Timestamp now) {
    const auto found = watched_.find(check);
    if (found == watched_.end()) return;
    const Timestamp due = next_due(found->second, last_success);
    if (due.ms != 0) found->second.watch.expect(std::max(due, now));
}

void Heartbeats::forgive_all(Timestamp now) {
    for (auto& [id, watched] : watched_) {
        const auto deadline = watched.watch.deadline(watched.target);
        if (deadline && *deadline < now + watched.target.grace) watched.watch.expect(now);
    }
}

}  // namespace candor::engine
