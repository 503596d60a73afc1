#include "replay/virtual_prober.h"

#include <algorithm>

namespace candor::replay {

void VirtualProber::configure(std::vector<CheckSpec> checks) {
    checks_.clear();
    for (CheckSpec& spec : checks) {
        const CheckId id = spec.rule.id;
        checks_.emplace(id, std::move(spec));
    }
}

void VirtualProber::start(const CheckId& check, std::uint64_t run) {
    const auto found = checks_.find(check);
    if (found == checks_.end()) return;
    const Behaviour b = world_ ? world_(found->second) : Behaviour{};
    if (b.lost) return;
    ProbeResult result;
    result.run = run;
    result.observation.check = check;
    result.observation.result = b.result;
    result.observation.evidence = b.evidence;
    const Duration takes = std::min(b.takes, found->second.rule.timeout);
    result.observation.timing.total_us = takes.ms * 1000;
    pending_.push({clock_.now().steady + takes, order_++, std::move(result)});
}

std::optional<Duration> VirtualProber::next() const {
    if (pending_.empty()) return std::nullopt;
    return pending_.top().due;
}

std::optional<ProbeResult> VirtualProber::take_due() {
    if (pending_.empty() || pending_.top().due > clock_.now().steady) return std::nullopt;
    ProbeResult result = pending_.top().result;
    pending_.pop();
    return result;
}

}  // namespace candor::replay
