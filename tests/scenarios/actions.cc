// Statements that make something happen: processes, targets, pings, people, disks and clocks.
#include <algorithm>

#include "tests/scenarios/stage.h"

namespace candor::scenarios {
namespace {

using world::World;

// How a target behaves: passes [after D] | fails KIND [VALUE [LIMIT]] [after D] | answers nothing
Result<replay::Behaviour> take_behaviour(Words& words) {
    replay::Behaviour b;
    if (words.take_if("hangs")) {
        b.lost = true;
        return b;
    }
    if (words.take_if("fails")) {
        b.result = ObservationResult::kFail;
        b.evidence.kind = TRY(words.take_name<FailureKind>("kind of failure"));
        if (b.evidence.kind == FailureKind::kTimeout) b.evidence.limit = 5'000;
        if (!words.done() && !words.take_if("after")) {
            b.evidence.value = TRY(words.take_number("value"));
            if (!words.done()) b.evidence.limit = TRY(words.take_number("limit"));
            return b;
        }
        if (!words.done()) b.takes = TRY(words.take_duration("a duration"));
        return b;
    }
    if (!words.take_if("passes")) return fail(ErrorCode::kInvalid, "passes, fails or hangs?");
    if (words.take_if("after")) b.takes = TRY(words.take_duration("a duration"));
    return b;
}

// target ID[,ID] BEHAVIOUR
Result<void> target(World& world, Words& words) {
    const auto ids = TRY(words.take_list("checks"));
    const replay::Behaviour behaviour = TRY(take_behaviour(words));
    for (const std::string& id : ids) world.set_target(CheckId{id}, behaviour);
    return {};
}

// ping ID [start|fail|log|exit N] [run UUID]
Result<void> ping(World& world, Words& words) {
    HeartbeatPing ping;
    ping.check = CheckId{TRY(words.take("a check"))};
    if (words.take_if("start")) ping.kind = PingKind::kStart;
    if (words.take_if("fail")) ping.kind = PingKind::kFail;
    if (words.take_if("log")) ping.kind = PingKind::kLog;
    if (words.take_if("exit")) {
        ping.kind = PingKind::kExitCode;
        ping.exit_code = TRY(words.take_number("exit code"));
    }
    if (words.take_if("run")) ping.run_id = TRY(words.take("a run"));
    return world.ping(std::move(ping));
}

Result<std::vector<ComponentChange>> take_changes(Words& words) {
    std::vector<ComponentChange> changes;
    while (!words.done() && !words.next_is_quoted()) {
        const std::string id = TRY(words.take("a component"));
        changes.push_back({ComponentId{id}, TRY(words.take_name<ComponentStatus>("status"))});
    }
    return changes;
}

Result<IncidentId> take_incident(Stage& stage, Words& words) {
    return TRY(stage.incident(words.take_number("number of an incident")))->id;
}

// declares [drill] "Title" [COMPONENT STATUS]… "text"
Result<Command> take_declare(Words& words) {
    command::Declare c;
    c.drill = words.take_if("drill");
    c.title = TRY(words.take_quoted("the title"));
    c.components = TRY(take_changes(words));
    c.text = TRY(words.take_quoted("the text"));
    return c;
}

// posts N [PHASE] [with COMPONENT STATUS…] "text"
Result<Command> take_post(Stage& stage, Words& words) {
    command::Post c;
    c.incident = TRY(take_incident(stage, words));
    if (const auto* phase = words.take_name_if<IncidentPhase>()) c.phase = *phase;
    if (words.take_if("with")) c.components = TRY(take_changes(words));
    c.text = TRY(words.take_quoted("the text"));
    return c;
}

// splits N COMPONENT "Title" "text"
Result<Command> take_split(Stage& stage, Words& words) {
    command::Split c;
    c.incident = TRY(take_incident(stage, words));
    c.component.value = TRY(words.take("a component"));
    c.title = TRY(words.take_quoted("the title"));
    c.text = TRY(words.take_quoted("the text"));
    return c;
}

// acknowledges N | drills N | starts N TIME | merges N into M | retracts N "text" | accepts
// COMPONENT
Result<Command> take_short_command(Stage& stage, Words& words) {
    if (words.take_if("acknowledges")) {
        return command::Acknowledge{TRY(take_incident(stage, words))};
    }
    if (words.take_if("drills")) return command::MarkDrill{TRY(take_incident(stage, words))};
    if (words.take_if("starts")) {
        const IncidentId id = TRY(take_incident(stage, words));
        return command::MoveStart{id, TRY(stage.time_from(words.take("a time")))};
    }
    if (words.take_if("merges")) {
        const IncidentId id = TRY(take_incident(stage, words));
        if (!words.take_if("into")) return fail(ErrorCode::kInvalid, "into which?");
        return command::Merge{id, TRY(take_incident(stage, words))};
    }
    if (words.take_if("retracts")) {
        const IncidentId id = TRY(take_incident(stage, words));
        return command::Retract{id, TRY(words.take_quoted("the text"))};
    }
    if (words.take_if("accepts")) {
        return command::AcceptMonitoring{ComponentId{TRY(words.take("a component"))}};
    }
    if (auto command = TRY(take_maintenance_command(stage, words))) return *std::move(command);
    return fail(ErrorCode::kInvalid, "that is nothing a person does");
}

Result<Command> take_command(Stage& stage, Words& words) {
    if (words.take_if("declares")) return take_declare(words);
    if (words.take_if("posts")) return take_post(stage, words);
    if (words.take_if("splits")) return take_split(stage, words);
    return take_short_command(stage, words);
}

// operator COMMAND [as NAME] [key KEY]
Result<void> operate(Stage& stage, World& world, Words& words) {
    CommandRequest request;
    request.what = TRY(take_command(stage, words));
    request.actor = ActorId{"token-1"};
    if (words.take_if("as")) request.actor = ActorId{TRY(words.take("a name"))};
    if (words.take_if("key")) request.idempotency_key = TRY(words.take("a key"));
    TRY(world.command(std::move(request)));
    return {};
}

// disk full [ballast N] | free | dies_before_the_next_batch | dies_after_the_next_batch |
// damages_batch N | damages_last_batch | of_series_full | of_series_free
Result<void> disk(World& world, Words& words) {
    auto& disk = world.journal_disk();
    if (words.take_if("full")) {
        std::int64_t ballast = 0;
        if (words.take_if("ballast")) ballast = TRY(words.take_number("number"));
        disk.set_disk_full(true, static_cast<int>(ballast));
    } else if (words.take_if("free")) {
        disk.set_disk_full(false);
    } else if (words.take_if("dies_before_the_next_batch")) {
        disk.fail_next_append(store::AppendFault::kFailBefore);
    } else if (words.take_if("dies_after_the_next_batch")) {
        disk.fail_next_append(store::AppendFault::kFailAfter);
    } else if (words.take_if("damages_batch")) {
        disk.damage(static_cast<Position>(TRY(words.take_number("position"))));
    } else if (words.take_if("damages_last_batch")) {
        disk.damage(disk.end());
    } else if (words.take_if("of_series_full")) {
        world.series_disk().set_disk_full(true);
    } else if (words.take_if("of_series_free")) {
        world.series_disk().set_disk_full(false);
    } else {
        return fail(ErrorCode::kInvalid, "what does the disk do?");
    }
    return {};
}

Result<void> restart(Stage& stage, World& world) {
    TRY(world.stop());
    return stage.boot();
}

// uplink lost|back
Result<void> uplink(World& world, Words& words) {
    const std::string what = TRY(words.take("lost or back"));
    if (what != "lost" && what != "back") return fail(ErrorCode::kInvalid, "lost or back?");
    world.set_uplink(what == "back");
    return {};
}

Understood act_on(Stage& stage, World& world, std::string_view verb, Words& words) {
    if (verb == "target") {
        TRY(target(world, words));
    } else if (verb == "uplink") {
        TRY(uplink(world, words));
    } else if (verb == "ping") {
        TRY(ping(world, words));
    } else if (verb == "operator") {
        TRY(operate(stage, world, words));
    } else if (verb == "disk") {
        TRY(disk(world, words));
    } else if (verb == "reload") {
        TRY(world.reload(stage.setup().build()));
    } else if (verb == "restart") {
        TRY(restart(stage, world));
    } else if (verb == "crash") {
        world.crash();
    } else if (verb == "stop") {
        TRY(world.stop());
    } else if (verb == "sleeps") {
        world.stand_still(TRY(words.take_duration("a duration")));
    } else if (verb == "clock_steps") {
        const bool back = words.take_if("back");
        const Duration by = TRY(words.take_duration("a duration"));
        world.clock().step_wall(back ? Duration{-by.ms} : by);
    } else {
        return false;
    }
    return true;
}

}  // namespace

Understood act(Stage& stage, std::string_view verb, Words& words) {
    if (verb == "start") {
        TRY(stage.boot());
        return true;
    }
    constexpr std::string_view kNeedProcess[] = {"ping",    "operator", "reload",
                                                 "restart", "crash",    "stop"};
    constexpr std::string_view kOthers[] = {"target", "uplink", "disk", "sleeps", "clock_steps"};
    const bool needs_process = std::ranges::find(kNeedProcess, verb) != std::end(kNeedProcess);
    if (!needs_process && std::ranges::find(kOthers, verb) == std::end(kOthers)) return false;
    World* world = TRY(stage.world());
    if (needs_process && !world->running()) {
        return fail(ErrorCode::kInvalid, "no process is running");
    }
    return act_on(stage, *world, verb, words);
}

}  // namespace candor::scenarios
