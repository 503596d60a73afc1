// Life's second half: what people do with the page, and how everything gets well in the end.
#include <algorithm>

#include "tests/sim/life.h"

namespace candor::sim {
namespace {

constexpr int kHealMinutesMax = 180;
constexpr int kRedMinutesMax = 12;

ComponentStatus some_trouble(Dice& dice) {
    return dice.pick<ComponentStatus>({ComponentStatus::kDegradedPerformance,
                                       ComponentStatus::kPartialOutage,
                                       ComponentStatus::kMajorOutage});
}

bool has_checks(const core::State& state, const ComponentId& id) {
    const Component* definition = core::find_definition(state, id);
    return definition != nullptr && !definition->checks.empty();
}

}  // namespace

std::string Life::words() {
    return "Somebody says " + std::string(kHumanMark) + " no. " + std::to_string(++words_);
}

void Life::send(Command what, const std::string& text) {
    if (!stage_.world().running()) return;
    CommandRequest request;
    request.what = std::move(what);
    request.actor = ActorId{"operator-7"};
    request.idempotency_key = "key-" + std::to_string(++keys_);
    stage_.command(request, text);
}

IncidentId Life::some_incident() {
    const core::State& state = stage_.state();
    if (!state.open_incidents.empty() && stage_.dice().chance(80)) {
        return stage_.dice().pick(state.open_incidents);
    }
    if (state.incident_order.empty()) return IncidentId{"nosuchthing0"};
    return stage_.dice().pick(state.incident_order);
}

void Life::declare() {
    const auto& components = stage_.state().topology->components;
    command::Declare declare{words(), words(), {}, stage_.dice().chance(20)};
    if (!components.empty()) {
        declare.components.push_back(
            {stage_.dice().pick(components).id, some_trouble(stage_.dice())});
    }
    const std::string text = declare.text;
    send(std::move(declare), text);
    stage_.settle();
}

void Life::post() {
    command::Post post{some_incident(), {}, words(), {}};
    if (stage_.dice().chance(60)) {
        post.phase = stage_.dice().pick<IncidentPhase>(
            {IncidentPhase::kInvestigating, IncidentPhase::kIdentified, IncidentPhase::kMonitoring,
             IncidentPhase::kResolved, IncidentPhase::kResolved, IncidentPhase::kPostmortem});
    }
    const auto& components = stage_.state().topology->components;
    if (stage_.dice().chance(30) && !components.empty()) {
        const ComponentStatus status =
            stage_.dice().chance(40) ? ComponentStatus::kOperational : some_trouble(stage_.dice());
        post.components.push_back({stage_.dice().pick(components).id, status});
    }
    const std::string text = post.text;
    send(std::move(post), text);
    stage_.settle();
}

void Life::retract() {
    command::Retract retract{some_incident(), words()};
    const std::string text = retract.text;
    send(std::move(retract), text);
    stage_.settle();
}

void Life::accept_monitoring() {
    const auto& components = stage_.state().topology->components;
    if (components.empty()) return;
    ComponentId id = stage_.dice().pick(components).id;
    for (const auto& [known, component] : stage_.state().components) {
        if (component->monitoring_changed) id = known;
    }
    send(command::AcceptMonitoring{id}, "");
    stage_.settle();
}

void Life::take_on() {
    send(command::Acknowledge{some_incident()}, "");
    stage_.settle();
}

void Life::call_it_a_drill() {
    send(command::MarkDrill{some_incident()}, "");
    stage_.settle();
}

void Life::move_start() {
    const Timestamp start = stage_.state().at - stage_.dice().between(seconds(1), minutes(90));
    send(command::MoveStart{some_incident(), start}, "");
    stage_.settle();
}

void Life::merge() {
    const IncidentId first = some_incident();
    send(command::Merge{first, some_incident()}, "");
    stage_.settle();
}

void Life::split() {
    command::Split split{some_incident(), {}, words(), words()};
    const auto& components = stage_.state().topology->components;
    if (!components.empty()) split.component = stage_.dice().pick(components).id;
    const auto incident = stage_.state().incidents.find(split.incident);
    if (incident != stage_.state().incidents.end() && !incident->second->components.empty()) {
        split.component = stage_.dice().pick(incident->second->components).component;
    }
    const std::string text = split.text;
    send(std::move(split), text);
    stage_.settle();
}

// Whoever got no answer, or a wrong wire, asks again with the same key.
void Life::retry() {
    auto& asked = stage_.asked();
    if (asked.empty() || !stage_.world().running()) return;
    const auto again = asked[static_cast<std::size_t>(
        stage_.dice().between(0, static_cast<std::int64_t>(asked.size()) - 1))];
    stage_.command(again.request, again.text);
    if (stage_.dice().chance(30)) stage_.command(again.request, again.text);
    stage_.settle();
}

// Several senders at once share one commit.
void Life::burst() {
    if (!stage_.world().running()) return;
    const auto beats = heartbeats_of(stage_.setup().build());
    for (int i = 0; i < 3 && !beats.empty(); ++i) {
        stage_.ping({stage_.dice().pick(beats), PingKind::kSuccess, 0, "", ""});
    }
    for (int i = 0; i < 2; ++i) {
        const std::string text = words();
        send(command::Post{some_incident(), {}, text, {}}, text);
    }
    if (!beats.empty()) stage_.ping({beats.front(), PingKind::kLog, 0, "", ""});
    stage_.settle();
}

void Life::awake() {
    stage_.power().restore();
    free_disk();
    stage_.world().journal_disk().fail_next_append(store::AppendFault::kNone);
    stage_.world().series_disk().fail_next_append(store::AppendFault::kNone);
    stage_.world().set_uplink(true);
    mend_all();
    if (!stage_.world().running()) stage_.boot();
}

void Life::sort_out_as_people_do(int minute) {
    const core::State& state = stage_.state();
    for (const auto& [id, component] : state.components) {
        if (component->monitoring_changed) send(command::AcceptMonitoring{id}, "");
    }
    if (minute < 20) return;
    for (const IncidentId& id : state.open_incidents) {
        const core::IncidentState& incident = *state.incidents.at(id);
        // Those that no person touched must close by themselves.
        const bool orphan = std::ranges::any_of(
            incident.components, [&](const auto& c) { return !has_checks(state, c.component); });
        // A merge may have brought it what a person declared elsewhere.
        const bool declares = std::ranges::any_of(
            state.components, [&](const auto& c) { return c.second->declared.contains(id); });
        if (!incident.explained && !orphan && !declares) continue;
        const std::string text = words();
        send(command::Post{id, IncidentPhase::kResolved, text, {}}, text);
    }
}

std::string Life::not_calm() const {
    const core::State& state = stage_.state();
    for (const auto& [id, component] : state.components) {
        const bool fine =
            component->status == ComponentStatus::kOperational ||
            (!has_checks(state, id) && component->cause == StatusCause::kNotMeasuredYet);
        if (!fine) {
            return id.value + " is still " + std::string(name_of(component->status)) + " (" +
                   std::string(name_of(component->cause)) + ")";
        }
    }
    if (state.open_incidents.empty()) return "";
    return "incident " + state.open_incidents.front().value + " is still open";
}

void Life::heal() {
    if (stage_.failed()) return;
    stage_.trace("everything heals");
    awake();
    if (stage_.sabotage() == Sabotage::kBreakForever) break_target();
    for (int minute = 0; minute < kHealMinutesMax && !stage_.failed(); ++minute) {
        sort_out_as_people_do(minute);
        for (int half = 0; half < 2; ++half) {
            beat();
            stage_.run(seconds(30));
        }
        stage_.check();
        if (minute > 0 && not_calm().empty()) return stage_.count("healed");
    }
    stage_.complain("after " + std::to_string(kHealMinutesMax) + " good minutes " + not_calm());
}

void Life::lose_one_target() {
    const engine::Setup setup = stage_.setup().build();
    const auto probes = probes_of(setup);
    if (stage_.failed() || probes.empty()) return;
    const CheckId id = stage_.dice().pick(probes);
    const auto spec = std::ranges::find(setup.checks, id, [](const auto& c) { return c.rule.id; });
    stage_.trace("one target is lost: " + id.value);
    stage_.set_target(id, {ObservationResult::kFail, {FailureKind::kRefused, 0, 0}, {}, false});
    for (int minute = 0; minute < kRedMinutesMax && !stage_.failed(); ++minute) {
        beat();
        stage_.run(seconds(30));
        beat();
        stage_.run(seconds(30));
        stage_.check();
        const auto component = stage_.state().components.find(spec->component);
        if (component->second->status >= spec->rule.severity) return stage_.count("lost and red");
    }
    stage_.complain("the dead target of " + id.value + " has not turned " + spec->component.value +
                    " red");
}

}  // namespace candor::sim
