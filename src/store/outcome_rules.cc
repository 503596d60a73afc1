#include "store/outcome_rules.h"

#include <algorithm>

namespace candor::store {

Result<void> check_commit(const OutcomeCommit& commit) {
    const bool small = commit.names.size() <= kNamesPerCommitMax &&
                       commit.minutes.size() <= kMinutesPerCommitMax &&
                       std::ranges::all_of(commit.minutes, [](const StoredMinute& minute) {
                           return minute.bytes.size() <= kMinuteBytesMax;
                       });
    if (small) return {};
    return fail(ErrorCode::kTooLarge, "more outcomes in one commit than the store takes");
}

}  // namespace candor::store
