// What people do to maintenance windows: schedule, tell, move, finish, call off.
#include <algorithm>

#include "core/maintenance.h"
#include "core/maintenance_steps.h"
#include "core/maintenance_words.h"
#include "core/windows.h"

namespace candor::core {
namespace {

using Touched = std::vector<ComponentId>;

Result<const MaintenanceState*> known_window(const Draft& draft, const MaintenanceId& id) {
    const MaintenanceState* found = draft.maintenance(id);
    if (found == nullptr)
        return fail(ErrorCode::kNotFound, "there is no maintenance `" + id.value + "`");
    return found;
}

Result<void> check_components(const State& state, const std::vector<ComponentId>& ids) {
    if (ids.empty())
        return fail(ErrorCode::kInvalid, "`components`: name at least one that is worked on");
    for (const ComponentId& id : ids) {
        if (find_definition(state, id) != nullptr) continue;
        return fail(ErrorCode::kNotFound,
                    "there is no component `" + id.value + "` in the configuration");
    }
    return {};
}

Result<void> check_expects(const State& state, const input::MaintenanceScheduled& in) {
    if (in.expects.size() > kMaintenanceExpectsMax) {
        return fail(ErrorCode::kTooLarge, "`expects` has " + std::to_string(in.expects.size()) +
                                              " items; at most " +
                                              std::to_string(kMaintenanceExpectsMax) + " are kept");
    }
    for (const std::string& name : in.expects) {
        const auto check = state.checks.find(CheckId{name});
        const bool of_these =
            check != state.checks.end() &&
            std::ranges::find(in.components, check->second.component) != in.components.end();
        const auto kind = check_kind_from(name);
        if (of_these || (kind && may_be_expected(*kind))) continue;
        return fail(ErrorCode::kInvalid,
                    "`expects`: `" + name.substr(0, 100) +
                        "` is neither a check of these components nor a kind of check (http, tcp, "
                        "dns, tls, ping, command, heartbeat)");
    }
    return {};
}

Result<void> check_times(Timestamp start, Timestamp end, Timestamp at) {
    if (end <= at) return fail(ErrorCode::kInvalid, "`end` lies in the past");
    if (end - start < kMaintenanceLengthMin)
        return fail(ErrorCode::kInvalid, "`end` must come at least a minute after `start`");
    if (end - start > kMaintenanceLengthMax)
        return fail(ErrorCode::kInvalid, "a maintenance lasts at most 30 days; plan several");
    if (start - at > kMaintenanceAheadMax)
        return fail(ErrorCode::kInvalid, "`start` is more than two years ahead");
    return {};
}

Result<void> check_room_for_post(const MaintenanceState& window) {
    if (window.updates.size() < kMaintenancePostsMax) return {};
    return fail(ErrorCode::kTooLarge, "maintenance `" + window.id.value + "` has " +
                                          std::to_string(kMaintenancePostsMax) +
                                          " posts; no more are kept");
}

std::unexpected<Error> refuse_phase(const MaintenanceState& window, std::string_view hint) {
    constexpr std::string_view kIs[] = {"has not begun", "is going on", "is over",
                                        "was called off"};
    return fail(ErrorCode::kConflict, "maintenance `" + window.id.value + "` " +
                                          std::string(kIs[static_cast<int>(window.phase)]) + "; " +
                                          std::string(hint));
}

Result<void> move_window(Draft& draft, const MaintenanceState& before,
                         const input::MaintenanceUpdated& in) {
    if (!before.is_open()) return refuse_phase(before, "its times can no longer change");
    const bool begun = before.phase == MaintenancePhase::kInProgress;
    if (begun && in.start) return refuse_phase(before, "only its `end` can change");
    entry::MaintenanceSet e = set_from(before);
    e.start = in.start.value_or(before.start);
    e.end = in.end.value_or(before.end);
    TRY(check_times(e.start, e.end, draft.at()));
    if (!begun && e.start < draft.at()) e.start = std::min(draft.at(), before.start);
    if (e.start == before.start && e.end == before.end) return {};
    e.sequence = before.sequence + 1;
    e.moved_by_hand = true;
    e.actor = in.actor;
    excuse(e, &before, draft.at());
    draft.emit(std::move(e));
    post_to_window(draft, before.id, moved_text(before, *draft.maintenance(before.id)), {},
                   in.actor);
    return {};
}

}  // namespace

Result<Touched> schedule_window(Draft& draft, const input::MaintenanceScheduled& in) {
    const State& state = draft.state();
    TRY(check_components(state, in.components));
    TRY(check_expects(state, in));
    const Timestamp start = in.start.value_or(draft.at());
    if (start < draft.at())
        return fail(ErrorCode::kInvalid, "`start` lies in the past; leave it out to begin now");
    TRY(check_times(start, in.end, draft.at()));
    if (state.scheduled_maintenances.size() + state.active_maintenances.size() >=
        kMaintenancesOpenMax) {
        return fail(ErrorCode::kTooLarge, "there are " + std::to_string(kMaintenancesOpenMax) +
                                              " open maintenances; call some off first");
    }
    const MaintenanceId id{draft.new_public_id()};
    entry::MaintenanceSet e;
    e.maintenance = id;
    e.origin = Origin::kHuman;
    e.sealed_name = in.name;
    e.components = named(state, in.components);
    e.expects = in.expects;
    e.start = start;
    e.end = in.end;
    e.announced = draft.at();
    e.actor = in.actor;
    excuse(e, nullptr, draft.at());
    draft.emit(std::move(e));
    post_to_window(draft, id, {}, in.text, in.actor);
    return run_due_windows(draft);
}

Result<Touched> update_window(Draft& draft, const input::MaintenanceUpdated& in) {
    const MaintenanceState before = *TRY(known_window(draft, in.maintenance));
    if (in.text.empty() && !in.start && !in.end)
        return fail(ErrorCode::kInvalid, "say something in `text`, or give a new `start` or `end`");
    TRY(check_room_for_post(before));
    if (in.start || in.end) TRY(move_window(draft, before, in));
    if (!in.text.empty()) post_to_window(draft, in.maintenance, {}, in.text, in.actor);
    const Touched due = run_due_windows(draft);
    return due.empty() ? components_of(draft, before) : due;
}

Result<Touched> finish_window(Draft& draft, const input::MaintenanceFinished& in) {
    const MaintenanceState window = *TRY(known_window(draft, in.maintenance));
    if (window.phase != MaintenancePhase::kInProgress) {
        return refuse_phase(window, window.phase == MaintenancePhase::kScheduled
                                        ? "cancel it instead"
                                        : "there is nothing to finish");
    }
    TRY(check_room_for_post(window));
    end_window(draft, in.maintenance, draft.at(), in.text, in.actor);
    return components_of(draft, window);
}

Result<Touched> cancel_window(Draft& draft, const input::MaintenanceCancelRequested& in) {
    const MaintenanceState window = *TRY(known_window(draft, in.maintenance));
    if (window.phase != MaintenancePhase::kScheduled) {
        return refuse_phase(window, window.phase == MaintenancePhase::kInProgress
                                        ? "finish it instead"
                                        : "there is nothing to call off");
    }
    TRY(check_room_for_post(window));
    draft.emit(
        entry::MaintenanceCancelled{in.maintenance, Origin::kHuman, window.sequence + 1, in.actor});
    post_to_window(draft, in.maintenance, in.text.empty() ? called_off_text() : std::string(),
                   in.text, in.actor);
    return Touched{};
}

}  // namespace candor::core
