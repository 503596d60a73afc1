// ProbeBoard: the checks that are known and the probes that run now.
//
// Owns the rule "exactly one result per start": a probe that has answered is gone, and one that has
// not is ended at its deadline. One thread: the loop's.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <variant>
#include <vector>

#include "ports/prober.h"
#include "probe/child_process.h"
#include "probe/command_probe.h"
#include "probe/dns_probe.h"
#include "probe/http_engine.h"
#include "probe/http_probe.h"
#include "probe/ping_probe.h"
#include "probe/probe_context.h"
#include "probe/prober.h"
#include "probe/resolver.h"
#include "probe/tcp_probe.h"
#include "probe/tls_probe.h"
#include "probe/tls_verifier.h"

namespace candor::probe {

class ProbeBoard final {
   public:
    static Result<std::unique_ptr<ProbeBoard>> create(EventLoop& loop, const ProberOptions& options,
                                                      ProbeSink sink);
    ~ProbeBoard();

    void configure(std::vector<CheckSpec> checks);
    void start(const CheckId& check, std::uint64_t run);

   private:
    template <class T>
    using Owned = std::unique_ptr<T>;
    using AnyProbe =
        std::variant<std::monostate, Owned<HttpProbe>, Owned<TcpProbe>, Owned<DnsProbe>,
                     Owned<TlsProbe>, Owned<PingProbe>, Owned<CommandProbe>>;
    struct Running {
        std::uint64_t run = 0;
        EventLoop::TimerId deadline{};
        AnyProbe probe;
    };

    ProbeBoard(EventLoop& loop, const ProberOptions& options, ProbeSink sink);
    AnyProbe make_probe(const CheckTarget& target, ProbeRun run);
    void on_deadline(std::uint64_t slot);
    void finish(std::uint64_t slot, Observation observation);

    EventLoop& loop_;
    const std::size_t running_max_;
    ProbeSink sink_;
    std::unique_ptr<Resolver> resolver_;
    std::unique_ptr<HttpEngine> http_;
    std::unique_ptr<TlsVerifier> tls_;
    std::unique_ptr<ChildReaper> reaper_;
    std::unique_ptr<ProbeContext> context_;
    std::unordered_map<CheckId, std::shared_ptr<const CheckSpec>> checks_;
    std::unordered_map<std::uint64_t, Running> running_;  // after the engines: destroyed first
    std::uint64_t next_slot_ = 1;
};

}  // namespace candor::probe
