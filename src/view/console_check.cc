// Each check as operators see it, with the reason for its state in one sentence.
#include "view/console_view.h"
#include "view/sentence.h"

namespace candor::view {
namespace {

std::string since_words(Timestamp since, Timestamp as_of) {
    return since.ms == 0 ? "" : " since " + instant_words(since, as_of);
}

std::string why(const CheckRule& rule, const VerdictChange& last, Timestamp as_of) {
    const std::string since = since_words(last.since, as_of);
    switch (last.verdict) {
        case Verdict::kNone: return "No result is confirmed yet.";
        case Verdict::kPass: return "Passes" + since + ".";
        case Verdict::kSuspect:
            return "Failed" + since + "; being asked again before anybody is told.";
        case Verdict::kFail:
            return "Fails" + since + ": " + public_predicate(last.evidence) + " (" +
                   std::to_string(rule.fail_after.k) + " of " + std::to_string(rule.fail_after.n) +
                   " results failed).";
        case Verdict::kNoData: return "Has not reported" + since + ".";
        case Verdict::kBlind:
            return "Cannot be judged" + since + ": our own connection is down, not the target.";
    }
    return "";
}

ConsoleCheck check_of(const core::State& state, const Component& component, const CheckRule& rule,
                      Timestamp as_of) {
    ConsoleCheck out;
    out.rule = rule;
    out.component = component.id;
    out.component_name = component.name;
    if (const auto known = state.checks.find(rule.id); known != state.checks.end()) {
        out.last = known->second.last;
        out.decided = known->second.decided;
    }
    out.why = why(rule, out.last, as_of);
    return out;
}

}  // namespace

std::vector<ConsoleCheck> build_checks(const core::State& state, Timestamp as_of) {
    std::vector<ConsoleCheck> out;
    for (const Component& component : state.topology->components) {
        for (const CheckRule& rule : component.checks) {
            out.push_back(check_of(state, component, rule, as_of));
        }
    }
    return out;
}

std::optional<ConsoleCheck> build_check(const core::State& state, const CheckId& id,
                                        Timestamp as_of) {
    for (const Component& component : state.topology->components) {
        for (const CheckRule& rule : component.checks) {
            if (rule.id == id) return check_of(state, component, rule, as_of);
        }
    }
    return std::nullopt;
}

}  // namespace candor::view
