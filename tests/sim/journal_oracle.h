// Judges the journal from its bytes alone: chain, order, promises, and what each batch may say.
//
// Knows the engine's state only through the batches it reads; computes the chain itself. Every
// answer is a complaint, empty when all is well. One thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/state.h"
#include "model/batch.h"
#include "ports/journal.h"
#include "tests/sim/clocks_oracle.h"
#include "tests/sim/rules_oracle.h"

namespace candor::sim {

class JournalOracle {
   public:
    explicit JournalOracle(const IncidentSettings& promised)
        : rules_(promised.min_red), clocks_(promised.explain_within) {}

    // The journal told its caller that this batch is written.
    void promised(Position position, const Batch& batch);

    // Reads what is new on disk. Everything promised must be there, as promised.
    std::string catch_up(JournalReader& reader);
    // Reads everything again from the first batch, and the newest snapshot with its tail.
    std::string check_whole(JournalReader& reader) const;

    // Every batch applied, by nobody but us.
    const core::State& replayed() const { return replayed_; }
    const Digest& chain() const { return chain_; }
    // Where each idempotency key stands.
    const std::map<std::string, Position>& keys() const { return keys_; }
    // How often each kind of entry, cause and special event came by.
    std::map<std::string, int> seen() const;

   private:
    std::string take(const JournalRecord& record);

    core::State replayed_;
    Digest chain_{};
    Timestamp at_;
    std::map<Position, Digest> promised_;
    std::map<std::string, Position> keys_;
    RulesOracle rules_;
    ClocksOracle clocks_;
};

}  // namespace candor::sim
