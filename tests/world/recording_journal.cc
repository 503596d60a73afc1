#include "tests/world/recording_journal.h"

#include "base/check.h"

namespace candor::world {

Result<Position> RecordingJournal::append(std::span<const AppendRequest> requests) {
    const Position end = TRY(inner().append(requests));
    Position position = end - requests.size();
    for (const AppendRequest& request : requests) {
        const auto batch = decode_batch(request.bytes);
        CHECK(batch.has_value());
        if (seen_) seen_(++position, *batch);
    }
    return end;
}

}  // namespace candor::world
