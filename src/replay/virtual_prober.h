// The prober port without a network: targets behave as scripted, results come in virtual time.
//
// One thread. A target that nobody scripted passes after 20 ms.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <queue>
#include <vector>

#include "base/time.h"
#include "model/check.h"
#include "ports/prober.h"
#include "replay/virtual_clock.h"

namespace candor::replay {

// What a probe of a target will find, and how long finding it takes.
struct Behaviour {
    ObservationResult result = ObservationResult::kPass;
    Evidence evidence;
    Duration takes = milliseconds(20);
    bool lost = false;  // no result ever comes
};

class VirtualProber final : public Prober {
   public:
    explicit VirtualProber(VirtualClock& clock) : clock_(clock) {}

    void configure(std::vector<CheckSpec> checks) override;
    void start(const CheckId& check, std::uint64_t run) override;

    // Decides what each probe finds; called when the probe starts.
    void set_world(std::function<Behaviour(const CheckSpec&)> world) { world_ = std::move(world); }

    // Steady time of the next result; nothing when no probe is under way.
    std::optional<Duration> next() const;
    // The next result, if it is due by now.
    std::optional<ProbeResult> take_due();
    // Every probe under way is forgotten, as when the process dies.
    void forget() { pending_ = {}; }

   private:
    struct Pending {
        Duration due;
        std::uint64_t order;
        ProbeResult result;
        friend bool operator>(const Pending& a, const Pending& b) {
            return a.due != b.due ? a.due > b.due : a.order > b.order;
        }
    };

    VirtualClock& clock_;
    std::map<CheckId, CheckSpec> checks_;
    std::function<Behaviour(const CheckSpec&)> world_;
    std::priority_queue<Pending, std::vector<Pending>, std::greater<>> pending_;
    std::uint64_t order_ = 0;
};

}  // namespace candor::replay
