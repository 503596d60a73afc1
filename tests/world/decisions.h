// The pure core alone: a state, inputs by name, and what became of them. For unit tests of core.
//
// No detection and no engine: verdicts are handed in, so that what only a later detector can say
// (one customer's trouble) is tested already. Header only, so that core's tests link core alone.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/apply.h"
#include "core/decide.h"
#include "core/state.h"
#include "model/batch.h"

namespace candor::world {

class Decisions {
   public:
    // 2026-04-04T21:00:00Z.
    Timestamp now{1'775'336'400'000};
    core::State state;
    std::vector<Entry> newest;  // of the newest input

    // One component per id, each with the check ID/1; display names are the ids.
    explicit Decisions(const std::vector<std::string>& components) {
        for (const std::string& id : components) {
            Component c;
            c.id = ComponentId{id};
            c.name = id;
            topology.components.push_back(std::move(c));
            add_check(id + "/1", id);
        }
        load();
    }

    Topology topology;
    void add_check(const std::string& check, const std::string& component,
                   ComponentStatus severity = ComponentStatus::kMajorOutage) {
        CheckRule rule;
        rule.id = CheckId{check};
        rule.severity = severity;
        find(component).checks.push_back(std::move(rule));
    }
    Component& find(const std::string& component) {
        for (Component& c : topology.components) {
            if (c.id.value == component) return c;
        }
        ADD_FAILURE() << "no component " << component;
        return topology.components.front();
    }
    void load() { must(input::ConfigurationLoaded{topology, "digest" + std::to_string(loads_++)}); }

    void pass(Duration d) { now = now + d; }

    Result<void> decide(InputKind what) {
        Input input{now, entropy_ += 12'345, "", std::move(what)};
        auto entries = core::decide(state, input);
        if (!entries) return std::unexpected(entries.error());
        newest = std::move(*entries);
        Batch batch;
        batch.at = now;
        batch.entries = newest;
        if (!newest.empty()) core::apply(state, state.position + 1, batch);
        return {};
    }
    void must(InputKind what) {
        const auto decided = decide(std::move(what));
        ASSERT_TRUE(decided.has_value()) << decided.error().message;
    }

    // The check gives this verdict since now, for everybody or for one customer.
    void verdict(const std::string& check, Verdict verdict, const std::string& customer = "") {
        must(input::VerdictsChanged{{change(check, verdict, customer)}});
    }
    void verdicts(const std::vector<std::string>& checks, Verdict verdict) {
        input::VerdictsChanged all;
        for (const std::string& check : checks) all.changes.push_back(change(check, verdict, ""));
        must(std::move(all));
    }
    void timer() { must(input::TimerDue{}); }

    const core::ComponentState& component(const std::string& id) const {
        return *state.components.at(ComponentId{id});
    }
    // The n-th incident ever opened, from 0.
    const core::IncidentState& incident(std::size_t n) const {
        return *state.incidents.at(state.incident_order.at(n));
    }
    std::size_t incidents() const { return state.incident_order.size(); }

   private:
    VerdictChange change(const std::string& check, Verdict verdict, const std::string& customer) {
        VerdictChange c;
        c.check = CheckId{check};
        c.verdict = verdict;
        c.since = now;
        c.observation = ++observation_;
        if (verdict == Verdict::kFail) c.evidence.kind = FailureKind::kRefused;
        c.scope.customer = CustomerId{customer};
        return c;
    }

    std::uint64_t entropy_ = 0;
    std::uint64_t observation_ = 0;
    int loads_ = 0;
};

}  // namespace candor::world
