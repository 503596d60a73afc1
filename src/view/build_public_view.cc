#include "view/build_public_view.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/clocks.h"
#include "view/banner.h"
#include "view/component_view.h"
#include "view/incident_view.h"
#include "view/maintenance_view.h"

namespace candor::view {
namespace {

void note_open_incidents(PublicView& view) {
    if (view.open.empty()) return;
    std::unordered_map<std::string_view, std::vector<IncidentId>> by_component;
    for (const IncidentView& incident : view.open) {
        for (const IncidentComponentView& named : incident.components) {
            by_component[named.id.value].push_back(incident.id);
        }
    }
    for (ComponentView& component : view.components) {
        const auto found = by_component.find(component.id.value);
        if (found != by_component.end()) component.incidents = std::move(found->second);
    }
}

void build_owed(PublicView& view, const core::State& state, const ComponentNames& names,
                const ViewOptions& options) {
    std::vector<const core::IncidentState*> owed;
    for (const IncidentId& id : state.owed) {
        const core::IncidentState& incident = *state.incidents.at(id);
        if (incident.visibility == Visibility::kPublic) owed.push_back(&incident);
    }
    view.owed_total = owed.size();
    std::ranges::stable_sort(owed, std::greater{}, &core::IncidentState::opened);
    if (owed.size() > kOwedShownMax) owed.resize(kOwedShownMax);
    for (const core::IncidentState* incident : owed) {
        view.owed.push_back(build_incident(state, *incident, names, options));
    }
}

Timestamp month_start(Timestamp t) {
    CivilTime civil = civil_from(t);
    return timestamp_from({.year = civil.year, .month = civil.month, .day = 1});
}

Timestamp next_month(Timestamp month) {
    return month_start(month + days(32));
}

Timestamp earliest_month(const core::State& state, Timestamp as_of) {
    Timestamp earliest = as_of;
    for (const auto& [id, component] : state.components) {
        if (component->created.ms != 0) earliest = std::min(earliest, component->created);
    }
    for (const auto& [id, incident] : state.incidents) {
        if (incident->visibility == Visibility::kPublic) {
            earliest = std::min(earliest, incident->started);
        }
    }
    return month_start(earliest);
}

}  // namespace

PageFrame build_frame(const core::State& state, const ViewOptions& options) {
    const PageSettings& settings = state.topology->page;
    PageFrame out;
    out.position = state.position;
    out.as_of = options.as_of;
    out.version = options.version;
    out.historical = options.historical;
    out.settings = state.topology->incidents;
    out.clocks = core::clock_rules(state);
    out.page = {.id = options.page_id,
                .name = settings.name,
                .url = settings.url,
                .time_zone = settings.time_zone,
                .support_url = settings.support_url,
                .created = state.configured_at,
                .subscribable = options.subscribable};
    return out;
}

PublicView build_public_view(const core::State& state, const ViewOptions& options) {
    const PageFrame frame = build_frame(state, options);
    PublicView view;
    view.position = frame.position;
    view.as_of = frame.as_of;
    view.version = frame.version;
    view.historical = frame.historical;
    view.page = frame.page;
    view.settings = frame.settings;
    view.clocks = frame.clocks;
    view.publish = state.topology->page.publish;
    const BarScale scale = bar_scale(Range::k90Days);
    view.components.reserve(state.topology->components.size());
    for (const Component& component : state.topology->components) {
        view.components.push_back(build_component(state, component, scale, options.as_of));
    }
    view.groups = build_groups(*state.topology, view.components);
    const ComponentNames names(*state.topology);
    view.open = build_incidents(state, names, options, state.incident_order.size(),
                                [](const core::IncidentState& i) { return i.is_open(); });
    view.recent = build_incidents(state, names, options, kRecentIncidentsMax,
                                  [](const core::IncidentState& i) { return !i.is_open(); });
    build_owed(view, state, names, options);
    note_open_incidents(view);
    add_maintenances(view, state, names, options);
    view.banner =
        build_banner(view.components, view.open, view.recent, view.maintenances, options.as_of);
    return view;
}

HistoryView build_history_view(const core::State& state, const ViewOptions& options,
                               Timestamp month) {
    HistoryView out;
    out.frame = build_frame(state, options);
    out.month = month_start(month);
    out.earliest = earliest_month(state, options.as_of);
    const Timestamp end = next_month(out.month);
    out.incidents =
        build_incidents(state, ComponentNames(*state.topology), options, kHistoryIncidentsMax,
                        [&](const core::IncidentState& i) {
                            return !i.record.drill && i.started >= out.month && i.started < end;
                        });
    out.maintenances = maintenances_between(state, options, out.month, end);
    return out;
}

std::optional<ComponentDetailView> build_component_view(const core::State& state,
                                                        const ViewOptions& options,
                                                        const ComponentId& component, Range range) {
    const auto& all = state.topology->components;
    const auto found = std::ranges::find(all, component, &Component::id);
    if (found == all.end()) return std::nullopt;
    ComponentDetailView out;
    out.frame = build_frame(state, options);
    out.range = range;
    const BarScale scale = bar_scale(range);
    out.component = build_component(state, *found, scale, options.as_of);
    const Timestamp from = first_bar(scale, options.as_of);
    const auto names_it = [&](const core::IncidentState& i) {
        const bool in_range = i.is_open() || (i.resolved_at >= from && !i.record.drill);
        return in_range &&
               std::ranges::find(i.components, component, &core::IncidentComponent::component) !=
                   i.components.end();
    };
    out.incidents = build_incidents(state, ComponentNames(*state.topology), options,
                                    kHistoryIncidentsMax, names_it);
    for (const IncidentView& incident : out.incidents) {
        if (incident.is_open()) out.component.incidents.push_back(incident.id);
    }
    return out;
}

std::optional<IncidentDetailView> build_incident_view(const core::State& state,
                                                      const ViewOptions& options,
                                                      const IncidentId& incident) {
    const auto found = state.incidents.find(incident);
    if (found == state.incidents.end() || found->second->visibility != Visibility::kPublic) {
        return std::nullopt;
    }
    return IncidentDetailView{
        build_frame(state, options),
        build_incident(state, *found->second, ComponentNames(*state.topology), options)};
}

}  // namespace candor::view
