// Statements that change the setup. They take effect at `start`, `restart` or `reload`.
#include "core/clocks.h"
#include "tests/scenarios/stage.h"

namespace candor::scenarios {
namespace {

using world::SetupBuilder;

Result<Confirmation> take_confirmation(Words& words) {
    const std::string text = TRY(words.take("k/n"));
    const std::size_t slash = text.find('/');
    if (slash == std::string::npos) return fail(ErrorCode::kInvalid, "`" + text + "` is no k/n");
    return Confirmation{std::stoll(text.substr(0, slash)), std::stoll(text.substr(slash + 1))};
}

// component ID [named "Name"] [in GROUP] [needs ID,ID]
Result<void> component(SetupBuilder& setup, Words& words) {
    Component& c = setup.component(TRY(words.take("a component")));
    if (words.take_if("named")) c.name = TRY(words.take_quoted("the name"));
    if (words.take_if("in")) c.group = GroupId{TRY(words.take("a group"))};
    if (words.take_if("needs")) {
        for (const std::string& id : TRY(words.take_list("components"))) {
            c.depends_on.push_back(ComponentId{id});
        }
    }
    return {};
}

// group ID [in PARENT]
Result<void> group(SetupBuilder& setup, Words& words) {
    const std::string id = TRY(words.take("a group"));
    std::string parent;
    if (words.take_if("in")) parent = TRY(words.take("a group"));
    setup.group(id, parent);
    return {};
}

Result<bool> take_rule_word(CheckSpec& spec, Words& words) {
    CheckRule& rule = spec.rule;
    if (words.take_if("every")) {
        rule.every = TRY(words.take_duration("an interval"));
    } else if (words.take_if("retry")) {
        rule.retry_every = TRY(words.take_duration("an interval"));
    } else if (words.take_if("timeout")) {
        rule.timeout = TRY(words.take_duration("a timeout"));
    } else if (words.take_if("fail_after")) {
        rule.fail_after = TRY(take_confirmation(words));
    } else if (words.take_if("pass_after")) {
        rule.pass_after = TRY(take_confirmation(words));
    } else if (words.take_if("severity")) {
        rule.severity = TRY(words.take_name<ComponentStatus>("status"));
    } else {
        return false;
    }
    return true;
}

// check ID on COMPONENT [kind KIND] [host HOST] [every D] [retry D] [timeout D] [fail_after K/N]
// [pass_after K/N] [severity STATUS]; one that exists keeps what the line does not say.
Result<void> check(SetupBuilder& setup, Words& words) {
    const std::string id = TRY(words.take("a check"));
    const CheckSpec* known = setup.find_check(id);
    CheckSpec spec = known != nullptr ? *known : world::http_check(id, "");
    if (words.take_if("on")) {
        spec.component = ComponentId{TRY(words.take("a component"))};
    } else if (known == nullptr) {
        return fail(ErrorCode::kInvalid, "say which component `" + id + "` is on");
    }
    while (!words.done()) {
        if (words.take_if("host")) {
            spec.target_group = TRY(words.take("a host"));
        } else if (words.take_if("kind")) {
            spec.rule.kind = TRY(words.take_name<CheckKind>("kind of check"));
        } else if (!TRY(take_rule_word(spec, words))) {
            break;
        }
    }
    setup.check(std::move(spec));
    return {};
}

// heartbeat ID on COMPONENT [every D] [schedule "CRON"] [zone ZONE] [grace D] [max_runtime D]
// [missed failure] [severity STATUS]
Result<void> heartbeat(SetupBuilder& setup, Words& words) {
    const std::string id = TRY(words.take("a check"));
    if (!words.take_if("on")) return fail(ErrorCode::kInvalid, "`on COMPONENT` is wanted");
    const std::string component = TRY(words.take("a component"));
    HeartbeatTarget target;
    CheckSpec spec = world::heartbeat_check(id, component, target);
    while (!words.done()) {
        if (words.take_if("every")) {
            target.every = TRY(words.take_duration("an interval"));
            spec.rule.every = target.every;
        } else if (words.take_if("schedule")) {
            target.schedule = TRY(words.take_quoted("the schedule"));
        } else if (words.take_if("zone")) {
            target.time_zone = TRY(words.take("a zone"));
        } else if (words.take_if("grace")) {
            target.grace = TRY(words.take_duration("a grace"));
        } else if (words.take_if("max_runtime")) {
            target.max_runtime = TRY(words.take_duration("a duration"));
        } else if (words.take_if("missed")) {
            if (!words.take_if("failure")) return fail(ErrorCode::kInvalid, "missed what?");
            spec.rule.missed_is_failure = true;
        } else if (!TRY(take_rule_word(spec, words))) {
            break;
        }
    }
    spec.target = std::move(target);
    setup.check(std::move(spec));
    return {};
}

// explain_within|update_every [critical|major|minor] D
Result<void> promise(SetupBuilder& setup, Words& words, Duration& whole,
                     PerImpact ClockRules::* by_impact) {
    const auto* impact = words.take_name_if<IncidentImpact>();
    const Duration promised = TRY(words.take_duration("a duration"));
    if (impact == nullptr) {
        whole = promised;
        return {};
    }
    if (!setup.clocks()) setup.clocks() = core::same_for_all(setup.incidents());
    PerImpact& all = *setup.clocks().*by_impact;
    (*impact == IncidentImpact::kCritical ? all.critical
     : *impact == IncidentImpact::kMajor  ? all.major
                                          : all.minor) = promised;
    return {};
}

// set NAME VALUE
Result<void> set(SetupBuilder& setup, Words& words) {
    const std::string name = TRY(words.take("a setting"));
    IncidentSettings& incidents = setup.incidents();
    if (name == "min_red") {
        incidents.min_red = TRY(words.take_duration("a duration"));
    } else if (name == "resolve_after") {
        incidents.resolve_after = TRY(words.take_duration("a duration"));
    } else if (name == "explain_within") {
        TRY(promise(setup, words, incidents.explain_within, &ClockRules::explain_within));
    } else if (name == "update_every") {
        TRY(promise(setup, words, incidents.update_every, &ClockRules::update_every));
    } else if (name == "publish") {
        setup.page().publish = TRY(words.take_name<Publish>("way to publish"));
    } else {
        return fail(ErrorCode::kInvalid, "there is no setting `" + name + "`");
    }
    return {};
}

// without check ID | without component ID
Result<void> without(SetupBuilder& setup, Words& words) {
    if (words.take_if("check")) {
        setup.remove_check(TRY(words.take("a check")));
    } else if (words.take_if("component")) {
        setup.remove_component(TRY(words.take("a component")));
    } else if (words.take_if("maintenance")) {
        setup.remove_maintenance(TRY(words.take("a maintenance")));
    } else {
        return fail(ErrorCode::kInvalid, "without what?");
    }
    return {};
}

}  // namespace

Understood change_setup(Stage& stage, std::string_view verb, Words& words) {
    SetupBuilder& setup = stage.setup();
    if (verb == "component") {
        TRY(component(setup, words));
    } else if (verb == "group") {
        TRY(group(setup, words));
    } else if (verb == "check") {
        TRY(check(setup, words));
    } else if (verb == "heartbeat") {
        TRY(heartbeat(setup, words));
    } else if (verb == "maintenance") {
        TRY(plan_line(setup, words));
    } else if (verb == "anchor") {
        setup.anchor(TRY(words.take("an anchor")));
    } else if (verb == "set") {
        TRY(set(setup, words));
    } else if (verb == "without") {
        TRY(without(setup, words));
    } else {
        return false;
    }
    return true;
}

}  // namespace candor::scenarios
