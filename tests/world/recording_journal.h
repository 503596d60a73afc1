// A journal that also tells what became durable, batch by batch: the eyes of scenarios and
// simulator.
//
// Forwards everything; after a successful append it hands each new batch, decoded again from the
// stored bytes, to `seen`. Changes nothing and injects nothing: faults live in the storage. One
// thread.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "model/batch.h"
#include "ports/journal.h"
#include "tests/world/forwarding_journal.h"

namespace candor::world {

using BatchSeen = std::function<void(Position, const Batch&)>;

class RecordingJournal final : public ForwardingJournal {
   public:
    RecordingJournal(std::unique_ptr<Journal> inner, BatchSeen seen)
        : ForwardingJournal(std::move(inner)), seen_(std::move(seen)) {}

    Result<Position> append(std::span<const AppendRequest> requests) override;

   private:
    BatchSeen seen_;
};

}  // namespace candor::world
