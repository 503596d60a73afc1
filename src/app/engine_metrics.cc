#include "app/engine_metrics.h"

#include <algorithm>

#include "core/explained.h"

namespace candor::app {
namespace {

constexpr Duration kUnexplainedWithin = days(30);

using web::MetricFamily;
using web::MetricType;

MetricFamily one(std::string name, std::string help, MetricType type, double value) {
    return {std::move(name), std::move(help), type, "", {{"", {}, value}}};
}

MetricFamily components_by_status(const core::State& state) {
    MetricFamily family{"candor_components",
                        "Components by the status that readers see.",
                        MetricType::kGauge,
                        "",
                        {}};
    for (int i = 0; i <= static_cast<int>(max_of(ComponentStatus{})); ++i) {
        const auto status = static_cast<ComponentStatus>(i);
        const auto count = std::ranges::count_if(
            state.components, [&](const auto& c) { return c.second->status == status; });
        family.samples.push_back(
            {"", {{"status", std::string(name_of(status))}}, static_cast<double>(count)});
    }
    return family;
}

MetricFamily open_incidents(const core::State& state) {
    const auto unexplained = std::ranges::count_if(state.open_incidents, [&](const IncidentId& id) {
        return !state.incidents.at(id)->explained;
    });
    const auto open = static_cast<double>(state.open_incidents.size());
    return {"candor_incidents_open",
            "Open incidents, by whether a person has explained them.",
            MetricType::kGauge,
            "",
            {{"", {{"explained", "true"}}, open - static_cast<double>(unexplained)},
             {"", {{"explained", "false"}}, static_cast<double>(unexplained)}}};
}

MetricFamily incidents_overdue(const core::State& state) {
    double open = 0;
    double closed = 0;
    for (const auto& [id, incident] : state.incidents) {
        if (incident->clock.overdue_since.ms == 0) continue;
        ++(incident->is_open() ? open : closed);
    }
    return {"candor_incidents_overdue",
            "Incidents about which a person owes words that are late.",
            MetricType::kGauge,
            "",
            {{"", {{"state", "open"}}, open}, {"", {{"state", "closed"}}, closed}}};
}

MetricFamily explanations_owed(const core::State& state) {
    return one("candor_explanations_owed", "Closed incidents that a person still has to explain.",
               MetricType::kGauge, static_cast<double>(state.owed.size()));
}

MetricFamily unexplained_red(const core::State& state, Timestamp as_of) {
    const Duration sum = core::unexplained_red_since(state, as_of - kUnexplainedWithin, as_of);
    return {"candor_unexplained_red_seconds",
            "Red time without a person's current word, of public incidents of the last 30 days.",
            MetricType::kGauge,
            "seconds",
            {{"", {}, static_cast<double>(sum.ms) / 1000}}};
}

}  // namespace

std::vector<MetricFamily> engine_metrics(const engine::Published& published,
                                         const std::string& version) {
    const core::State& state = *published.state;
    const engine::EngineStats& stats = published.stats;
    std::vector<MetricFamily> out;
    out.push_back({"candor_build",
                   "The running version.",
                   MetricType::kInfo,
                   "",
                   {{"", {{"version", version}}, 1}}});
    out.push_back(one("candor_journal_position", "Newest durable position of the journal.",
                      MetricType::kGauge, static_cast<double>(state.position)));
    out.push_back({"candor_as_of_timestamp_seconds",
                   "When the newest page was true.",
                   MetricType::kGauge,
                   "seconds",
                   {{"", {}, static_cast<double>(published.as_of.ms) / 1000}}});
    out.push_back(components_by_status(state));
    out.push_back(open_incidents(state));
    out.push_back(incidents_overdue(state));
    out.push_back(explanations_owed(state));
    out.push_back(unexplained_red(state, published.as_of));
    out.push_back(one("candor_checks", "Configured checks.", MetricType::kGauge,
                      static_cast<double>(state.checks.size())));
    out.push_back(one("candor_checks_suspect", "Checks that fail and are not confirmed yet.",
                      MetricType::kGauge, static_cast<double>(stats.suspects)));
    out.push_back(one("candor_observer_blind", "1 while the observer cannot see.",
                      MetricType::kGauge, stats.blind ? 1 : 0));
    out.push_back(one("candor_observations", "Observations taken since the start.",
                      MetricType::kCounter, static_cast<double>(stats.observations)));
    out.push_back(one("candor_batches", "Journal batches written since the start.",
                      MetricType::kCounter, static_cast<double>(stats.batches)));
    out.push_back(one("candor_probes_lost", "Probe results that came too late to count.",
                      MetricType::kCounter, static_cast<double>(stats.lost_probes)));
    out.push_back(one("candor_series_failures", "Failed or dropped writes of observations.",
                      MetricType::kCounter, static_cast<double>(stats.series_failures)));
    out.push_back(one("candor_journal_disk_full", "Journal writes refused for lack of disk space.",
                      MetricType::kCounter, static_cast<double>(stats.disk_full)));
    return out;
}

}  // namespace candor::app
