// What is broken at the moment, on purpose: set by the control address, asked by every request.
//
// Not a proxy: the service itself behaves badly, so that checks see what they would see in life.
// Safe from any thread.
#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "acme/area.h"

namespace acme {

enum class Fault { kNone, kDown, kLatency, kErrors, kFlap };

std::optional<Fault> fault_named(std::string_view name);  // "down", "latency", "errors", "flap"

inline constexpr std::chrono::seconds kAddedLatency{3};
inline constexpr std::chrono::seconds kFlapHalfPeriod{8};

class Faults {
   public:
    void set(Area area, Fault fault);
    void set_name_server_broken();
    // Ends every fault, and the waits of requests that a latency fault holds.
    void heal();

    bool refuses_connections(Area area) const;  // down, or the dark half of a flap
    bool answers_errors(Area area) const;
    bool name_server_broken() const;
    // Blocks while a latency fault holds requests of this area back, at most kAddedLatency.
    void hold_back(Area area);

    std::string describe() const;  // JSON object: {"calls":"latency","dns":"broken"}

   private:
    using Clock = std::chrono::steady_clock;
    struct State {
        Fault fault = Fault::kNone;
        Clock::time_point since;
    };

    mutable std::mutex mutex_;
    std::condition_variable healed_;
    std::array<State, kAreas.size()> areas_;  // protected by mutex_
    bool name_server_broken_ = false;         // protected by mutex_
};

}  // namespace acme
