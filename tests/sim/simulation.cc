#include "tests/sim/simulation.h"

#include "tests/sim/life.h"

namespace candor::sim {

Report simulate(const Plan& plan) {
    Stage stage(plan);
    Life life(stage);
    const auto steps = stage.dice().between(10, 45);
    for (std::int64_t i = 0; i < steps && !stage.failed(); ++i) life.step();
    life.heal();
    life.lose_one_target();
    stage.check_whole();
    return stage.report();
}

const std::vector<NamedSabotage>& all_sabotages() {
    static const std::vector<NamedSabotage> kAll = {
        {Sabotage::kAcknowledgeEarly, "acknowledge-early", ""},
        {Sabotage::kLoseOnCrash, "lose-on-crash", "the journal lost batch"},
        {Sabotage::kRotBit, "rot-bit", "damaged"},
        {Sabotage::kForgetKeys, "forget-keys", "command"},
        {Sabotage::kSwallowPosts, "swallow-posts", ""},
        {Sabotage::kLoseSealedTexts, "lose-sealed-texts", "the text of command"},
        {Sabotage::kEditSnapshot, "edit-snapshot", ""},
        {Sabotage::kEditPublished, "edit-published", "shows what the journal does not say"},
        {Sabotage::kTurnPageBack, "turn-page-back", "back"},
        {Sabotage::kLoseRows, "lose-rows", "ping"},
        {Sabotage::kDoubleRows, "double-rows", "ping"},
        {Sabotage::kForgetPings, "forget-pings", "ping"},
        {Sabotage::kForgetCommands, "forget-commands", "command"},
        {Sabotage::kLeakTargets, "leak-targets", "where a target is"},
        {Sabotage::kIgnoreMinRed, "ignore-min-red", "min_red"},
        {Sabotage::kSlackClocks, "slack-clocks", "not marked overdue"},
        {Sabotage::kHideOwed, "hide-owed", "hides that explanations are owed"},
        {Sabotage::kBreakForever, "break-forever", "good minutes"},
        {Sabotage::kHideFailures, "hide-failures", "dead target"},
    };
    return kAll;
}

}  // namespace candor::sim
