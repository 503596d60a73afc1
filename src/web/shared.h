// What all workers of one server share: options, the ports behind it, readiness, global bounds.
//
// Everything here is immutable or atomic or guarded inside; workers hold a reference.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "web/counters.h"
#include "web/network_cap.h"
#include "web/server.h"
#include "web/token_bucket.h"

namespace candor::web {

class Readiness final {
   public:
    void set(std::string reason) {
        const std::lock_guard lock(mutex_);
        reason_ = std::move(reason);
    }
    void set_note(std::string note) {
        const std::lock_guard lock(mutex_);
        note_ = std::move(note);
    }
    std::string note() const {
        const std::lock_guard lock(mutex_);
        return note_;
    }
    std::string reason() const {
        const std::lock_guard lock(mutex_);
        return reason_;
    }

   private:
    mutable std::mutex mutex_;
    std::string note_;
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
