#include "core/clocks.h"

#include <algorithm>
#include <vector>

#include "core/incidents.h"

namespace candor::core {
namespace {

void set_clock(Draft& draft, const IncidentState& incident, ClockKind kind, Timestamp due) {
    draft.emit(entry::ClockSet{incident.id, kind, due});
}

void end_overdue(Draft& draft, const IncidentState& incident) {
    if (incident.clock.overdue_since.ms == 0) return;
    draft.emit(entry::OverdueSet{incident.id, ClockKind::kNone, {}});
}

// Nobody owes words about it any more.
void stop(Draft& draft, const IncidentState& incident) {
    end_overdue(draft, incident);
    if (incident.clock.due.ms != 0) set_clock(draft, incident, incident.clock.kind, {});
}

// Words that one customer read explain nothing to the public.
bool promoted_now(const Draft& draft, const IncidentId& id) {
    return std::ranges::any_of(draft.entries(), [&](const Entry& e) {
        const auto* promoted = std::get_if<entry::IncidentPromoted>(&e);
        return promoted != nullptr && promoted->incident == id;
    });
}

void start(Draft& draft, const IncidentState& incident) {
    set_clock(draft, incident, ClockKind::kExplanation,
              incident.opened + clock_rules(draft.state()).explain_within.of(incident.impact));
}

// It opened again, or a closed one's clock had stopped: new trouble wants a new word soon.
void start_again(Draft& draft, const IncidentState& incident) {
    const ClockKind kind = incident.explained ? ClockKind::kUpdate : ClockKind::kExplanation;
    set_clock(draft, incident, kind, explanation_due(draft, incident.impact));
}

void answer(Draft& draft, const IncidentState& incident) {
    end_overdue(draft, incident);
    const Duration every = clock_rules(draft.state()).update_every.of(incident.impact);
    if (incident.is_open()) set_clock(draft, incident, ClockKind::kUpdate, draft.at() + every);
    if (!incident.is_open()) set_clock(draft, incident, ClockKind::kUpdate, {});
}

// It became worse: the promise is the shorter one from now on, never a longer one.
void shorten(Draft& draft, const IncidentState& incident) {
    const ClockRules rules = clock_rules(draft.state());
    const bool first = incident.clock.kind == ClockKind::kExplanation;
    const PerImpact& promise = first ? rules.explain_within : rules.update_every;
    const Timestamp due = draft.at() + promise.of(incident.impact);
    if (due < incident.clock.due) set_clock(draft, incident, incident.clock.kind, due);
}

void settle(Draft& draft, const IncidentId& id) {
    const IncidentState incident = *draft.incident(id);
    const IncidentClock& clock = incident.clock;
    if (incident.retracted || !incident.record.merged_into.empty()) {
        stop(draft, incident);
    } else if (incident.explained && promoted_now(draft, id)) {
        set_clock(draft, incident, ClockKind::kExplanation,
                  explanation_due(draft, incident.impact));
    } else if (incident.last_human != clock.answered) {
        answer(draft, incident);
    } else if (!incident.is_open()) {
        if (incident.explained) stop(draft, incident);
    } else if (clock.kind == ClockKind::kNone) {
        start(draft, incident);
    } else if (clock.due.ms == 0) {
        start_again(draft, incident);
    } else if (incident.impact > clock.impact) {
        shorten(draft, incident);
    }
}

bool may_hold(const Draft& draft, const IncidentState& incident) {
    return incident.is_open() && incident.recovered_at.ms == 0 && incident.clock.holding == 0 &&
           incident.machine_posts_since_human < kMachinePostsMax - kPostsKeptForTheEnd &&
           draft.at() - incident.last_machine >= kMachinePostSpacing;
}

void post_holding_note(Draft& draft, const IncidentId& id, Timestamp next) {
    post_as_machine(draft, id, holding_text(next), {}, Spacing::kSpaced);
    draft.emit(entry::HoldingNoteMarked{id, draft.incident(id)->updates.back().id});
}

void miss(Draft& draft, const IncidentId& id) {
    const IncidentState missed = *draft.incident(id);
    const IncidentClock& clock = missed.clock;
    if (clock.overdue_since.ms == 0) draft.emit(entry::OverdueSet{id, clock.kind, clock.due});
    draft.emit(entry::EscalationRaised{id, clock.step + 1, clock.kind, clock.due});
    const IncidentState called = *draft.incident(id);
    // Whoever was called for a closed one finds it on the list of what is owed.
    if (!called.is_open()) return set_clock(draft, called, clock.kind, {});
    const bool holds = may_hold(draft, called);
    const bool spoken_out =
        called.machine_posts_since_human >= kMachinePostsMax - kPostsKeptForTheEnd;
    const Duration wait =
        spoken_out ? kCallAgainEvery : clock_rules(draft.state()).update_every.of(called.impact);
    const Timestamp next = draft.at() + wait;
    if (holds) post_holding_note(draft, id, next);
    set_clock(draft, called, clock.kind, next);
}

// Whether its clock is out of step with the rest of it; cheap, since every open incident is asked.
bool wants_attention(const IncidentState& incident, Timestamp at) {
    const IncidentClock& clock = incident.clock;
    const bool runs = clock.due.ms != 0;
    if (incident.last_human != clock.answered || (runs && clock.due <= at)) return true;
    const bool nothing_owed = incident.retracted || !incident.record.merged_into.empty() ||
                              (!incident.is_open() && incident.explained);
    if (nothing_owed) return runs || clock.overdue_since.ms != 0;
    return incident.is_open() && (!runs || incident.impact > clock.impact);
}

std::vector<IncidentId> to_settle(const Draft& draft) {
    const State& state = draft.state();
    std::vector<IncidentId> ids;
    const auto consider = [&](const IncidentId& id, bool sure) {
        const IncidentState* incident = draft.incident(id);
        if (incident == nullptr || std::ranges::find(ids, id) != ids.end()) return;
        if (sure || wants_attention(*incident, draft.at())) ids.push_back(id);
    };
    for (const IncidentId& id : state.open_incidents) consider(id, false);
    for (const IncidentId& id : state.clocked) consider(id, false);
    for (const Entry& e : draft.entries()) {
        if (const auto* posted = std::get_if<entry::IncidentPosted>(&e)) {
            consider(posted->incident, false);
        } else if (const auto* promoted = std::get_if<entry::IncidentPromoted>(&e)) {
            consider(promoted->incident, true);
        } else if (const auto* merged = std::get_if<entry::IncidentMerged>(&e)) {
            consider(merged->incident, false);
        }
    }
    return ids;
}

}  // namespace

ClockRules same_for_all(const IncidentSettings& settings) {
    return {PerImpact::all(settings.explain_within), PerImpact::all(settings.update_every)};
}

ClockRules clock_rules(const State& state) {
    return state.clock_rules.value_or(same_for_all(state.topology->incidents));
}

Timestamp explanation_due(const Draft& draft, IncidentImpact impact) {
    return draft.at() + clock_rules(draft.state()).explain_within.of(impact);
}

void settle_clocks(Draft& draft) {
    for (const IncidentId& id : to_settle(draft)) {
        settle(draft, id);
        const Timestamp due = draft.incident(id)->clock.due;
        if (due.ms != 0 && due <= draft.at()) miss(draft, id);
    }
}

std::string holding_text(Timestamp next) {
    return "No new information yet. Next update by " + format_clock(next).substr(0, 5) + " UTC.";
}

}  // namespace candor::core
