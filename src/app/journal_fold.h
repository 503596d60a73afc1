// Follows the journal batch by batch, with the state before and after each.
//
// For followers that tell what changed (the notifier); those that only show the present look at
// newest_state.h. Keeps a State of its own, so that what it sees of a position never depends on how
// far the engine is. One thread; the reader is its own.
#pragma once

#include <functional>
#include <memory>

#include "core/state.h"
#include "model/batch.h"
#include "ports/journal.h"

namespace candor::app {

struct FoldedBatch {
    Position position = 0;
    const Batch& batch;
    const core::State& before;
    const core::State& after;
};

class JournalFold final {
   public:
    explicit JournalFold(std::unique_ptr<JournalReader> reader) : reader_(std::move(reader)) {}

    // The state at `position`, or at the journal's end if that comes first.
    Result<void> start(Position position);

    // Folds at most `limit` batches after the present position and visits those that are `wanted`;
    // the others cost no copy of the state. Returns how many were folded. An error of the visit
    // leaves the state before the batch that was visited.
    Result<std::size_t> advance(std::size_t limit, bool (*wanted)(const Batch&),
                                const std::function<Result<void>(const FoldedBatch&)>& visit);

    Position position() const { return state_.position; }
    const core::State& state() const { return state_; }
    JournalReader& reader() { return *reader_; }

   private:
    std::unique_ptr<JournalReader> reader_;
    core::State state_;
};

}  // namespace candor::app
