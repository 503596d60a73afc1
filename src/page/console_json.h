// The console's documents: what operators' screens and scripts read under /api/v1 (docs/http.md).
//
// Not for strangers: holds ids of checks, targets' errors and actors (rule 13). Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "view/console_maintenance.h"
#include "view/console_view.h"
#include "view/public_view.h"

namespace candor::page {

struct ConsoleNow {
    view::PublicView view;
    std::vector<view::CheckWithResult>
        troubled;  // checks that do not pass, or whose last result failed
    std::uint64_t suspects = 0;
    bool blind = false;
    bool store_failed = false;
};
std::string console_now_json(const ConsoleNow& now);

// Newest first; `next` is the cursor of the following page, empty at the end.
std::string console_incidents_json(const std::vector<view::IncidentView>& incidents,
                                   const std::string& next);

struct ConsoleIncident {
    view::IncidentView incident;
    std::vector<view::CheckWithResult> checks;  // of its components
    std::vector<view::TimelineItem> timeline;   // oldest first; texts of people are filled in
    bool timeline_cut = false;                  // older entries were left out
};
std::string console_incident_json(const ConsoleIncident& incident);

std::string console_checks_json(const std::vector<view::CheckWithResult>& checks);

// `observations` newest first.
std::string console_check_json(const view::ConsoleCheck& check,
                               const std::vector<Observation>& observations);

// Each with its latest post alone; `next` as above.
std::string console_maintenances_json(const std::vector<view::ConsoleMaintenance>& windows,
                                      const std::string& next);
// With every post and its timeline.
std::string console_maintenance_json(const view::ConsoleMaintenance& window);

std::string console_audit_json(const std::vector<view::TimelineItem>& items,
                               const std::string& next);

}  // namespace candor::page
