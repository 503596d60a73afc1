// A stage on which one scenario is played: a World, what happened in it, and what each line means.
//
// Statements change the setup, let time pass, act, or expect; docs/scenarios.md lists them. After
// every durable batch and every publication the rules that always hold are checked as well
// (always.h). One thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/state.h"
#include "tests/scenarios/scenario_text.h"
#include "tests/world/setup_builder.h"
#include "tests/world/world.h"
#include "view/public_view.h"

namespace candor::scenarios {

class Stage {
   public:
    // Plays a whole scenario. The error begins with "line N: ".
    static Result<void> play(std::string_view text);

    Result<void> perform(Words& words);

    world::SetupBuilder& setup() { return setup_; }
    // The world; complains before `start`.
    Result<world::World*> world();
    Timestamp now() const;

    // Boots a new process; the first time it also builds the world.
    Result<void> boot();
    Result<void> run_until(Timestamp t);
    // What is given as a Result is what was just read: its error is passed on.
    // "21:00:10", "21:00:10.250" of the present day, or RFC 3339.
    Result<Timestamp> time_from(const Result<std::string>& text) const;

    // What readers see now, and the state it is rendered from. Both complain while nothing was
    // published yet.
    Result<view::PublicView> page();
    Result<const core::State*> state();
    // The n-th incident ever opened, from 1.
    Result<const core::IncidentState*> incident(const Result<std::int64_t>& number);
    const std::vector<std::string>& log() const { return log_; }
    const std::optional<engine::Published>& published() const { return world_->published(); }
    const std::vector<Batch>& batches() const { return batches_; }

   private:
    void saw(Position position, const Batch& batch);
    Result<void> statement(Words& words, const Result<std::string>& first);
    Result<void> refused(Words& words);
    // The journal's batches from the first one on, applied by nobody but us.
    Result<core::State> replay();
    // That must be the engine's state.
    Result<void> compare_with_replay();

    world::SetupBuilder setup_;
    std::unique_ptr<world::World> world_;
    core::State seen_;  // every durable batch applied
    std::vector<Batch> batches_;
    std::vector<std::string> log_;
    std::string broken_;  // the first rule that did not hold
};

// Each reads the rest of its line. True when the verb was one of theirs.
using Understood = Result<bool>;
Understood change_setup(Stage& stage, std::string_view verb, Words& words);
Understood act(Stage& stage, std::string_view verb, Words& words);
Understood expect(Stage& stage, std::string_view verb, Words& words);

// Of maintenance_lines.cc: a line of the setup, a command if the next word begins one, an
// expectation.
Result<void> plan_line(world::SetupBuilder& setup, Words& words);
Result<std::optional<Command>> take_maintenance_command(Stage& stage, Words& words);
Understood expect_maintenance(Stage& stage, std::string_view what, Words& words);

}  // namespace candor::scenarios
