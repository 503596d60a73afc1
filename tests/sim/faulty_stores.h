// Stores with a switch: the power goes off at a chosen write, before or after it took effect, and
// nothing is written any more until the next boot. Also where the sabotages of storage live.
//
// Wrap the memory stores of a World (Fittings). One thread.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "ports/journal.h"
#include "tests/sim/sabotage.h"
#include "tests/world/forwarding_journal.h"
#include "tests/world/forwarding_series.h"

namespace candor::sim {

// Shared by journal and series, since one machine has one plug.
class Power {
   public:
    enum class Write : std::uint8_t { kWorks, kCutBefore, kCutAfter, kOff };

    // The n-th write from now (1 is the next) is the last one.
    void cut_at(int writes, bool after) {
        left_ = writes;
        after_ = after;
    }
    void restore() {
        left_ = 0;
        off_ = false;
        cut_append_ = false;
    }
    bool off() const { return off_; }
    // True when the write that was cut was an append to the journal that reached the disk.
    bool cut_append() const { return cut_append_; }
    void note_cut_append() { cut_append_ = true; }

    Write write();

   private:
    int left_ = 0;  // 0: no cut is planned
    bool after_ = false;
    bool off_ = false;
    bool cut_append_ = false;
};

class FaultyJournal final : public world::ForwardingJournal {
   public:
    FaultyJournal(std::unique_ptr<Journal> inner, Power& power, Sabotage sabotage)
        : ForwardingJournal(std::move(inner)), power_(power), sabotage_(sabotage) {}

    Result<Position> append(std::span<const AppendRequest> requests) override;
    Result<void> put_snapshot(const StateSnapshot& snapshot) override;

   private:
    std::vector<AppendRequest> sabotaged(std::span<const AppendRequest> requests) const;
    Result<Position> promise(std::vector<AppendRequest> requests);

    Power& power_;
    Sabotage sabotage_;
    std::vector<AppendRequest> promised_;  // acknowledged, not written yet
};

class FaultySeries final : public world::ForwardingSeries {
   public:
    FaultySeries(std::unique_ptr<Series> inner, Power& power, Sabotage sabotage)
        : ForwardingSeries(std::move(inner)), power_(power), sabotage_(sabotage) {}

    Result<void> append(std::span<const Observation> observations) override;
    Result<bool> maintain(Timestamp now, Duration keep) override;

   private:
    Result<void> append_sabotaged(std::span<const Observation> observations);

    Power& power_;
    Sabotage sabotage_;
};

}  // namespace candor::sim
