#include "core/windows.h"

#include <algorithm>

namespace candor::core {
namespace {

bool covers(const MaintenanceState& window, const ComponentId& component) {
    return std::ranges::find(window.uncovered, component) == window.uncovered.end();
}

// How far the uncounted part of the window reached; zero when there is none.
Timestamp uncounted_end(const MaintenanceState& window, Timestamp at) {
    if (window.ended.ms == 0 && at < window.uncounted_to) return {};
    Timestamp end = std::min(window.uncounted_to, at);
    if (window.ended.ms != 0) end = std::min(end, window.ended);
    const bool some = end > std::max(window.uncounted_from, window.started);
    return some ? end : Timestamp{};
}

}  // namespace

bool may_be_expected(CheckKind kind) {
    return kind != CheckKind::kOutcomes;
}

bool expects_check(const std::vector<std::string>& expects, const CheckRule& rule) {
    return std::ranges::any_of(expects, [&](const std::string& name) {
        return name == rule.id.value || (may_be_expected(rule.kind) && name == name_of(rule.kind));
    });
}

bool names_component(const MaintenanceState& window, const ComponentId& component) {
    return std::ranges::find(window.components, component, &MaintenanceComponent::id) !=
           window.components.end();
}

Windows::Windows(const State& state, const ComponentId& component) : component_(component) {
    for (const MaintenanceId& id : state.active_maintenances) {
        const MaintenanceState& window = *state.maintenances.at(id);
        if (names_component(window, component)) on_.push_back(&window);
    }
}

bool Windows::expect(const CheckRule& rule) const {
    return std::ranges::any_of(on_, [&](const MaintenanceState* window) {
        return covers(*window, component_) && expects_check(window->expects, rule);
    });
}

bool Windows::uncounted(Timestamp at) const {
    return std::ranges::any_of(on_, [&](const MaintenanceState* window) {
        return window->uncounted_from <= at && at < window->uncounted_to;
    });
}

Timestamp Windows::since() const {
    Timestamp since = on_.front()->started;
    for (const MaintenanceState* window : on_) since = std::min(since, window->started);
    return since;
}

Timestamp uncounted_until(const State& state, const ComponentId& component, const CheckRule* rule,
                          Timestamp since, Timestamp at) {
    Timestamp until;
    const auto consider = [&](const MaintenanceId& id) {
        const MaintenanceState& window = *state.maintenances.at(id);
        if (window.started.ms == 0 || !names_component(window, component)) return;
        if (rule != nullptr &&
            (!covers(window, component) || !expects_check(window.expects, *rule))) {
            return;
        }
        const Timestamp end = uncounted_end(window, at);
        if (since < end) until = std::max(until, end);
    };
    for (const MaintenanceId& id : state.active_maintenances) consider(id);
    // By when they closed, so the first that closed before `since` ends the search.
    for (auto it = state.closed_maintenances.rbegin(); it != state.closed_maintenances.rend();
         ++it) {
        if (state.maintenances.at(*it)->ended <= since) break;
        consider(*it);
    }
    return until;
}

}  // namespace candor::core
