// The newest durable position, for every thread that wants to look at it without waiting.
//
// Written by the engine's thread, read by scrapes, the page reader and the watchdog. Never empty.
#pragma once

#include <memory>
#include <mutex>

#include "engine/engine.h"

namespace candor::app {

class NewestState final {
   public:
    void set(engine::Published published, Duration steady) {
        const std::lock_guard lock(mutex_);
        published_ = std::move(published);
        set_at_ = steady;
    }

    engine::Published get() const {
        const std::lock_guard lock(mutex_);
        return published_;
    }

    // Steady time of the last set(): an engine that stands still stops setting.
    Duration set_at() const {
        const std::lock_guard lock(mutex_);
        return set_at_;
    }

   private:
    mutable std::mutex mutex_;
    engine::Published published_{std::make_shared<const core::State>(), {}, {}};
    Duration set_at_;
};

}  // namespace candor::app
