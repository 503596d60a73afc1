#include "view/incident_view.h"

#include <algorithm>

#include "base/check.h"
#include "core/explained.h"
#include "view/human_text.h"

namespace candor::view {
namespace {

void put_record(IncidentView& out, const core::IncidentRecord& record) {
    out.owned_at = record.owned_at;
    out.drill = record.drill;
    out.evidence_started = record.evidence_started;
    out.merged_into = record.merged_into;
    out.merged_from = record.merged_from;
    out.split_from = record.split_from;
    for (const core::SplitOff& part : record.split_off) {
        out.split_off.push_back({part.name, part.into});
    }
}

UpdateView build_update(const core::UpdateState& update, const ComponentNames& names,
                        const ViewOptions& options) {
    UpdateView out;
    out.id = update.id;
    out.at = update.at;
    out.origin = update.origin;
    out.phase = update.phase;
    out.holding = update.holding;
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

// When readers may expect the next word from a person, and since when it is missing (rule 4).
struct Promise {
    bool first = false;  // of an explanation; else of an update
    Timestamp due;       // zero: none
    Timestamp overdue_since;
};

// Incidents of a journal from before there were clocks: what its pages promised then.
Promise old_promise(const core::IncidentState& incident, const IncidentSettings& settings) {
    if (!incident.is_open()) return {};
    if (incident.last_human.ms != 0)
        return {false, incident.last_human + settings.update_every, {}};
    return {true, incident.opened + settings.explain_within, {}};
}

Promise promise_of(const core::State& state, const core::IncidentState& incident, Timestamp as_of) {
    const core::IncidentClock& clock = incident.clock;
    Promise out{clock.kind == ClockKind::kExplanation, clock.due, clock.overdue_since};
    if (clock.kind == ClockKind::kNone) out = old_promise(incident, state.topology->incidents);
    if (out.overdue_since.ms != 0) {
        out.first = clock.overdue == ClockKind::kExplanation;
        out.due = out.overdue_since;
    } else if (out.due.ms != 0 && out.due < as_of) {
        out.overdue_since = out.due;
    }
    return out;
}

Sentence words_of(const Promise& promise, const core::IncidentState& incident, bool owed) {
    Sentence out;
    const bool late = promise.overdue_since.ms != 0;
    if (owed) {
        out.say("Resolved; our explanation is still owed.");
        if (late) return out.say(" Overdue since ").at(promise.overdue_since).say(".");
        return promise.due.ms == 0 ? out : out.say(" Due by ").at(promise.due).say(".");
    }
    if (!late) return out;
    if (promise.first) {
        return out.say("An explanation is overdue since ")
            .at(promise.overdue_since)
            .say(": no person has written here yet.");
    }
    return out.say("An update is overdue since ")
        .at(promise.overdue_since)
        .say(": the last word of a person is from ")
        .at(incident.last_human)
        .say(".");
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

std::string incident_title(const core::IncidentState& incident, const ViewOptions& options) {
    const std::string label = incident.record.drill ? "Drill: " : "";
    if (incident.sealed_title.empty()) return label + incident.title;
    const Result<std::string> title = human_text(incident.sealed_title, options);
    return label + (title ? *title : missing_title("An incident", title.error().code));
}

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

namespace {

void put_promise(IncidentView& out, const core::IncidentState& incident, const Promise& promise) {
    out.owed = core::owes_explanation(incident);
    if (!incident.is_open() && !out.owed) return;
    out.next_update_due = promise.due;
    out.update_overdue = promise.overdue_since.ms != 0;
    out.promise = words_of(promise, incident, out.owed);
}

// Feeds and programs show nothing but posts, so the newest one says what stands beside it.
void mark_newest(const IncidentView& incident, UpdateView& newest) {
    newest.note = incident.promise;
    if (incident.drill) {
        newest.note = Sentence{}.say("This is a rehearsal.");
        if (!incident.promise.empty()) newest.note.say(" ").append(incident.promise);
    }
    if (incident.retracted && newest.missing.empty()) {
        newest.text = "This was a false alarm. " + newest.text;
    }
}

}  // namespace

IncidentView build_incident(const core::State& state, const core::IncidentState& incident,
                            const ComponentNames& names, const ViewOptions& options) {
    CHECK(incident.visibility == Visibility::kPublic);
    IncidentView out;
    out.id = incident.id;
    out.title = incident_title(incident, options);
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
    put_promise(out, incident, promise_of(state, incident, options.as_of));
    out.unexplained = core::unexplained_red(state, incident, options.as_of);
    out.retracted = incident.retracted;
    out.explained = incident.explained;
    put_record(out, incident.record);
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
    if (!out.updates.empty()) mark_newest(out, out.updates.front());
    return out;
}

}  // namespace candor::view
