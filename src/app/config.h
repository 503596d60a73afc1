// The whole configuration after validation: the public half (Topology) and the private half.
//
// Produced by load_config() from candor.yaml, with environment and secret files already read in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/network_settings.h"
#include "base/result.h"
#include "base/time.h"
#include "engine/maintenance_plan.h"
#include "model/check.h"
#include "model/clocks.h"
#include "model/topology.h"
#include "notify/channel.h"
#include "notify/on_call.h"

namespace candor::app {

struct ListenAddress {
    std::string host = "127.0.0.1";  // numeric IPv4 or IPv6
    std::uint16_t port = 0;          // 0 lets the system choose

    friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

struct ListenSettings {
    ListenAddress public_pages{"0.0.0.0", 8080};
    ListenAddress intake{"0.0.0.0", 8081};
    ListenAddress console{"127.0.0.1", 8082};
};

struct StorageSettings {
    std::string folder = "data";  // of "sqlite:FOLDER", relative to the working directory
    Duration keep_observations = days(35);
};

// One anchor: "tcp:HOST:PORT" or an http(s) URL, as a check that the prober can run.
struct ObserverSettings {
    std::vector<CheckSpec> anchors;
};

// Where Candor gives a sign of life, so that its own death is noticed.
struct WatchdogSettings {
    std::string url;  // private: who knows it may give the sign
    Duration every = seconds(60);

    friend bool operator==(const WatchdogSettings&, const WatchdogSettings&) = default;
};

struct Config {
    Topology topology;
    std::optional<ClockRules> clocks;  // where they differ by impact
    std::vector<CheckSpec> checks;     // every check of every component, with its private target
    std::vector<engine::MaintenancePlan> maintenances;
    ListenSettings listen;
    StorageSettings storage;
    ObserverSettings observer;
    NetworkSettings network;
    std::vector<notify::Channel> notify;  // where operators are told
    notify::OnCall on_call;
    // Carries mails to those who asked; nothing: nobody can.
    std::optional<notify::MailServer> subscribers;
    std::optional<WatchdogSettings> watchdog;
    // Canonical text of everything above with secrets and targets left out; its digest names the
    // configuration in the journal.
    std::string redacted;
};

}  // namespace candor::app
