// Builds engine setups for tests without a configuration file: short calls, sensible defaults.
//
// Not the product's configuration (app/config.h): nothing is validated here. Plain values.
#pragma once

#include <string>

#include "engine/setup.h"

namespace candor::world {

class SetupBuilder {
   public:
    PageSettings& page() { return setup_.topology.page; }
    IncidentSettings& incidents() { return setup_.topology.incidents; }
    std::optional<ClockRules>& clocks() { return setup_.clocks; }

    // Display name: the id with a capital letter.
    Component& component(const std::string& id, const std::string& group = "");
    void group(const std::string& id, const std::string& parent = "");
    // Replaces a check of the same id. A new target group unless `spec` names one.
    void check(CheckSpec spec);
    void anchor(const std::string& id);
    // Starts on a wall in UTC unless `spec` names a zone; a spec that does not parse is a bug of
    // the test.
    void maintenance(const std::string& id, const std::vector<std::string>& components,
                     const engine::RecurrenceSpec& spec, std::vector<std::string> expects,
                     const std::string& name = "");
    void remove_maintenance(const std::string& id);
    void remove_check(const std::string& id);
    void remove_component(const std::string& id);
    CheckSpec* find_check(const std::string& id);

    // Finished: rules copied into their components, definitions and the digest filled in.
    engine::Setup build() const;

   private:
    engine::Setup setup_;
};

// An HTTP check, or a heartbeat with this target, on the component.
CheckSpec http_check(const std::string& id, const std::string& component);
CheckSpec heartbeat_check(const std::string& id, const std::string& component,
                          HeartbeatTarget target);

}  // namespace candor::world
