#include "core/light.h"

#include <algorithm>
#include <set>

#include "core/windows.h"

namespace candor::core {
namespace {

const VerdictChange* verdict_of(const State& state, const CheckRule& rule) {
    const auto found = state.checks.find(rule.id);
    return found == state.checks.end() ? nullptr : &found->second.last;
}

// Everything the checks of one component say together.
struct Signals {
    ComponentStatus worst = ComponentStatus::kOperational;  // of failing checks
    const VerdictChange* deciding = nullptr;                // earliest among the worst
    const VerdictChange* silent = nullptr;                  // earliest
    const VerdictChange* blind = nullptr;                   // earliest
    const VerdictChange* expected = nullptr;                // earliest that a window expects
    bool unmeasured = false;                                // some check has no verdict yet
    Timestamp good_since;                                   // newest first pass of all checks
    Timestamp not_failing_since;                            // newest change away from failing
};

// Single-customer verdicts paint only together, once they name enough customers (rules 3 and 7).
bool customers_reach_minimum(const State& state, const Component& component) {
    std::set<CustomerId> customers;
    for (const CheckRule& rule : component.checks) {
        const VerdictChange* v = verdict_of(state, rule);
        if (v != nullptr && v->verdict == Verdict::kFail && !v->scope.is_all()) {
            customers.insert(v->scope.customer);
        }
    }
    return static_cast<std::int64_t>(customers.size()) >= state.topology->incidents.min_customers;
}

void add_failure(Signals& s, const VerdictChange& v, ComponentStatus severity) {
    const bool worse = s.deciding == nullptr || severity > s.worst;
    if (worse || (severity == s.worst && v.since < s.deciding->since)) s.deciding = &v;
    s.worst = worse_of(s.worst, severity);
}

// What a failing check paints: outcomes by the share of customers (rule 7), the rest as configured.
ComponentStatus painted_by(const CheckRule& rule, const VerdictChange& v) {
    if (v.evidence.kind != FailureKind::kOutcomesFailed) return rule.severity;
    return is_quarter(v.evidence) ? ComponentStatus::kMajorOutage : ComponentStatus::kPartialOutage;
}

void keep_earliest(const VerdictChange*& kept, const VerdictChange& v) {
    if (kept == nullptr || v.since < kept->since) kept = &v;
}

bool is_bad(const VerdictChange* v) {
    return v != nullptr && (v->verdict == Verdict::kFail || v->verdict == Verdict::kNoData);
}

// Without what `windows` expect to fail, where there are any.
Signals read_signals(const State& state, const Component& component, const Windows* windows) {
    Signals s;
    s.unmeasured = component.checks.empty();
    const bool customers_paint = customers_reach_minimum(state, component);
    for (const CheckRule& rule : component.checks) {
        const VerdictChange* v = verdict_of(state, rule);
        if (windows != nullptr && is_bad(v) && windows->expect(rule)) {
            keep_earliest(s.expected, *v);
            continue;
        }
        if (v == nullptr || v->verdict == Verdict::kNone) {
            s.unmeasured = true;
            continue;
        }
        if (v->verdict != Verdict::kFail)
            s.not_failing_since = std::max(s.not_failing_since, v->since);
        switch (v->verdict) {
            case Verdict::kFail:
                if (v->scope.is_all()) {
                    add_failure(s, *v, painted_by(rule, *v));
                } else if (customers_paint) {
                    add_failure(s, *v,
                                std::min(painted_by(rule, *v), ComponentStatus::kPartialOutage));
                } else {
                    // Everybody else is fine, and has been since it is one customer's alone.
                    s.good_since = std::max(s.good_since, v->since);
                    s.not_failing_since = std::max(s.not_failing_since, v->since);
                }
                break;
            case Verdict::kNoData: keep_earliest(s.silent, *v); break;
            case Verdict::kBlind: keep_earliest(s.blind, *v); break;
            case Verdict::kPass: s.good_since = std::max(s.good_since, v->since); break;
            case Verdict::kNone:
            case Verdict::kSuspect: break;
        }
    }
    return s;
}

entry::ComponentStatusSet unknown(const ComponentId& id, StatusCause cause, Timestamp since) {
    entry::ComponentStatusSet e;
    e.component = id;
    e.cause = cause;
    e.effective = since;
    return e;
}

entry::ComponentStatusSet judge_signals(const Signals& s, const ComponentState& now,
                                        const ComponentId& id, Timestamp at) {
    if (s.deciding != nullptr) {
        return {id,
                s.worst,
                s.worst,
                StatusCause::kSignals,
                s.deciding->since,
                s.deciding->check,
                s.deciding->evidence};
    }
    if (now.monitoring_changed) {
        const bool already = now.cause == StatusCause::kMonitoringChanged;
        return unknown(id, StatusCause::kMonitoringChanged, already ? now.effective : at);
    }
    if (s.silent != nullptr) {
        auto e = unknown(id, StatusCause::kSilent, s.silent->since);
        e.check = s.silent->check;
        e.evidence = s.silent->evidence;
        return e;
    }
    if (s.blind != nullptr) return unknown(id, StatusCause::kBlind, s.blind->since);
    if (s.unmeasured) {
        const bool already = now.cause == StatusCause::kNotMeasuredYet && now.effective.ms != 0;
        return unknown(id, StatusCause::kNotMeasuredYet, already ? now.effective : at);
    }
    return {id,
            ComponentStatus::kOperational,
            ComponentStatus::kOperational,
            StatusCause::kSignals,
            s.good_since,
            {},
            {}};
}

// Where the status gets better: what was counted as trouble lasts until the evidence ends it, and
// what a person or a changed configuration decided lasts until it is decided otherwise (rule 12).
Timestamp better_since(const entry::ComponentStatusSet& e, const Signals& s,
                       const ComponentState& now, Timestamp at) {
    if (e.status >= now.counted) return e.effective;
    const bool decided =
        now.cause == StatusCause::kDeclared || now.cause == StatusCause::kMonitoringChanged;
    if (decided) return at;
    return is_trouble(now.counted) ? std::max(e.effective, s.not_failing_since) : e.effective;
}

// min_red: a red that was shown stays at least that long, but is not counted longer (rule 12). It
// smooths signals, not people: a declaration that is withdrawn is gone at once.
void hold(entry::ComponentStatusSet& e, const ComponentState& now, Duration min_red, Timestamp at) {
    if (e.status != ComponentStatus::kOperational || now.red_since.ms == 0) return;
    if (now.cause == StatusCause::kDeclared) return;
    if (at >= now.red_since + min_red) return;
    e.status = now.status;
    e.cause = StatusCause::kHeld;
    e.check = now.check;
    e.evidence = now.evidence;
}

// The worst that people declare of it, by real incidents or by drills.
ComponentStatus declared_by(const State& state, const ComponentState& now, bool drills) {
    ComponentStatus worst = ComponentStatus::kOperational;
    for (const auto& [id, status] : now.declared) {
        const auto incident = state.incidents.find(id);
        const bool drill = incident != state.incidents.end() && incident->second->record.drill;
        if (drill == drills) worst = worse_of(worst, status);
    }
    return worst;
}

void declare(entry::ComponentStatusSet& e, const State& state, const ComponentState& now,
             Timestamp at) {
    const ComponentStatus declared = declared_by(state, now, false);
    if (declared <= e.status) return;
    const bool already = now.cause == StatusCause::kDeclared && now.counted == declared;
    e = {e.component, declared, declared, StatusCause::kDeclared, already ? now.effective : at,
         {},          {}};
}

// A drill is shown and not counted: uptime goes on with what is true without it (rule 12). It
// paints over no trouble and no silence: a rehearsal ends where the real thing begins.
void rehearse(entry::ComponentStatusSet& e, const State& state, const ComponentState& now,
              Timestamp at) {
    const ComponentStatus drilled = declared_by(state, now, true);
    if (drilled <= e.status || is_trouble(e.status) || e.cause == StatusCause::kSilent) return;
    const bool already = now.cause == StatusCause::kDeclared && now.status == drilled;
    if (e.counted == now.counted) e.effective = already ? now.effective : at;
    e.status = drilled;
    e.cause = StatusCause::kDeclared;
    e.check = {};
    e.evidence = {};
}

// Nothing is wrong that a window could not stand for.
bool rests(const entry::ComponentStatusSet& e) {
    return e.status == ComponentStatus::kOperational || e.cause == StatusCause::kNotMeasuredYet;
}

// What is counted after an announced window begins no earlier than its end (rule 12).
void count_again(entry::ComponentStatusSet& e, const State& state, const Component& component,
                 Timestamp at) {
    const auto rule = std::ranges::find(component.checks, e.check, &CheckRule::id);
    const bool decided_by_check = rule != component.checks.end();
    if (!decided_by_check && e.status != ComponentStatus::kOperational) return;
    const Timestamp until =
        uncounted_until(state, component.id, decided_by_check ? &*rule : nullptr, e.effective, at);
    e.effective = std::max(e.effective, until);
}

struct Maintained {
    const State& state;
    const Component& component;
    const Windows& windows;
};

// Under maintenance, with the expected failure where there is one. Measuring goes on: what was
// announced too late for rule 12 counts as what it is.
entry::ComponentStatusSet maintained(const entry::ComponentStatusSet& rest, const Maintained& m,
                                     const Signals& signals, Timestamp at) {
    const ComponentState& now = *m.state.components.at(m.component.id);
    entry::ComponentStatusSet e = rest;
    e.effective = std::max(rest.effective, m.windows.since());
    e.counted = ComponentStatus::kUnderMaintenance;
    if (!m.windows.uncounted(at)) {
        const Signals all = read_signals(m.state, m.component, nullptr);
        e = judge_signals(all, now, m.component.id, at);
        e.effective = better_since(e, all, now, at);
        count_again(e, m.state, m.component, at);
    }
    e.status = ComponentStatus::kUnderMaintenance;
    e.cause = StatusCause::kMaintenance;
    e.check = signals.expected == nullptr ? CheckId{} : signals.expected->check;
    e.evidence = signals.expected == nullptr ? Evidence{} : signals.expected->evidence;
    return e;
}

bool same(const entry::ComponentStatusSet& e, const ComponentState& now) {
    return e.status == now.status && e.counted == now.counted && e.cause == now.cause &&
           e.check == now.check && now.effective.ms != 0;
}

void settle_hold(Draft& draft, const ComponentId& id) {
    const ComponentState& now = *draft.component(id);
    const bool held = now.cause == StatusCause::kHeld;
    const Timestamp until = held ? now.red_since + draft.settings().min_red : Timestamp{};
    if (until != now.held_until) draft.emit(entry::ComponentHoldSet{id, until});
}

}  // namespace

entry::ComponentStatusSet judge(const State& state, const Component& component, Timestamp at) {
    const ComponentState& now = *state.components.at(component.id);
    const Windows windows(state, component.id);
    const Signals signals = read_signals(state, component, &windows);
    auto e = judge_signals(signals, now, component.id, at);
    e.effective = better_since(e, signals, now, at);
    count_again(e, state, component, at);
    hold(e, now, state.topology->incidents.min_red, at);
    if (windows.any() && rests(e)) e = maintained(e, {state, component, windows}, signals, at);
    declare(e, state, now, at);
    rehearse(e, state, now, at);
    e.effective = std::min(e.effective, at);
    return e;
}

std::vector<LightChange> settle_lights(Draft& draft, const std::vector<ComponentId>& components) {
    std::vector<LightChange> changes;
    for (const ComponentId& id : components) {
        const Component* definition = find_definition(draft.state(), id);
        if (definition == nullptr) continue;
        const entry::ComponentStatusSet wanted = judge(draft.state(), *definition, draft.at());
        if (!same(wanted, *draft.component(id))) {
            changes.push_back({id, *draft.component(id)});
            draft.emit(wanted);
        }
        settle_hold(draft, id);
    }
    return changes;
}

bool is_drilled(const ComponentState& c) {
    return c.cause == StatusCause::kDeclared && c.counted < c.status;
}

ComponentStatus real_status(const ComponentState& c) {
    return is_drilled(c) ? c.counted : c.status;
}

bool needs_words(const ComponentState& c) {
    return is_trouble(real_status(c)) ||
           (c.status == ComponentStatus::kUnknown && c.cause == StatusCause::kSilent);
}

}  // namespace candor::core
