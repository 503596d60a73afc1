#include "core/shift_overrides.h"

#include <algorithm>

namespace candor::core {
namespace {

using Touched = std::vector<ComponentId>;

// From when it counts: now, when it was meant to begin at once.
Result<Timestamp> start_of(const Draft& draft, const input::ShiftOverrideRequested& in) {
    const Timestamp now = draft.at();
    const Timestamp start = in.start.value_or(now);
    if (start + kShiftOverrideLate < now) {
        return fail(ErrorCode::kInvalid,
                    "#/start: lies in the past; leave it out for a stand-in from now on");
    }
    if (start > now + kShiftOverrideAheadMax) {
        return fail(ErrorCode::kInvalid, "#/start: is more than a year away");
    }
    return std::max(start, now);
}

Result<void> check_end(Timestamp now, Timestamp start, Timestamp end) {
    if (end <= now) return fail(ErrorCode::kInvalid, "#/end: lies in the past");
    if (end <= start) return fail(ErrorCode::kInvalid, "#/end: is before the start");
    if (end - start < kShiftOverrideMin) {
        return fail(ErrorCode::kInvalid, "#/end: is less than a minute after the start");
    }
    if (end - start > kShiftOverrideLengthMax) {
        return fail(ErrorCode::kInvalid,
                    "#/end: a stand-in lasts 90 days at most; for longer, change `rotations` in "
                    "the configuration");
    }
    return {};
}

}  // namespace

Result<Touched> override_shift(Draft& draft, const input::ShiftOverrideRequested& in) {
    const Timestamp start = TRY(start_of(draft, in));
    TRY(check_end(draft.at(), start, in.end));
    const auto to_come =
        std::ranges::count_if(draft.state().paging.overrides,
                              [&](const ShiftOverrideState& o) { return o.end > draft.at(); });
    if (static_cast<std::size_t>(to_come) >= kShiftOverridesMax) {
        return fail(ErrorCode::kTooLarge,
                    "there are 100 stand-ins to come, which is the most; remove some");
    }
    draft.emit(entry::ShiftOverridden{ShiftOverrideId{draft.new_public_id()}, in.rotation,
                                      in.person, start, in.end, in.actor});
    return Touched{};
}

Result<Touched> remove_shift_override(Draft& draft, const input::ShiftOverrideRemoveRequested& in) {
    const auto& known = draft.state().paging.overrides;
    const auto found = std::ranges::find(known, in.id, &ShiftOverrideState::id);
    if (found == known.end() || found->end <= draft.at()) {
        return fail(ErrorCode::kNotFound,
                    "there is no stand-in `" + in.id.value + "` that is not over");
    }
    draft.emit(entry::ShiftOverrideRemoved{in.id, in.actor});
    return Touched{};
}

}  // namespace candor::core
