#include "core/incidents.h"

#include <algorithm>

#include "core/clocks.h"
#include "core/join.h"
#include "core/private_trouble.h"
#include "core/words.h"

namespace candor::core {
namespace {

enum class PostKind : std::uint8_t {
    kNone,
    kMonitoringChanged,
    kJoined,
    kWorse,
    kReopened,
    kOpened
};

// What one decision does to one incident, gathered so that it says it in one post.
struct Work {
    IncidentId id;
    PostKind kind = PostKind::kNone;
    std::vector<Subject> subjects;
    std::vector<AffectedComponent> affected;
};

std::string name_of_component(const State& state, const ComponentId& id) {
    const Component* definition = find_definition(state, id);
    return definition == nullptr ? id.value : definition->name;
}

Subject subject_of(const State& state, const ComponentId& id) {
    const ComponentState& c = *state.components.at(id);
    return {name_of_component(state, id), real_status(c), c.cause, c.effective, c.evidence};
}

Work& work_for(std::vector<Work>& works, const IncidentId& id) {
    const auto found = std::ranges::find(works, id, &Work::id);
    if (found != works.end()) return *found;
    works.push_back({id, PostKind::kNone, {}, {}});
    return works.back();
}

void add(Work& work, PostKind kind, const Draft& draft, const LightChange& change) {
    work.kind = std::max(work.kind, kind);
    const ComponentState& now = *draft.component(change.component);
    if (kind != PostKind::kNone)
        work.subjects.push_back(subject_of(draft.state(), change.component));
    if (change.before.status != now.status) {
        work.affected.push_back({change.component, change.before.status, now.status});
    }
}

void set_component(Draft& draft, const IncidentId& incident, const ComponentId& component) {
    draft.emit(entry::IncidentComponentSet{incident, component,
                                           name_of_component(draft.state(), component),
                                           real_status(*draft.component(component))});
}

// A closed incident does not follow its components; one that opens again says what they are now.
void refresh_components(Draft& draft, const IncidentId& id) {
    const std::vector<IncidentComponent> listed = draft.incident(id)->components;
    for (const IncidentComponent& c : listed) {
        const ComponentState* now = draft.component(c.component);
        if (now != nullptr && real_status(*now) != c.now) set_component(draft, id, c.component);
    }
}

PostKind kind_of(const IncidentComponent& listed, const ComponentState& now) {
    if (now.cause == StatusCause::kMonitoringChanged) return PostKind::kMonitoringChanged;
    const ComponentStatus status = real_status(now);
    if (!needs_words(now) || status <= listed.now) return PostKind::kNone;
    if (listed.now == ComponentStatus::kOperational) return PostKind::kReopened;
    // Seen again after blindness and no worse than it was: nothing that readers do not know.
    return status > listed.worst || is_trouble(listed.now) ? PostKind::kWorse : PostKind::kNone;
}

// A component that its open incident already names. When several do, the newest speaks.
void update_named(Draft& draft, Work& work, const LightChange& change, bool newest) {
    const IncidentState& incident = *draft.incident(work.id);
    const auto listed =
        std::ranges::find(incident.components, change.component, &IncidentComponent::component);
    const ComponentState& now = *draft.component(change.component);
    const PostKind kind = newest ? kind_of(*listed, now) : PostKind::kNone;
    if (listed->now != real_status(now)) set_component(draft, work.id, change.component);
    add(work, kind, draft, change);
}

IncidentId open_incident(Draft& draft, const LightChange& change) {
    const IncidentId id{draft.new_public_id()};
    const Subject subject = subject_of(draft.state(), change.component);
    draft.emit(entry::IncidentOpened{.incident = id,
                                     .origin = Origin::kMachine,
                                     .visibility = Visibility::kPublic,
                                     .customer = {},
                                     .title = title_of({subject}),
                                     .sealed_title = {},
                                     .started = subject.since,
                                     .impact = IncidentImpact::kNone});
    return id;
}

// A component whose trouble no open incident names yet.
void place(Draft& draft, std::vector<Work>& works, const LightChange& change, std::size_t turning) {
    const State& state = draft.state();
    if (const auto id = private_incident_of(state, change.component)) {
        draft.emit(entry::IncidentPromoted{*id, title_of({subject_of(state, change.component)})});
        set_component(draft, *id, change.component);
        add(work_for(works, *id), PostKind::kOpened, draft, change);
    } else if (const auto open = incident_to_join(state, change.component, turning, draft.at())) {
        set_component(draft, *open, change.component);
        add(work_for(works, *open), PostKind::kJoined, draft, change);
    } else if (const auto again = incident_to_reopen(state, change.component, draft.at())) {
        draft.emit(entry::IncidentReopened{*again});
        refresh_components(draft, *again);
        set_component(draft, *again, change.component);
        add(work_for(works, *again), PostKind::kReopened, draft, change);
    } else {
        const IncidentId fresh = open_incident(draft, change);
        set_component(draft, fresh, change.component);
        add(work_for(works, fresh), PostKind::kOpened, draft, change);
    }
}

// How many components the sentences do not speak of, if all of them work; else none can be praised.
std::size_t others_that_work(const State& state, const Work& work) {
    const auto works =
        static_cast<std::size_t>(std::ranges::count_if(state.components, [](const auto& c) {
            return c.second->status == ComponentStatus::kOperational;
        }));
    return works + work.subjects.size() == state.components.size() ? works : 0;
}

// An incident that opened with several components at once is titled after all of them.
void title_after_all(Draft& draft, const Work& work) {
    Timestamp started = work.subjects.front().since;
    for (const Subject& s : work.subjects) started = std::min(started, s.since);
    draft.amend_opened(work.id, title_of(work.subjects), started);
}

void speak(Draft& draft, const Work& work) {
    const auto post = [&](std::string text, Spacing spacing) {
        post_as_machine(draft, work.id, std::move(text), work.affected, spacing);
    };
    switch (work.kind) {
        case PostKind::kOpened:
            title_after_all(draft, work);
            post(opening_text(work.subjects, others_that_work(draft.state(), work),
                              explanation_due(draft, draft.incident(work.id)->impact)),
                 Spacing::kExempt);
            break;
        case PostKind::kReopened: post(reopened_text(work.subjects), Spacing::kExempt); break;
        case PostKind::kWorse: post(worse_text(work.subjects), Spacing::kExempt); break;
        case PostKind::kJoined: post(joined_text(work.subjects), Spacing::kSpaced); break;
        case PostKind::kMonitoringChanged: {
            std::vector<std::string> names;
            for (const Subject& s : work.subjects) names.push_back(s.name);
            post(monitoring_changed_text(names), Spacing::kSpaced);
            break;
        }
        case PostKind::kNone: break;
    }
}

void raise_impact(Draft& draft, const IncidentId& id) {
    const IncidentState& incident = *draft.incident(id);
    IncidentImpact impact = incident.impact;
    for (const IncidentComponent& c : incident.components) {
        impact = std::max(impact, impact_of(c.worst));
    }
    if (impact != incident.impact) draft.emit(entry::IncidentImpactSet{id, impact});
}

// Operational, or under maintenance with all its checks passing.
bool works(const ComponentState& c) {
    return c.status == ComponentStatus::kOperational ||
           (c.cause == StatusCause::kMaintenance && c.check.empty());
}

std::vector<std::string> names_in(const IncidentState& incident) {
    std::vector<std::string> names;
    for (const IncidentComponent& c : incident.components) names.push_back(c.name);
    return names;
}

bool any_needs_words(const State& state, const IncidentState& incident) {
    return std::ranges::any_of(incident.components, [&](const IncidentComponent& c) {
        const auto found = state.components.find(c.component);
        return found != state.components.end() && needs_words(*found->second);
    });
}

void recover(Draft& draft, const IncidentState& incident, std::vector<AffectedComponent> affected) {
    const Timestamp since = good_since(draft.state(), incident);
    const IncidentId id = incident.id;
    const std::vector<std::string> names = names_in(incident);
    const Timestamp closes = draft.at() + draft.settings().resolve_after;
    if (incident.phase < IncidentPhase::kMonitoring) {
        draft.emit(entry::IncidentPhaseSet{id, IncidentPhase::kMonitoring, since});
        post_as_machine(draft, id, recovery_text(names, since, closes), std::move(affected),
                        Spacing::kSpaced);
    } else {
        draft.emit(entry::IncidentPhaseSet{id, incident.phase, since});
    }
    draft.emit(entry::IncidentResolveDueSet{id, closes});
}

std::size_t count_turning(const Draft& draft, const std::vector<LightChange>& changes) {
    std::size_t turning = recently_joined(draft.state(), draft.at());
    for (const LightChange& change : changes) {
        if (needs_words(*draft.component(change.component)) &&
            !incident_naming(draft.state(), change.component)) {
            ++turning;
        }
    }
    return turning;
}

}  // namespace

void follow_lights(Draft& draft, const IncidentId& id, std::vector<AffectedComponent> affected) {
    const IncidentState incident = *draft.incident(id);
    if (!incident.is_open()) return;
    if (all_good(draft.state(), incident)) {
        if (incident.resolve_due.ms == 0) recover(draft, incident, std::move(affected));
        return;
    }
    if (incident.resolve_due.ms != 0) draft.emit(entry::IncidentResolveDueSet{id, {}});
    if (incident.phase == IncidentPhase::kMonitoring && any_needs_words(draft.state(), incident)) {
        draft.emit(entry::IncidentPhaseSet{id, IncidentPhase::kInvestigating, draft.at()});
    }
}

IncidentImpact impact_of(ComponentStatus worst) {
    switch (worst) {
        case ComponentStatus::kMajorOutage: return IncidentImpact::kCritical;
        case ComponentStatus::kPartialOutage: return IncidentImpact::kMajor;
        case ComponentStatus::kDegradedPerformance:
        case ComponentStatus::kUnknown: return IncidentImpact::kMinor;
        case ComponentStatus::kUnderMaintenance:
        case ComponentStatus::kOperational: return IncidentImpact::kNone;
    }
    return IncidentImpact::kNone;
}

bool all_good(const State& state, const IncidentState& incident) {
    return std::ranges::all_of(incident.components, [&](const IncidentComponent& listed) {
        const auto found = state.components.find(listed.component);
        if (found == state.components.end()) return false;
        const ComponentState& c = *found->second;
        return works(c) ||
               (!incident.record.drill && real_status(c) == ComponentStatus::kOperational);
    });
}

Timestamp good_since(const State& state, const IncidentState& incident) {
    Timestamp since = incident.started;
    for (const IncidentComponent& c : incident.components) {
        since = std::max(since, state.components.at(c.component)->effective);
    }
    return since;
}

void post_as_machine(Draft& draft, const IncidentId& id, std::string text,
                     std::vector<AffectedComponent> affected, Spacing spacing) {
    const IncidentState& incident = *draft.incident(id);
    if (incident.machine_posts_since_human >= kMachinePostsMax) return;
    const bool too_soon =
        incident.last_machine.ms != 0 && draft.at() - incident.last_machine < kMachinePostSpacing;
    if (spacing == Spacing::kSpaced && too_soon) return;
    if (incident.machine_posts_since_human + 1 == kMachinePostsMax)
        text += last_machine_post_text();
    const IncidentPhase phase = incident.phase;
    draft.emit(entry::IncidentPosted{.incident = id,
                                     .update = UpdateId{draft.new_public_id()},
                                     .origin = Origin::kMachine,
                                     .phase = phase,
                                     .text = std::move(text),
                                     .sealed_text = {},
                                     .affected = std::move(affected),
                                     .actor = {}});
}

void settle_incidents(Draft& draft, const std::vector<LightChange>& changes) {
    const std::size_t turning = count_turning(draft, changes);
    std::vector<Work> works;
    for (const LightChange& change : changes) {
        const auto naming = incidents_naming(draft.state(), change.component);
        for (const IncidentId& id : naming) {
            update_named(draft, work_for(works, id), change, id == naming.front());
        }
        if (!naming.empty()) continue;
        if (needs_words(*draft.component(change.component))) {
            place(draft, works, change, turning);
        }
    }
    for (const Work& work : works) {
        raise_impact(draft, work.id);
        follow_lights(draft, work.id, work.affected);
        speak(draft, work);
    }
}

void resolve_due_incidents(Draft& draft) {
    const std::vector<IncidentId> open = draft.state().open_incidents;
    for (const IncidentId& id : open) {
        const IncidentState incident = *draft.incident(id);
        if (incident.resolve_due.ms == 0 || incident.resolve_due > draft.at()) continue;
        draft.emit(entry::IncidentResolveDueSet{id, {}});
        if (!all_good(draft.state(), incident)) continue;
        draft.emit(entry::IncidentPhaseSet{id, IncidentPhase::kResolved, draft.at()});
        const Timestamp good = incident.recovered_at.ms != 0 ? incident.recovered_at : draft.at();
        post_as_machine(
            draft, id,
            resolved_text(names_in(incident), good, good - incident.started, incident.explained),
            {}, Spacing::kExempt);
    }
}

}  // namespace candor::core
