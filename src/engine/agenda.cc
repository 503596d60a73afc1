#include "engine/agenda.h"

#include <algorithm>

#include "engine/spread.h"

namespace candor::engine {
namespace {

// The first instant after `now` on the check's grid {phase + k * every}.
Duration next_on_grid(Duration now, Duration every, Duration phase) {
    const std::int64_t since = now.ms - phase.ms;
    const std::int64_t k = since < 0 ? 0 : since / every.ms + 1;
    return phase + every * k;
}

}  // namespace

void Agenda::put(const CheckId& check, Slot& slot, Duration due) {
    slot.due = due;
    queue_.push({due, check});
}

void Agenda::configure(const std::vector<CheckSpec>& specs, Duration now) {
    std::map<CheckId, Slot> next;
    queue_ = {};
    for (const CheckSpec& spec : specs) {
        if (spec.rule.kind == CheckKind::kHeartbeat) continue;
        const auto known = slots_.find(spec.rule.id);
        const bool fresh =
            known == slots_.end() || known->second.definition != spec.rule.definition;
        Slot slot = fresh ? Slot{} : known->second;
        slot.definition = spec.rule.definition;
        slot.every = spec.rule.every;
        slot.timeout = spec.rule.timeout;
        slot.phase = phase_of(spec.rule.id, spec.rule.every);
        if (fresh) {
            const Duration within = std::min(spec.rule.every, kFirstWithin);
            slot.due = now + phase_of(spec.rule.id, within);
        }
        Slot& kept = next[spec.rule.id] = slot;
        put(spec.rule.id, kept, kept.due);
    }
    slots_ = std::move(next);
}

std::vector<Agenda::Start> Agenda::take_due(Duration now) {
    std::vector<Start> starts;
    while (!queue_.empty() && queue_.top().due <= now) {
        const Item item = queue_.top();
        queue_.pop();
        const auto found = slots_.find(item.check);
        if (found == slots_.end() || found->second.due != item.due) continue;
        Slot& slot = found->second;
        slot.run = next_run_++;
        slot.started = now;
        put(item.check, slot, now + slot.timeout + kLostAfter);
        starts.push_back({item.check, slot.run});
    }
    return starts;
}

bool Agenda::finish(const CheckId& check, std::uint64_t run) {
    const auto found = slots_.find(check);
    if (found == slots_.end() || found->second.run != run) return false;
    found->second.run = 0;
    return true;
}

void Agenda::plan(const CheckId& check, Duration now, Duration wait) {
    const auto found = slots_.find(check);
    if (found == slots_.end() || found->second.run != 0) return;
    Slot& slot = found->second;
    put(check, slot, wait >= slot.every ? next_on_grid(now, slot.every, slot.phase) : now + wait);
}

void Agenda::hasten(const CheckId& check, Duration now) {
    const auto found = slots_.find(check);
    if (found == slots_.end() || found->second.run != 0 || found->second.due <= now) return;
    put(check, found->second, now);
}

std::optional<Duration> Agenda::running_since(const CheckId& check) const {
    const auto found = slots_.find(check);
    if (found == slots_.end() || found->second.run == 0) return std::nullopt;
    return found->second.started;
}

std::optional<Duration> Agenda::next() const {
    if (queue_.empty()) return std::nullopt;
    return queue_.top().due;
}

}  // namespace candor::engine
