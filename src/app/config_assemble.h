// Turns a bound draft into the Config, judging what no field can be judged for alone.
//
// References, cycles, unique ids, exactly-one-of, defaults that follow another field, and
// addresses that would collide. Problems name the place; a Config is meaningful only when none
// was found.
#pragma once

#include "app/config.h"
#include "app/config_draft.h"
#include "app/config_problem.h"

namespace candor::app {

inline constexpr int kGroupDepthMax = 8;

Config assemble_config(ConfigDraft draft, ConfigProblems& problems);

// Requires the topology to be complete (config_assemble_maintenance.cc).
void assemble_maintenances(std::vector<MaintenanceDraft>& drafts, Config& config,
                           ConfigProblems& problems);

// One check without its id's uniqueness (config_assemble_check.cc).
CheckSpec assemble_check(CheckDraft draft, const ComponentId& component, ConfigProblems& problems);
// The anchor numbered from 1; `text` passed check_anchor().
CheckSpec assemble_anchor(std::string_view text, std::size_t number);

}  // namespace candor::app
