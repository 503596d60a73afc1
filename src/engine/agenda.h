// When each check is probed next: a deterministic schedule on the steady clock.
//
// Settled checks run on a grid spread by a hash of their id (engine/spread.h), unsettled ones
// retry_every after their last result; at most one probe of a check runs at a time. Holds no clock.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/check.h"
#include "model/ids.h"

namespace candor::engine {

class Agenda {
   public:
    // First probes come within min(every, kFirstWithin), spread; unchanged checks keep their place.
    // A probe of an older definition that is still running is given up.
    void configure(const std::vector<CheckSpec>& specs, Duration now);

    struct Start {
        CheckId check;
        std::uint64_t run;
    };
    // Every check that is due, marked as running. A probe whose result is lost is given up
    // kLostAfter past its timeout and started again.
    std::vector<Start> take_due(Duration now);

    // The result of `run` arrived. False when the run is not the current one: ignore its result.
    bool finish(const CheckId& check, std::uint64_t run);
    // Plans the next probe of a check that is not running: after `wait`, or on its grid when that
    // is its whole interval.
    void plan(const CheckId& check, Duration now, Duration wait);

    // Probes the check as soon as possible, unless it is running already.
    void hasten(const CheckId& check, Duration now);

    // When the current run of the check was started; nothing when none is running.
    std::optional<Duration> running_since(const CheckId& check) const;

    std::optional<Duration> next() const;

   private:
    struct Slot {
        std::string definition;
        Duration every;
        Duration timeout;
        Duration phase;
        Duration due;
        Duration started;
        std::uint64_t run = 0;  // 0: not running
    };
    struct Item {
        Duration due;
        CheckId check;
        friend bool operator>(const Item& a, const Item& b) {
            return a.due != b.due ? a.due > b.due : a.check > b.check;
        }
    };

    void put(const CheckId& check, Slot& slot, Duration due);

    std::map<CheckId, Slot> slots_;
    // May hold outdated items; one is valid when its due equals its slot's.
    std::priority_queue<Item, std::vector<Item>, std::greater<>> queue_;
    std::uint64_t next_run_ = 1;
};

inline constexpr Duration kFirstWithin = seconds(5);
inline constexpr Duration kLostAfter = seconds(10);

}  // namespace candor::engine
