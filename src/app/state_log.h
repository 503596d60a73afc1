// One log line for every change of the light, so that the log alone tells what happened and when.
//
// Public words only: ids, names and states; no target, no evidence's detail. One thread.
#pragma once

#include <memory>

#include "engine/engine.h"

namespace candor::app {

class StateLog final {
   public:
    // Logs what changed since the last call. The first call logs only what is in trouble.
    void note(const engine::Published& published);

   private:
    void note_components(const core::State& now);
    void note_incidents(const core::State& now);

    std::shared_ptr<const core::State> last_ = std::make_shared<const core::State>();
    bool blind_ = false;
};

}  // namespace candor::app
