// What the scripts behind golden journals share: a clock, a state, and decisions that are recorded.
//
// Deterministic: every time, text and random number is written down. One thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "core/apply.h"
#include "core/decide.h"
#include "ports/journal.h"
#include "tests/golden/script.h"

namespace candor::golden {

// 2026-04-04T21:00:00Z.
inline constexpr Timestamp kBegin{1'775'336'400'000};

inline CheckRule rule(const std::string& id, ComponentStatus severity) {
    CheckRule out;
    out.id = CheckId{id};
    out.severity = severity;
    out.definition = "0123456789abcdef0123456789abcdef";
    return out;
}

inline Component component(const std::string& id, const std::string& name, const std::string& group,
                           std::vector<CheckRule> checks) {
    Component out;
    out.id = ComponentId{id};
    out.name = name;
    out.group = GroupId{group};
    out.checks = std::move(checks);
    return out;
}

inline VerdictChange verdict(const std::string& check, Verdict v, Timestamp since,
                             Evidence evidence = {}, const std::string& customer = "") {
    VerdictChange out;
    out.check = CheckId{check};
    out.verdict = v;
    out.since = since;
    out.evidence = evidence;
    out.scope.customer = CustomerId{customer};
    return out;
}

inline constexpr Evidence kBusy{FailureKind::kHttpStatus, 503, 200};

class Play {
   protected:
    void at(Duration since_begin) { now_ = kBegin + since_begin; }

    void decide(InputKind what) {
        Batch batch;
        batch.at = now_;
        batch.written_by = "0.1.0";
        batch.cause = {
            std::string(input_name(what)), {}, core::kDecideVersion, state_.configuration, ""};
        const Input input{now_, ++entropy_, "", std::move(what)};
        auto entries = core::decide(state_, input);
        CHECK(entries.has_value());
        if (entries->empty()) return;
        batch.entries = std::move(*entries);
        core::apply(state_, state_.position + 1, batch);
        journal_.batches.push_back(std::move(batch));
    }

    void verdicts(std::vector<VerdictChange> changes) {
        for (VerdictChange& change : changes) change.observation = ++observation_;
        decide(input::VerdictsChanged{std::move(changes)});
    }

    SealedText seal(const std::string& text) {
        const SealedText sealed{seal_commitment(std::string(32, 's'), text)};
        journal_.texts[sealed] = text;
        return sealed;
    }

    IncidentId newest() const { return state_.incident_order.back(); }

    // The n-th incident ever opened, from 1.
    IncidentId nth(std::size_t n) const { return state_.incident_order.at(n - 1); }

    Journal journal_;
    core::State state_;
    Timestamp now_ = kBegin;
    std::uint64_t entropy_ = 0;
    std::uint64_t observation_ = 0;
};

}  // namespace candor::golden
