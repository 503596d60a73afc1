// Ways to break a world on purpose: each must be caught, or the simulator proves nothing.
//
// All live in the test's own layer (stores, wire between sender and engine, targets), never in the
// product. Plain values.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace candor::sim {

enum class Sabotage : std::uint8_t {
    kNone,
    kAcknowledgeEarly,  // the journal says "written" before it writes
    kLoseOnCrash,       // the newest batch is gone after a crash, although it was acknowledged
    kRotBit,            // a stored batch changes while the process is down
    kForgetKeys,        // the journal does not remember idempotency keys
    kSwallowPosts,      // the journal leaves machine posts out
    kLoseSealedTexts,   // the journal leaves human texts out
    kEditSnapshot,      // a snapshot is not the state that was
    kEditPublished,     // the page is rendered from an edited state
    kTurnPageBack,      // an older page is published after a newer one
    kLoseRows,          // the series drops observations
    kDoubleRows,        // the series stores a ping twice
    kForgetPings,       // pings are acknowledged and thrown away
    kForgetCommands,    // commands are acknowledged and thrown away
    kLeakTargets,       // a public text names where a target is
    kIgnoreMinRed,      // a red light may be as short as it likes
    kSlackClocks,       // explanations may take as long as they like
    kHideOwed,          // the page forgets which explanations are owed
    kBreakForever,      // one target never heals
    kHideFailures,      // a dead target's probes say that all is well
};

struct NamedSabotage {
    Sabotage what;
    std::string_view name;
    std::string_view complaint;  // part of what must be said when it is caught
};

// All but kNone.
const std::vector<NamedSabotage>& all_sabotages();

}  // namespace candor::sim
