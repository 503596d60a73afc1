// The simulated world and everybody who watches it: what steps act on.
//
// Owns World, dice, oracles and the senders' books; keeps the first complaint. A process that dies
// of an injected fault is expected to; any other death is a complaint. One thread.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/dice.h"
#include "tests/sim/faulty_stores.h"
#include "tests/sim/journal_oracle.h"
#include "tests/sim/page_oracle.h"
#include "tests/sim/promises.h"
#include "tests/sim/random_setup.h"
#include "tests/sim/simulation.h"
#include "tests/world/world.h"

namespace candor::sim {

class Stage {
   public:
    explicit Stage(const Plan& plan);

    Dice& dice() { return dice_; }
    world::World& world() { return *world_; }
    world::SetupBuilder& setup() { return setup_; }
    Power& power() { return power_; }
    // What the journal says now.
    const core::State& state() const { return journal_.replayed(); }
    Sabotage sabotage() const { return plan_.sabotage; }

    void trace(const std::string& line) const;
    void count(const std::string& what) { ++seen_[what]; }
    void complain(const std::string& complaint);
    bool failed() const { return !failure_.empty(); }

    // A fault that ends the process was injected; its death is no surprise.
    void expect_death() { may_die_ = true; }
    // Takes the outcome of anything the world did; notices a death.
    void happened(const Result<void>& outcome);
    void run(Duration duration);
    // Starts the process again if it is down, whatever faults wait for it.
    void boot();
    void crash();
    void stop();
    void reload();
    void set_target(const CheckId& check, replay::Behaviour behaviour);

    // Each hands in and lets the engine commit; several may be handed in before one settle().
    void command(const CommandRequest& request, const std::string& text);
    void ping(const HeartbeatPing& ping);
    void settle();
    // The last commands, for retries.
    struct Asked {
        CommandRequest request;
        std::string text;
        bool certain = false;  // was answered for good
    };
    std::vector<Asked>& asked() { return asked_; }

    // Every oracle that can look at this moment.
    void check();
    // Oracles that read everything from the first batch.
    void check_whole();
    Report report() const;

   private:
    struct PendingCommand {
        std::size_t asked = 0;
        std::shared_ptr<std::optional<Result<CommandAnswer>>> answer;
    };
    struct PendingPing {
        CheckId check;
        std::shared_ptr<std::optional<Result<void>>> answer;
    };

    void fit();
    void died(const Error& error);
    void published(const engine::Published& page);
    void catch_up();
    void judge_page(const engine::Published& page);
    void settle_commands();
    void settle_pings();
    engine::Setup setup_for_world() const;

    Plan plan_;
    Dice dice_;
    world::SetupBuilder setup_;
    std::unique_ptr<world::World> world_;
    Power power_;
    FaultySeries* series_ = nullptr;  // of the running process
    JournalOracle journal_;
    PageOracle page_;
    Promises promises_;
    std::vector<Asked> asked_;
    std::vector<PendingCommand> pending_commands_;
    std::vector<PendingPing> pending_pings_;
    std::optional<engine::Published> older_page_;
    bool may_die_ = false;
    std::string failure_;
    std::uint64_t observations_ = 0;
    std::map<std::string, int> seen_;
};

}  // namespace candor::sim
