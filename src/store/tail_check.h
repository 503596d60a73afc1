// Judges the end of a journal at start: whole, torn in its very last batch, or damaged.
//
// A batch that fails its chain with nothing after it is what a torn write leaves behind, and is
// dropped by the caller. Damage anywhere else is never mended here: acknowledged facts would be
// lost silently. Plain value, one thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "ports/journal.h"

namespace candor::store {

// How far back a start verifies. More than the distance between two state snapshots, so that
// everything behind it is also covered by the snapshot's own chain hash.
inline constexpr std::size_t kVerifiedTailBatches = 4'096;

class TailCheck final {
   public:
    // `anchor` is the batch before the first one seen; position 0 for the start of the journal.
    explicit TailCheck(const JournalHead& anchor) : good_(anchor) {}

    // Takes the batches in order. An error is final. `chain` is as stored, of any length.
    Result<void> see(Position position, Timestamp at, std::string_view bytes,
                     std::string_view chain);

    // The newest batch that verifies.
    const JournalHead& good() const { return good_; }
    // Why the last batch must be dropped; nothing when the tail is whole.
    const std::optional<Error>& torn() const { return torn_; }

   private:
    JournalHead good_;
    std::optional<Error> torn_;
};

}  // namespace candor::store
