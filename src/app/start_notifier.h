// From the configuration to a running notifier, and the notifier's numbers for /metrics.
//
// Wiring only: rules stand in src/notify, the thread in notifier.h.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/config.h"
#include "app/notifier.h"
#include "app/watchdog.h"
#include "web/metrics.h"

namespace candor::app {

// `instance_secret` is what links in messages are signed with, by way of derived keys.
notify::Routes routes_of(const Config& config, std::string_view instance_secret);

struct NotifierSetup {
    std::string version;
    std::string page_id;
    std::string instance_secret;
    Journal& journal;  // asked for readers only
    Clock& clock;
};

Result<std::unique_ptr<Notifier>> start_notifier(const Config& config, NotifierSetup setup);

std::vector<web::MetricFamily> notifier_metrics(const NotifierStats& stats);
web::MetricFamily watchdog_metrics(const WatchdogStats& stats);

}  // namespace candor::app
