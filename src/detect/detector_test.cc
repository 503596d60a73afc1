#include "detect/detector.h"

#include <gtest/gtest.h>

#include <string>

namespace candor::detect {
namespace {

CheckSpec spec(const std::string& id, const std::string& group = "") {
    CheckSpec s;
    s.rule.id = CheckId{id};
    s.rule.every = seconds(10);
    s.rule.retry_every = seconds(2);
    s.rule.fail_after = {2, 2};
    s.rule.definition = "d1";
    s.target_group = group.empty() ? "host-of-" + id : group;
    return s;
}

class Bench {
   public:
    explicit Bench(std::vector<CheckSpec> specs, std::vector<CheckSpec> anchors = {}) {
        configure(std::move(specs), std::move(anchors));
    }
    void configure(std::vector<CheckSpec> specs, std::vector<CheckSpec> anchors = {}) {
        detector.configure(specs, anchors, [&](const CheckId& id) { return believed[id]; });
    }

    void believe(const std::string& id, Verdict verdict) {
        believed[CheckId{id}].check = CheckId{id};
        believed[CheckId{id}].verdict = verdict;
    }

    // "shop/1 fail, …": every verdict that this result changed.
    std::string observe(const std::string& id, bool pass) {
        Observation o = observation(id, pass);
        const auto changes = detector.observe(o);
        blind = o.blind;
        std::string out;
        for (const VerdictChange& change : changes) {
            believed[change.check] = change;
            out += (out.empty() ? "" : ", ") + change.check.value + " " +
                   std::string(name_of(change.verdict));
        }
        return out;
    }

    Observation observation(const std::string& id, bool pass) {
        Observation o;
        o.check = CheckId{id};
        o.number = ++number;
        o.at = Timestamp{static_cast<std::int64_t>(number) * 1'000};
        o.result = pass ? ObservationResult::kPass : ObservationResult::kFail;
        return o;
    }

    Detector detector;
    std::map<CheckId, VerdictChange> believed;
    std::uint64_t number = 0;
    bool blind = false;
};

TEST(Detector, a_check_is_probed_sooner_while_it_is_unsettled) {
    Bench bench({spec("a/1")});
    const CheckId id{"a/1"};
    EXPECT_EQ(bench.detector.interval(id), seconds(2));
    EXPECT_EQ(bench.observe("a/1", true), "a/1 pass");
    EXPECT_EQ(bench.detector.interval(id), seconds(10));
    EXPECT_EQ(bench.observe("a/1", false), "");
    EXPECT_TRUE(bench.detector.suspect(id));
    EXPECT_EQ(bench.detector.suspects(), 1U);
    EXPECT_EQ(bench.detector.interval(id), seconds(2));
    EXPECT_EQ(bench.observe("a/1", false), "a/1 fail");
    EXPECT_EQ(bench.detector.suspects(), 0U);
    EXPECT_EQ(bench.detector.interval(id), seconds(10));
}

TEST(Detector, unknown_checks_and_logs_change_nothing) {
    Bench bench({spec("a/1")});
    EXPECT_EQ(bench.observe("b/1", false), "");
    Observation log = bench.observation("a/1", true);
    log.result = ObservationResult::kLog;
    EXPECT_TRUE(bench.detector.observe(log).empty());
    EXPECT_EQ(bench.detector.interval(CheckId{"b/1"}), seconds(10));
}

TEST(Detector, losing_sight_blinds_every_network_check_at_once) {
    CheckSpec local = spec("local/1");
    local.rule.kind = CheckKind::kCommand;
    Bench bench({spec("a/1"), spec("b/1"), local}, {spec("anchor-1")});
    for (const char* id : {"a/1", "b/1", "local/1", "anchor-1"}) bench.observe(id, true);
    EXPECT_EQ(bench.observe("anchor-1", false), "");
    EXPECT_EQ(bench.observe("anchor-1", false), "a/1 blind, b/1 blind");
    EXPECT_TRUE(bench.detector.blind());
    EXPECT_EQ(bench.observe("a/1", false), "");
    EXPECT_TRUE(bench.blind);  // stored as unjudged
    EXPECT_EQ(bench.observe("local/1", false), "");
    EXPECT_FALSE(bench.blind);
    EXPECT_EQ(bench.observe("local/1", false), "local/1 fail");
    EXPECT_EQ(bench.observe("anchor-1", true), "");
    EXPECT_FALSE(bench.detector.blind());
    EXPECT_EQ(bench.observe("a/1", true), "a/1 pass");
}

TEST(Detector, a_failure_waits_for_an_anchor_and_asks_for_it) {
    Bench bench({spec("a/1")}, {spec("anchor-1")});
    bench.observe("anchor-1", true);
    bench.observe("a/1", true);
    EXPECT_FALSE(bench.detector.wants_cross_check());
    EXPECT_EQ(bench.observe("a/1", false), "");
    EXPECT_TRUE(bench.detector.wants_cross_check());
    EXPECT_EQ(bench.detector.cross_checks(), (std::vector{CheckId{"anchor-1"}}));
    EXPECT_EQ(bench.observe("a/1", false), "");
    EXPECT_EQ(bench.observe("anchor-1", true), "a/1 fail");
    EXPECT_FALSE(bench.detector.wants_cross_check());
}

TEST(Detector, without_anchors_one_check_of_each_host_is_asked) {
    Bench bench({spec("a/1", "x"), spec("a/2", "x"), spec("b/1"), spec("c/1"), spec("d/1")});
    for (const char* id : {"a/1", "a/2", "b/1", "c/1", "d/1"}) bench.observe(id, true);
    bench.observe("a/1", false);
    EXPECT_TRUE(bench.detector.wants_cross_check());
    EXPECT_EQ(bench.detector.cross_checks(),
              (std::vector{CheckId{"a/1"}, CheckId{"b/1"}, CheckId{"c/1"}, CheckId{"d/1"}}));
}

TEST(Detector, cross_checks_are_bounded) {
    std::vector<CheckSpec> specs;
    for (int i = 0; i < 300; ++i) specs.push_back(spec("c/" + std::to_string(i)));
    Bench bench(std::move(specs));
    EXPECT_EQ(bench.detector.cross_checks().size(), kCrossChecksMax);
}

TEST(Detector, an_unchanged_check_keeps_its_judge_over_a_reload) {
    Bench bench({spec("a/1")});
    bench.observe("a/1", true);
    bench.observe("a/1", false);
    bench.configure({spec("a/1"), spec("b/1")});
    EXPECT_EQ(bench.observe("a/1", false), "a/1 fail");
}

TEST(Detector, a_changed_check_starts_from_what_the_journal_says) {
    Bench bench({spec("a/1")});
    bench.observe("a/1", true);
    bench.observe("a/1", false);
    CheckSpec changed = spec("a/1");
    changed.rule.definition = "d2";
    bench.configure({changed});
    EXPECT_EQ(bench.observe("a/1", false), "");
    EXPECT_EQ(bench.observe("a/1", false), "a/1 fail");
}

TEST(Detector, replayed_failures_count_but_never_emit) {
    Bench bench({spec("a/1")});
    bench.believe("a/1", Verdict::kPass);
    bench.configure({spec("a/1")});
    bench.detector.replay(CheckId{"a/1"}, {bench.observation("a/1", false)});
    EXPECT_TRUE(bench.detector.suspect(CheckId{"a/1"}));
    EXPECT_EQ(bench.observe("a/1", false), "a/1 fail");
}

TEST(Detector, a_replay_that_would_change_the_verdict_is_forgotten) {
    Bench bench({spec("a/1")});
    bench.believe("a/1", Verdict::kPass);
    bench.configure({spec("a/1")});
    bench.detector.replay(CheckId{"a/1"},
                          {bench.observation("a/1", false), bench.observation("a/1", false)});
    EXPECT_FALSE(bench.detector.suspect(CheckId{"a/1"}));
    EXPECT_EQ(bench.observe("a/1", false), "");
    EXPECT_EQ(bench.observe("a/1", false), "a/1 fail");
}

TEST(Detector, a_replay_leaves_out_what_was_seen_blindly) {
    Bench bench({spec("a/1")});
    bench.believe("a/1", Verdict::kPass);
    bench.configure({spec("a/1")});
    Observation blind = bench.observation("a/1", false);
    blind.blind = true;
    bench.detector.replay(CheckId{"a/1"}, {blind});
    EXPECT_FALSE(bench.detector.suspect(CheckId{"a/1"}));
}

}  // namespace
}  // namespace candor::detect
