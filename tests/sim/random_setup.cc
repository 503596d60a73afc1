#include "tests/sim/random_setup.h"

namespace candor::sim {
namespace {

constexpr int kComponentsMax = 6;

void random_rule(CheckRule& rule, Dice& dice) {
    rule.every = seconds(dice.pick<std::int64_t>({10, 15, 30, 60}));
    rule.timeout = seconds(5);
    rule.retry_every = seconds(5);
    rule.fail_after = dice.pick<Confirmation>({{1, 1}, {2, 2}, {2, 3}, {4, 4}});
    rule.pass_after = dice.pick<Confirmation>({{1, 1}, {2, 2}, {2, 3}});
    rule.severity = dice.pick<ComponentStatus>({ComponentStatus::kDegradedPerformance,
                                                ComponentStatus::kPartialOutage,
                                                ComponentStatus::kMajorOutage});
}

CheckSpec random_probe(const std::string& id, const std::string& component, Dice& dice) {
    CheckSpec spec = world::http_check(id, component);
    random_rule(spec.rule, dice);
    if (dice.chance(20)) {
        spec.rule.kind = CheckKind::kCommand;
        spec.target = CommandTarget{{"./check-" + id + std::string(kTargetMark)}};
    } else if (dice.chance(20)) {
        spec.target_group = "shared-host";
    }
    return spec;
}

CheckSpec random_heartbeat(const std::string& id, const std::string& component, Dice& dice) {
    HeartbeatTarget target;
    if (dice.chance(25)) {
        target.schedule = "*/5 * * * *";
        target.time_zone = dice.chance(50) ? "America/Toronto" : "Etc/UTC";
    } else {
        target.every = seconds(dice.pick<std::int64_t>({60, 120, 300}));
    }
    target.grace = seconds(dice.pick<std::int64_t>({45, 60, 90}));
    if (dice.chance(30)) target.max_runtime = minutes(2);
    CheckSpec spec = world::heartbeat_check(id, component, target);
    spec.rule.missed_is_failure = dice.chance(40);
    return spec;
}

// A heartbeat has an id of its own, so that its rows in the series are pings and nothing else.
void add_check(world::SetupBuilder& setup, const std::string& id, const std::string& component,
               Dice& dice) {
    setup.check(dice.chance(25) ? random_heartbeat(id + "-beat", component, dice)
                                : random_probe(id, component, dice));
}

void add_component(world::SetupBuilder& setup, int number, int groups, Dice& dice) {
    const std::string id = "part-" + std::to_string(number);
    const bool grouped = groups > 0 && dice.chance(70);
    Component& component =
        setup.component(id, grouped ? "group-" + std::to_string(dice.between(0, groups - 1)) : "");
    for (int other = 0; other < number; ++other) {
        if (dice.chance(20)) {
            component.depends_on.push_back(ComponentId{"part-" + std::to_string(other)});
        }
    }
    if (dice.chance(4)) return;  // nothing measures it
    add_check(setup, id + "-a", id, dice);
    if (dice.chance(40)) add_check(setup, id + "-b", id, dice);
}

ComponentId random_component(const engine::Setup& setup, Dice& dice) {
    return dice.pick(setup.topology.components).id;
}

void remove_component(world::SetupBuilder& setup, const ComponentId& gone) {
    setup.remove_component(gone.value);
    for (const Component& rest : setup.build().topology.components) {
        std::erase(setup.component(rest.id.value).depends_on, gone);
    }
}

}  // namespace

world::SetupBuilder random_setup(Dice& dice) {
    world::SetupBuilder setup;
    setup.incidents().min_red = seconds(dice.pick<std::int64_t>({30, 60, 120}));
    setup.incidents().resolve_after = seconds(dice.pick<std::int64_t>({60, 120, 300}));
    setup.incidents().explain_within = minutes(dice.pick<std::int64_t>({1, 3, 10, 30}));
    setup.incidents().update_every = minutes(dice.pick<std::int64_t>({2, 12, 60}));
    const int groups = static_cast<int>(dice.between(0, 3));
    for (int i = 0; i < groups; ++i) {
        const bool nested = i > 0 && dice.chance(50);
        setup.group("group-" + std::to_string(i), nested ? "group-" + std::to_string(i - 1) : "");
    }
    const int components = static_cast<int>(dice.between(2, kComponentsMax));
    for (int i = 0; i < components; ++i) add_component(setup, i, groups, dice);
    const auto anchors = dice.between(0, 2);
    for (int i = 0; i < anchors; ++i) setup.anchor("anchor-" + std::to_string(i));
    return setup;
}

std::string change_setup(world::SetupBuilder& setup, Dice& dice) {
    const engine::Setup now = setup.build();
    const auto what = dice.between(0, 9);
    if (what < 4 && !now.checks.empty()) {
        CheckSpec* spec = setup.find_check(dice.pick(now.checks).rule.id.value);
        if (spec->rule.kind != CheckKind::kHeartbeat) random_rule(spec->rule, dice);
        if (auto* http = std::get_if<HttpTarget>(&spec->target)) http->url += "v2";
        if (auto* beat = std::get_if<HeartbeatTarget>(&spec->target)) beat->grace = seconds(75);
        return "change " + spec->rule.id.value;
    }
    if (what < 6 && now.checks.size() > 1) {
        const CheckId id = dice.pick(now.checks).rule.id;
        setup.remove_check(id.value);
        return "remove " + id.value;
    }
    if (what < 7 && now.topology.components.size() > 1) {
        const ComponentId id = random_component(now, dice);
        remove_component(setup, id);
        return "remove " + id.value;
    }
    if (what < 8) {
        const std::string id = "part-" + std::to_string(dice.between(0, kComponentsMax - 1));
        setup.component(id);
        add_check(setup, id + "-a", id, dice);
        return "add or change " + id;
    }
    if (what < 9) {
        setup.page().name = "Status " + std::to_string(dice.between(1, 1000));
        return "rename the page";
    }
    const ComponentId id = random_component(now, dice);
    add_check(setup, id.value + "-c", id.value, dice);
    return "add or change " + id.value + "-c";
}

std::vector<CheckId> probes_of(const engine::Setup& setup) {
    std::vector<CheckId> out;
    for (const CheckSpec& spec : setup.checks) {
        if (spec.rule.kind != CheckKind::kHeartbeat) out.push_back(spec.rule.id);
    }
    return out;
}

std::vector<CheckId> heartbeats_of(const engine::Setup& setup) {
    std::vector<CheckId> out;
    for (const CheckSpec& spec : setup.checks) {
        if (spec.rule.kind == CheckKind::kHeartbeat) out.push_back(spec.rule.id);
    }
    return out;
}

}  // namespace candor::sim
