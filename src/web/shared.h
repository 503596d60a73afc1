// What all workers of one server share: options, the ports behind it, readiness, global bounds.
//
// Everything here is immutable or atomic or guarded inside; workers hold a reference.
#pragma once

#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "web/counters.h"
#include "web/server.h"
#include "web/token_bucket.h"

namespace candor::web {

// An IPv4 /24 or IPv6 /48.
using Network = std::array<std::uint8_t, 7>;

class NetworkCap final {
   public:
    explicit NetworkCap(std::size_t most) : most_(most) {}

    // False when `network` has all the connections it may have.
    bool enter(const Network& network) {
        const std::lock_guard lock(mutex_);
        std::size_t& held = held_[network];
        if (held >= most_) return false;
        ++held;
        return true;
    }
    void leave(const Network& network) {
        const std::lock_guard lock(mutex_);
        const auto it = held_.find(network);
        if (it != held_.end() && --it->second == 0) held_.erase(it);
    }

   private:
    std::size_t most_;
    std::mutex mutex_;
    std::map<Network, std::size_t> held_;
};

class Readiness final {
   public:
    void set(std::string reason) {
        const std::lock_guard lock(mutex_);
        reason_ = std::move(reason);
    }
    std::string reason() const {
        const std::lock_guard lock(mutex_);
        return reason_;
    }

   private:
    mutable std::mutex mutex_;
    std::string reason_ = "starting: the engine has not published a page yet";
};

struct Shared {
    Shared(ServerOptions o, Operator& c, PageSource& p, MetricsSource m)
        : options(std::move(o)),
          commands(c),
          pages(p),
          metrics(std::move(m)),
          console_networks(options.limits.console_connections_per_network),
          api_rate(options.limits.api_calls_per_second, options.limits.api_calls_burst) {}

    const ServerOptions options;
    Operator& commands;
    PageSource& pages;
    const MetricsSource metrics;

    Readiness readiness;
    NetworkCap console_networks;
    TokenBucket api_rate;
    std::atomic<std::size_t> connections{0};
    std::atomic<std::size_t> event_streams{0};
    // One per worker; filled before the first worker runs, fixed afterwards.
    std::vector<const Counters*> counters;
};

}  // namespace candor::web
