// What a caller has read of the thing that a change is about: its lock against overwriting unseen.
//
// A revision is a short opaque text; equal revisions mean that nothing was decided about the thing
// in between. core/revision.h makes them, web/precondition.h takes them out of If-Match.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace candor {

// Any of them will do; absent: whatever it is at.
using Revisions = std::optional<std::vector<std::string>>;

inline bool holds(const Revisions& wanted, std::string_view present) {
    return !wanted || std::ranges::find(*wanted, present) != wanted->end();
}

// kChanged unless `wanted` holds.
inline Result<void> check_revision(const Revisions& wanted, std::string_view present) {
    if (holds(wanted, present)) return {};
    return fail(ErrorCode::kChanged,
                "this was changed since you have read it: read it again, then decide whether what "
                "you want is still right");
}

}  // namespace candor
