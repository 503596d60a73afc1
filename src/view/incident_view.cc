#include "view/incident_view.h"

#include <algorithm>

#include "base/check.h"

namespace candor::view {
namespace {

Result<std::string> human_text(const SealedText& sealed, const ViewOptions& options) {
    if (options.text_of) return options.text_of(sealed);
    return fail(ErrorCode::kNotFound, "no texts here");
}

// What a person wrote is never replaced silently: erased and damaged are told apart.
std::string_view missing_text(ErrorCode why) {
    switch (why) {
        case ErrorCode::kNotFound: return "This text was erased on request.";
        case ErrorCode::kCorrupt:
            return "The stored text is damaged and does not match the record, so it is not shown.";
        default: return "This text cannot be read from storage at the moment.";
    }
}

std::string_view missing_title(ErrorCode why) {
    switch (why) {
        case ErrorCode::kNotFound: return "An incident whose title was erased";
        case ErrorCode::kCorrupt: return "An incident whose stored title is damaged";
        default: return "An incident whose title cannot be read at the moment";
    }
}

std::string title_of(const core::IncidentState& incident, const ViewOptions& options) {
    if (incident.sealed_title.empty()) return incident.title;
    const Result<std::string> title = human_text(incident.sealed_title, options);
    return title ? *title : std::string(missing_title(title.error().code));
}

UpdateView build_update(const core::UpdateState& update, const ComponentNames& names,
                        const ViewOptions& options) {
    UpdateView out;
    out.id = update.id;
    out.at = update.at;
    out.origin = update.origin;
    out.phase = update.phase;
    if (update.sealed_text.empty()) {
        out.text = update.text;
    } else if (Result<std::string> text = human_text(update.sealed_text, options)) {
        out.text = std::move(*text);
    } else {
        out.missing = missing_text(text.error().code);
    }
    for (const AffectedComponent& a : update.affected) {
        out.affected.push_back({a.component, names.qualified(a.component), a.before, a.after});
    }
    return out;
}

// When readers may expect the next word from a person (rule 4); zero: none is owed.
Timestamp next_update_due(const core::IncidentState& incident, const IncidentSettings& settings) {
    if (!incident.is_open()) return {};
    if (incident.last_human.ms != 0) return incident.last_human + settings.update_every;
    return incident.opened + settings.explain_within;
}

Sentence recovery_of(const core::IncidentState& incident) {
    Sentence out;
    if (!incident.is_open() || incident.recovered_at.ms == 0) return out;
    out.say("Checks pass again since ").at(incident.recovered_at);
    if (incident.resolve_due.ms != 0) {
        out.say("; this closes at ").at(incident.resolve_due).say(" if it stays so");
    }
    return out.say(".");
}

}  // namespace

ComponentNames::ComponentNames(const Topology& topology) {
    components_.reserve(topology.components.size());
    for (const Component& c : topology.components) components_.emplace(c.id.value, &c);
    for (const Group& group : topology.groups) groups_.emplace(group.id.value, &group);
}

std::string ComponentNames::plain(const ComponentId& id) const {
    const auto found = components_.find(id.value);
    return found == components_.end() ? id.value : found->second->name;
}

std::string ComponentNames::qualified(const ComponentId& id) const {
    const auto found = components_.find(id.value);
    if (found == components_.end()) return id.value;
    const auto group = groups_.find(found->second->group.value);
    const std::string prefix = group == groups_.end() ? "" : group->second->name + " - ";
    return prefix + found->second->name;
}

IncidentView build_incident(const core::State& state, const core::IncidentState& incident,
                            const ComponentNames& names, const ViewOptions& options) {
    CHECK(incident.visibility == Visibility::kPublic);
    IncidentView out;
    out.id = incident.id;
    out.title = title_of(incident, options);
    out.origin = incident.origin;
    out.phase = incident.phase;
    out.impact = incident.impact;
    out.opened = incident.opened;
    out.started = incident.started;
    out.changed = incident.changed;
    out.monitoring_at = incident.monitoring_at;
    out.recovered_at = incident.recovered_at;
    out.resolved_at = incident.resolved_at;
    out.resolve_due = incident.resolve_due;
    out.next_update_due = next_update_due(incident, state.topology->incidents);
    out.update_overdue = out.next_update_due.ms != 0 && out.next_update_due < options.as_of;
    out.retracted = incident.retracted;
    out.explained = incident.explained;
    out.recovery = recovery_of(incident);
    out.affected_words = "Number of customers not known";
    for (const core::IncidentComponent& c : incident.components) {
        out.components.push_back({c.component, names.plain(c.component), c.now, c.worst});
        out.worst = worse_of(out.worst, c.worst);
    }
    for (const core::UpdateState& update : incident.updates) {
        out.updates.push_back(build_update(update, names, options));
    }
    std::ranges::reverse(out.updates);
    // The newest post is the retraction's; feeds and programs show nothing but posts.
    if (out.retracted && !out.updates.empty() && out.updates.front().missing.empty()) {
        out.updates.front().text = "This was a false alarm. " + out.updates.front().text;
    }
    return out;
}

}  // namespace candor::view
