#include "probe/probe_board.h"

#include <type_traits>
#include <utility>

#include "base/check.h"

namespace candor::probe {

ProbeBoard::ProbeBoard(EventLoop& loop, const ProberOptions& options, ProbeSink sink)
    : loop_(loop), running_max_(options.running_max), sink_(std::move(sink)) {}

ProbeBoard::~ProbeBoard() = default;

Result<std::unique_ptr<ProbeBoard>> ProbeBoard::create(EventLoop& loop,
                                                       const ProberOptions& options,
                                                       ProbeSink sink) {
    std::unique_ptr<ProbeBoard> board(new ProbeBoard(loop, options, std::move(sink)));
    board->resolver_ = TRY(Resolver::create(loop));
    board->http_ = TRY(HttpEngine::create(loop, options.ca_file));
    board->tls_ = TRY(TlsVerifier::create(options.ca_file));
    board->reaper_ = std::make_unique<ChildReaper>(loop);
    board->context_ = std::make_unique<ProbeContext>(
        ProbeContext{loop, *board->resolver_, *board->http_, *board->tls_, *board->reaper_,
                     options.reach, command_environment()});
    return board;
}

void ProbeBoard::configure(std::vector<CheckSpec> checks) {
    checks_.clear();
    for (CheckSpec& spec : checks) {
        const CheckId id = spec.rule.id;
        checks_[id] = std::make_shared<const CheckSpec>(std::move(spec));
    }
}

void ProbeBoard::start(const CheckId& check, std::uint64_t run) {
    const auto known = checks_.find(check);
    if (known == checks_.end()) return;
    const std::shared_ptr<const CheckSpec>& spec = known->second;
    if (!is_probed(spec->rule.kind)) return;
    if (running_.size() >= running_max_) {
        const std::string why = "already " + std::to_string(running_max_) +
                                " probes wait for answers; give slow checks shorter timeouts";
        return sink_({run, failed(*spec, {}, trouble(FailureKind::kCouldNotRun, why))});
    }
    const std::uint64_t slot = next_slot_++;
    ProbeRun probe_run;
    probe_run.spec = spec;
    probe_run.started_us = steady_now_us();
    probe_run.deadline_us = probe_run.started_us + spec->rule.timeout.ms * 1000;
    probe_run.done = [this, slot](Observation o) { finish(slot, std::move(o)); };
    Running& running = running_[slot];
    running.run = run;
    running.deadline =
        loop_.start_timer(probe_run.deadline_us, [this, slot] { on_deadline(slot); });
    running.probe = make_probe(spec->target, std::move(probe_run));
    std::visit(
        [](auto& probe) {
            if constexpr (!std::is_same_v<std::decay_t<decltype(probe)>, std::monostate>) {
                probe->start();  // may finish, and so move out of running_; do not touch it after
            }
        },
        running.probe);
}

ProbeBoard::AnyProbe ProbeBoard::make_probe(const CheckTarget& target, ProbeRun run) {
    return std::visit(
        [&](const auto& kind) -> AnyProbe {
            using T = std::decay_t<decltype(kind)>;
            ProbeContext& context = *context_;
            if constexpr (std::is_same_v<T, HttpTarget>) {
                return std::make_unique<HttpProbe>(context, kind, std::move(run));
            } else if constexpr (std::is_same_v<T, TcpTarget>) {
                return std::make_unique<TcpProbe>(context, kind, std::move(run));
            } else if constexpr (std::is_same_v<T, DnsTarget>) {
                return std::make_unique<DnsProbe>(context, kind, std::move(run));
            } else if constexpr (std::is_same_v<T, TlsTarget>) {
                return std::make_unique<TlsProbe>(context, kind, std::move(run));
            } else if constexpr (std::is_same_v<T, PingTarget>) {
                return std::make_unique<PingProbe>(context, kind, std::move(run));
            } else if constexpr (std::is_same_v<T, CommandTarget>) {
                return std::make_unique<CommandProbe>(context, kind, std::move(run));
            } else {
                return std::monostate{};  // is_probed() keeps them from here
            }
        },
        target);
}

void ProbeBoard::on_deadline(std::uint64_t slot) {
    const auto found = running_.find(slot);
    if (found == running_.end()) return;
    std::visit(
        [](auto& probe) {
            if constexpr (!std::is_same_v<std::decay_t<decltype(probe)>, std::monostate>) {
                probe->on_deadline();
            }
        },
        found->second.probe);
    CHECK(!running_.contains(slot));
}

void ProbeBoard::finish(std::uint64_t slot, Observation observation) {
    auto node = running_.extract(slot);
    if (node.empty()) return;
    loop_.cancel_timer(node.mapped().deadline);
    const std::uint64_t run = node.mapped().run;
    // The probe is still on the stack: it goes when this turn's handlers are done.
    loop_.defer([probe = std::make_shared<AnyProbe>(std::move(node.mapped().probe))] {});
    sink_({run, std::move(observation)});
}

}  // namespace candor::probe
