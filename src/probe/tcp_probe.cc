#include "probe/tcp_probe.h"

#include <utility>

namespace candor::probe {

TcpProbe::TcpProbe(ProbeContext& context, const TcpTarget& target, ProbeRun run)
    : run_(std::move(run)), dialer_(context, run_, target.host, target.port) {}

void TcpProbe::start() {
    dialer_.start([this](UniqueFd) { run_.done(passed(*run_.spec, timing())); },
                  [this](Trouble why) { fail_with(std::move(why)); });
}

void TcpProbe::on_deadline() {
    fail_with(dialer_.overdue());
}

void TcpProbe::fail_with(Trouble why) {
    run_.done(failed(*run_.spec, timing(), std::move(why)));
}

Timing TcpProbe::timing() const {
    Timing timing = dialer_.timing();
    timing.total_us = steady_now_us() - run_.started_us;
    return timing;
}

}  // namespace candor::probe
