#include "core/maintenance_steps.h"

#include <algorithm>

#include "core/maintenance_words.h"
#include "core/windows.h"

namespace candor::core {
namespace {

std::vector<std::string> names_of(const MaintenanceState& window,
                                  const std::vector<ComponentId>& ids) {
    std::vector<std::string> names;
    for (const MaintenanceComponent& c : window.components) {
        if (std::ranges::find(ids, c.id) != ids.end()) names.push_back(c.name);
    }
    return names;
}

// Worse than operational for a reason that is not ours: a window changes nothing then (rule 1).
bool in_trouble(const ComponentState& c) {
    return is_trouble(c.status) || c.cause == StatusCause::kSilent ||
           c.cause == StatusCause::kMonitoringChanged;
}

// Components with a failure that this window alone stands for.
std::vector<ComponentId> left_failing(const Draft& draft, const MaintenanceState& window) {
    const State& state = draft.state();
    std::vector<ComponentId> out;
    for (const MaintenanceComponent& c : window.components) {
        const Component* definition = find_definition(state, c.id);
        const bool covered = std::ranges::find(window.uncovered, c.id) == window.uncovered.end();
        if (definition == nullptr || !covered) continue;
        const Windows others(state, c.id);  // the window itself has ended already
        const bool failing = std::ranges::any_of(definition->checks, [&](const CheckRule& rule) {
            const auto check = state.checks.find(rule.id);
            return check != state.checks.end() && check->second.last.verdict == Verdict::kFail &&
                   check->second.last.scope.is_all() && expects_check(window.expects, rule) &&
                   !others.expect(rule);
        });
        if (failing) out.push_back(c.id);
    }
    return out;
}

}  // namespace

std::vector<ComponentId> components_of(const Draft& draft, const MaintenanceState& window) {
    std::vector<ComponentId> out;
    for (const MaintenanceComponent& c : window.components) {
        if (draft.component(c.id) != nullptr) out.push_back(c.id);
    }
    return out;
}

std::vector<MaintenanceComponent> named(const State& state, const std::vector<ComponentId>& ids) {
    std::vector<MaintenanceComponent> out;
    for (const Component& component : state.topology->components) {
        if (std::ranges::find(ids, component.id) != ids.end())
            out.push_back({component.id, component.name});
    }
    return out;
}

entry::MaintenanceSet set_from(const MaintenanceState& w) {
    return {.maintenance = w.id,
            .origin = w.origin,
            .name = w.name,
            .sealed_name = w.sealed_name,
            .description = w.description,
            .components = w.components,
            .expects = w.expects,
            .start = w.start,
            .end = w.end,
            .announced = w.announced,
            .uncounted_from = w.uncounted_from,
            .uncounted_to = w.uncounted_to,
            .sequence = w.sequence,
            .moved_by_hand = w.moved_by_hand,
            .actor = {}};
}

void post_to_window(Draft& draft, const MaintenanceId& id, std::string text, SealedText sealed,
                    const ActorId& actor) {
    const MaintenanceState& window = *draft.maintenance(id);
    const bool human = !sealed.empty();
    if (!human && window.updates.size() >= kMaintenancePostsMax) return;
    const MaintenancePhase phase = window.phase;
    draft.emit(entry::MaintenancePosted{.maintenance = id,
                                        .update = UpdateId{draft.new_public_id()},
                                        .origin = human ? Origin::kHuman : Origin::kMachine,
                                        .phase = phase,
                                        .text = human ? std::string() : std::move(text),
                                        .sealed_text = std::move(sealed),
                                        .actor = actor});
}

void excuse(entry::MaintenanceSet& e, const MaintenanceState* before, Timestamp at) {
    if (e.start - at >= kAnnouncedAhead) {
        e.uncounted_from = e.start;
        e.uncounted_to = e.end;
        return;
    }
    const bool kept = before != nullptr && std::ranges::all_of(e.components, [&](const auto& c) {
                          return names_component(*before, c.id);
                      });
    e.uncounted_from = kept ? std::max(e.start, before->uncounted_from) : Timestamp{};
    e.uncounted_to = kept ? std::min(e.end, before->uncounted_to) : Timestamp{};
    if (e.uncounted_to <= e.uncounted_from) e.uncounted_from = e.uncounted_to = {};
}

void begin_window(Draft& draft, const MaintenanceId& id) {
    const MaintenanceState window = *draft.maintenance(id);
    std::vector<ComponentId> uncovered;
    for (const MaintenanceComponent& c : window.components) {
        const ComponentState* component = draft.component(c.id);
        if (component != nullptr && in_trouble(*component)) uncovered.push_back(c.id);
    }
    const std::vector<std::string> names = names_of(window, uncovered);
    draft.emit(entry::MaintenanceStarted{id, window.start, std::move(uncovered)});
    post_to_window(draft, id, begun_text(window, names), {}, {});
}

void end_window(Draft& draft, const MaintenanceId& id, Timestamp effective, const SealedText& text,
                const ActorId& actor) {
    const MaintenanceState window = *draft.maintenance(id);
    draft.emit(entry::MaintenanceEnded{id, effective, actor});
    const std::vector<std::string> names = names_of(window, left_failing(draft, window));
    if (text.empty() || !names.empty())
        post_to_window(draft, id, over_text(window, effective, names), {}, actor);
    if (!text.empty()) post_to_window(draft, id, {}, text, actor);
}

}  // namespace candor::core
