#include "tests/world/setup_builder.h"

#include <algorithm>

#include "base/check.h"
#include "base/codec.h"
#include "base/sha256.h"

namespace candor::world {
namespace {

std::string capitalised(std::string id) {
    if (!id.empty() && id[0] >= 'a' && id[0] <= 'z') id[0] = static_cast<char>(id[0] - 'a' + 'A');
    return id;
}

// Stands for the salted digest of the configuration: changes whenever the target does.
std::string definition_of(const CheckSpec& spec) {
    std::string text = spec.target_group;
    if (const auto* http = std::get_if<HttpTarget>(&spec.target)) text += http->url;
    if (const auto* beat = std::get_if<HeartbeatTarget>(&spec.target)) {
        text += std::to_string(beat->every.ms) + beat->schedule + std::to_string(beat->grace.ms) +
                std::to_string(beat->max_runtime.ms);
    }
    CheckRule rule = spec.rule;
    rule.definition.clear();
    return to_hex(sha256(text + encode(rule))).substr(0, 32);
}

}  // namespace

Component& SetupBuilder::component(const std::string& id, const std::string& group) {
    auto& components = setup_.topology.components;
    const auto known = std::ranges::find(components, ComponentId{id}, &Component::id);
    if (known != components.end()) return *known;
    Component component;
    component.id = ComponentId{id};
    component.name = capitalised(id);
    component.group = GroupId{group};
    components.push_back(std::move(component));
    return components.back();
}

void SetupBuilder::group(const std::string& id, const std::string& parent) {
    setup_.topology.groups.push_back({GroupId{id}, capitalised(id), GroupId{parent}});
}

void SetupBuilder::check(CheckSpec spec) {
    if (spec.target_group.empty() && crosses_network(spec.rule.kind)) {
        spec.target_group = "host-of-" + spec.rule.id.value;
    }
    if (CheckSpec* known = find_check(spec.rule.id.value)) {
        *known = std::move(spec);
    } else {
        setup_.checks.push_back(std::move(spec));
    }
}

void SetupBuilder::anchor(const std::string& id) {
    CheckSpec spec = http_check(id, "");
    spec.rule.kind = CheckKind::kTcp;
    spec.target = TcpTarget{"192.0.2.1", 53};
    spec.rule.definition = definition_of(spec);
    setup_.anchors.push_back(std::move(spec));
}

void SetupBuilder::maintenance(const std::string& id, const std::vector<std::string>& components,
                               const engine::RecurrenceSpec& spec, std::vector<std::string> expects,
                               const std::string& name) {
    remove_maintenance(id);
    auto recurrence = engine::Recurrence::parse(spec);
    CHECK(recurrence.has_value());
    std::vector<ComponentId> ids;
    for (const std::string& component : components) ids.push_back(ComponentId{component});
    setup_.maintenances.push_back({id, name.empty() ? capitalised(id) : name, "", std::move(ids),
                                   std::move(expects), *std::move(recurrence)});
}

void SetupBuilder::remove_maintenance(const std::string& id) {
    std::erase_if(setup_.maintenances,
                  [&](const engine::MaintenancePlan& plan) { return plan.id == id; });
}

void SetupBuilder::remove_check(const std::string& id) {
    std::erase_if(setup_.checks, [&](const CheckSpec& c) { return c.rule.id.value == id; });
}

void SetupBuilder::remove_component(const std::string& id) {
    std::erase_if(setup_.checks, [&](const CheckSpec& c) { return c.component.value == id; });
    std::erase_if(setup_.topology.components, [&](const Component& c) { return c.id.value == id; });
}

CheckSpec* SetupBuilder::find_check(const std::string& id) {
    const auto found = std::ranges::find_if(
        setup_.checks, [&](const CheckSpec& c) { return c.rule.id.value == id; });
    return found == setup_.checks.end() ? nullptr : &*found;
}

engine::Setup SetupBuilder::build() const {
    engine::Setup out = setup_;
    for (Component& component : out.topology.components) component.checks.clear();
    for (CheckSpec& spec : out.checks) {
        spec.rule.definition = definition_of(spec);
        for (Component& component : out.topology.components) {
            if (component.id == spec.component) component.checks.push_back(spec.rule);
        }
    }
    const std::string clocks = out.clocks ? encode(*out.clocks) : "";
    out.digest = to_hex(sha256(encode(out.topology) + clocks));
    return out;
}

CheckSpec http_check(const std::string& id, const std::string& component) {
    CheckSpec spec;
    spec.rule.id = CheckId{id};
    spec.component = ComponentId{component};
    HttpTarget target;
    target.url = "http://" + id + ".example/";
    spec.target = std::move(target);
    return spec;
}

CheckSpec heartbeat_check(const std::string& id, const std::string& component,
                          HeartbeatTarget target) {
    CheckSpec spec;
    spec.rule.id = CheckId{id};
    spec.rule.kind = CheckKind::kHeartbeat;
    spec.rule.fail_after = {1, 1};
    spec.rule.pass_after = {1, 1};
    if (target.every.ms > 0) spec.rule.every = target.every;
    spec.component = ComponentId{component};
    spec.target = std::move(target);
    return spec;
}

}  // namespace candor::world
