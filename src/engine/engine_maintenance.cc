// Engine's fourth part: maintenance, as the configuration plans it and as people ask for it.
#include "engine/command_text.h"
#include "engine/engine.h"

namespace candor::engine {

// The core is told of everything that is planned; what is new or gone is its finding.
void Engine::plan_maintenance(Stamp now) {
    plan_at_ = now.steady + kPlanEvery;
    const bool nothing = setup_.maintenances.empty() && draft_.scheduled_maintenances.empty() &&
                         draft_.active_maintenances.empty();
    if (nothing) return;
    const Timestamp at = time_.stamp(now);
    const auto decided = decide_input(
        at, input::MaintenancePlanned{planned_windows(setup_.maintenances, at)}, {}, "");
    if (!decided) log("maintenance was not planned: " + decided.error().message);
}

Result<SealedText> Engine::seal_optional(const std::string& text) {
    if (text.empty()) return SealedText{};
    TRY(check_text(text, "text", kSealedTextBytesMax));
    return seal(text);
}

Result<std::optional<InputKind>> Engine::maintenance_input(const CommandRequest& request) {
    const ActorId& actor = request.actor;
    if (const auto* s = std::get_if<command::ScheduleMaintenance>(&request.what)) {
        TRY(check_text(s->name, "name", kTitleBytesMax));
        TRY(check_text(s->text, "text", kSealedTextBytesMax));
        return input::MaintenanceScheduled{seal(s->name), seal(s->text), s->components, s->expects,
                                           s->start,      s->end,        actor};
    }
    if (const auto* u = std::get_if<command::UpdateMaintenance>(&request.what)) {
        return input::MaintenanceUpdated{u->maintenance, TRY(seal_optional(u->text)), u->start,
                                         u->end, actor};
    }
    if (const auto* f = std::get_if<command::FinishMaintenance>(&request.what)) {
        return input::MaintenanceFinished{f->maintenance, TRY(seal_optional(f->text)), actor};
    }
    if (const auto* c = std::get_if<command::CancelMaintenance>(&request.what)) {
        return input::MaintenanceCancelRequested{c->maintenance, TRY(seal_optional(c->text)),
                                                 actor};
    }
    return std::nullopt;
}

}  // namespace candor::engine
