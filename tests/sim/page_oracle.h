// Judges what readers are shown: one position, no contradiction, no secrets, never back in time.
//
// Looks at the published state and at the finished bytes. Every answer is a complaint, empty when
// all is well. One thread.
#pragma once

#include <map>
#include <string>

#include "engine/engine.h"
#include "view/build_public_view.h"

namespace candor::sim {

class PageOracle {
   public:
    // `journal` is the state that the journal gives at this very moment.
    std::string check(const engine::Published& page, const core::State& journal);
    // A new process may read another wall clock: only positions still rise.
    void restarted() { as_of_ = {}; }
    // Renders what programs and people fetch, and looks for what must not be there.
    std::string check_bytes(const engine::Published& page, const view::TextLookup& text_of) const;

    const std::map<std::string, int>& seen() const { return seen_; }

   private:
    std::string check_state(const core::State& shown, const core::State& journal);

    Position position_ = 0;
    Position judged_ = 0;  // newest position whose state was compared
    Timestamp as_of_;
    std::map<std::string, int> seen_;
};

}  // namespace candor::sim
