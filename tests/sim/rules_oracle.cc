#include "tests/sim/rules_oracle.h"

#include <algorithm>

#include "core/uptime.h"

namespace candor::sim {
namespace {

// Rule 10, written down a second time.
constexpr Duration kSpacing = minutes(10);
constexpr int kMachinePostsMax = 6;

bool names_it(const core::IncidentState& incident, const ComponentId& id) {
    return std::ranges::any_of(incident.components,
                               [&](const auto& c) { return c.component == id; });
}

bool has_words(const core::State& state, const ComponentId& id) {
    return std::ranges::any_of(state.open_incidents, [&](const IncidentId& open) {
        const core::IncidentState& incident = *state.incidents.at(open);
        return incident.visibility == Visibility::kPublic && names_it(incident, id) &&
               !incident.updates.empty();
    });
}

core::Tally count_by_hand(const core::Timeline& timeline, Timestamp from, Timestamp to) {
    const auto spans = timeline.between(Timestamp{}, Timestamp{kLastTimestamp});
    std::set<Timestamp> edges{from, to};
    for (const core::Span& s : spans) edges.insert(s.from);
    for (const core::Exclusion& e : timeline.exclusions()) edges.insert({e.from, e.to});
    core::Tally out;
    for (auto edge = edges.find(from); *edge < to; ++edge) {
        const std::int64_t ms = (*std::next(edge) - *edge).ms;
        ComponentStatus status = ComponentStatus::kUnknown;
        for (const core::Span& s : spans) {
            if (s.from <= *edge) status = s.status;
        }
        for (const core::Exclusion& e : timeline.exclusions()) {
            if (e.from <= *edge && *edge < e.to) status = ComponentStatus::kUnknown;
        }
        switch (status) {
            case ComponentStatus::kOperational: out.operational_ms += ms; break;
            case ComponentStatus::kDegradedPerformance: out.degraded_ms += ms; break;
            case ComponentStatus::kPartialOutage: out.partial_ms += ms; break;
            case ComponentStatus::kMajorOutage: out.major_ms += ms; break;
            case ComponentStatus::kUnderMaintenance: out.maintenance_ms += ms; break;
            case ComponentStatus::kUnknown: out.unmeasured_ms += ms; break;
        }
    }
    return out;
}

// A drill is shown on the light, and no other incident speaks of it.
bool seen_without_drills(const core::ComponentState& c, ComponentStatus listed) {
    return listed == c.status || (c.cause == StatusCause::kDeclared && listed == c.counted);
}

std::string wrong_times(const core::IncidentState& i) {
    const std::string who = "incident " + i.id.value;
    if (i.started > i.opened) return who + " was opened before it started";
    if (!i.is_open() && i.resolved_at < i.opened) return who + " was resolved before it opened";
    Timestamp last;
    for (const core::UpdateState& update : i.updates) {
        if (update.at < last) return who + " has posts out of order";
        last = update.at;
    }
    return "";
}

}  // namespace

std::string RulesOracle::see(const Batch& batch, const entry::ComponentStatusSet& e) {
    if (e.effective > batch.at) return e.component.value + " has a status from the future";
    Shown& shown = shown_[e.component];
    const bool was_red = is_trouble(shown.status);
    const bool released = was_red && e.status == ComponentStatus::kOperational;
    // A person's declaration may go at once; what signals showed may not.
    if (released && shown.cause != StatusCause::kDeclared &&
        batch.at - shown.red_since < min_red_) {
        return e.component.value + " was red for less than min_red";
    }
    if (is_trouble(e.status) && !was_red) shown.red_since = batch.at;
    shown.status = e.status;
    shown.cause = e.cause;
    ++seen_["cause " + std::string(name_of(e.cause))];
    return "";
}

std::string RulesOracle::see(const Batch& batch, const entry::IncidentPosted& e) {
    Spoken& spoken = spoken_[e.incident];
    if (e.origin == Origin::kHuman) {
        spoken.machine_posts = 0;
        ++seen_["post human"];
        return "";
    }
    ++seen_["post machine"];
    if (++spoken.machine_posts > kMachinePostsMax) {
        return "incident " + e.incident.value + " has more machine posts than the cap";
    }
    if (spoken.machine_posts == kMachinePostsMax) ++seen_["post cap reached"];
    const bool soon = spoken.last_machine.ms != 0 && batch.at - spoken.last_machine < kSpacing;
    if (soon && !loud_.contains(e.incident)) {
        return "incident " + e.incident.value + " spoke again too soon";
    }
    spoken.last_machine = batch.at;
    return "";
}

void RulesOracle::see_configuration(const entry::ConfigurationSet& e) {
    std::erase_if(shown_, [&](const auto& shown) {
        return std::ranges::find(e.topology.components, shown.first, &Component::id) ==
               e.topology.components.end();
    });
}

// Opening, re-opening, worse and resolved need no spacing.
void RulesOracle::see_loud(const Entry& entry) {
    if (const auto* opened = std::get_if<entry::IncidentOpened>(&entry)) {
        loud_.insert(opened->incident);
    } else if (const auto* again = std::get_if<entry::IncidentReopened>(&entry)) {
        loud_.insert(again->incident);
    } else if (const auto* phase = std::get_if<entry::IncidentPhaseSet>(&entry)) {
        if (phase->phase == IncidentPhase::kResolved) loud_.insert(phase->incident);
    } else if (const auto* merged = std::get_if<entry::IncidentMerged>(&entry)) {
        loud_.insert({merged->incident, merged->into});
    } else if (const auto* split = std::get_if<entry::IncidentSplit>(&entry)) {
        loud_.insert(split->incident);
    } else if (const auto* part = std::get_if<entry::IncidentComponentSet>(&entry)) {
        auto& listed = spoken_[part->incident].listed;
        const auto known = listed.find(part->component);
        if (known != listed.end() && part->status > known->second) loud_.insert(part->incident);
        listed[part->component] = part->status;
    }
}

void RulesOracle::count(const Entry& entry) {
    ++seen_["entry " + std::string(entry_name(entry))];
    if (const auto* verdict = std::get_if<entry::VerdictSet>(&entry)) {
        ++seen_["verdict " + std::string(name_of(verdict->change.verdict))];
    }
}

std::string RulesOracle::see_entry(const Batch& batch, const Entry& entry) {
    count(entry);
    if (const auto* status = std::get_if<entry::ComponentStatusSet>(&entry)) {
        return see(batch, *status);
    }
    if (const auto* posted = std::get_if<entry::IncidentPosted>(&entry)) return see(batch, *posted);
    if (const auto* c = std::get_if<entry::ConfigurationSet>(&entry)) see_configuration(*c);
    return "";
}

std::string RulesOracle::check(const core::State& after, const Batch& batch) {
    loud_.clear();
    for (const Entry& entry : batch.entries) {
        see_loud(entry);
        std::string broken = see_entry(batch, entry);
        if (!broken.empty()) return broken;
    }
    std::string broken = unexplained(after);
    return broken.empty() ? wrong_incident(after) : broken;
}

std::string unexplained(const core::State& state) {
    for (const Component& definition : state.topology->components) {
        const core::ComponentState& c = *state.components.at(definition.id);
        const std::string who = definition.id.value + " is " + std::string(name_of(c.status)) +
                                " (" + std::string(name_of(c.cause)) + ")";
        const bool silent =
            c.status == ComponentStatus::kUnknown && c.cause == StatusCause::kSilent;
        if ((is_trouble(c.status) || silent) && !has_words(state, definition.id)) {
            return who + " without an open incident that says so";
        }
        const bool by_signals = c.cause == StatusCause::kSignals;
        if (c.status == ComponentStatus::kUnknown && by_signals) return who + " without a reason";
        if (c.status != ComponentStatus::kOperational) continue;
        for (const CheckRule& rule : definition.checks) {
            const Verdict verdict = state.checks.at(rule.id).last.verdict;
            if (verdict == Verdict::kPass) continue;
            return who + " while " + rule.id.value + " says " + std::string(name_of(verdict));
        }
    }
    return "";
}

std::string wrong_incident(const core::State& state) {
    for (const IncidentId& id : state.incident_order) {
        const core::IncidentState& incident = *state.incidents.at(id);
        if (incident.updates.empty()) return "incident " + id.value + " has no post";
        if (std::string wrong = wrong_times(incident); !wrong.empty()) return wrong;
    }
    for (const IncidentId& id : state.open_incidents) {
        const core::IncidentState& incident = *state.incidents.at(id);
        if (!incident.is_open()) return "incident " + id.value + " is both open and resolved";
        if (incident.record.drill) continue;  // says what it rehearses
        for (const core::IncidentComponent& listed : incident.components) {
            const auto found = state.components.find(listed.component);
            if (found == state.components.end() || seen_without_drills(*found->second, listed.now))
                continue;
            return "incident " + id.value + " says that " + listed.component.value + " is " +
                   std::string(name_of(listed.now)) + ", its light says " +
                   std::string(name_of(found->second->status));
        }
    }
    return "";
}

std::string wrong_uptime(const core::State& state, Timestamp as_of) {
    for (const auto& [id, component] : state.components) {
        const core::Timeline& timeline = component->timeline;
        for (const Duration back : {minutes(7), hours(3), days(3)}) {
            const core::Tally expected = count_by_hand(timeline, as_of - back, as_of);
            if (core::tally(timeline, as_of - back, as_of) == expected) continue;
            return "the uptime of " + id.value + " is not what counting gives";
        }
    }
    return "";
}

}  // namespace candor::sim
