#include "core/light.h"

#include <gtest/gtest.h>

#include "core/windows.h"
#include "tests/world/decisions.h"

namespace candor::core {
namespace {

using world::Decisions;

struct Row {
    Verdict first;
    Verdict second;
    ComponentStatus status;
    StatusCause cause;
};

TEST(Light, a_window_expects_checks_of_outcomes_by_their_ids_alone) {
    CheckRule rule;
    rule.id = CheckId{"logins"};
    rule.kind = CheckKind::kOutcomes;
    EXPECT_TRUE(expects_check({"logins"}, rule));
    EXPECT_FALSE(expects_check({"outcomes"}, rule)) << "that is another check's id";
    rule.kind = CheckKind::kHttp;
    EXPECT_TRUE(expects_check({"http"}, rule));
}

// The whole table of two checks, the second of which is only a partial outage.
TEST(Light, follows_the_worst_of_its_checks) {
    constexpr Row kTable[] = {
        {Verdict::kPass, Verdict::kPass, ComponentStatus::kOperational, StatusCause::kSignals},
        {Verdict::kFail, Verdict::kPass, ComponentStatus::kMajorOutage, StatusCause::kSignals},
        {Verdict::kPass, Verdict::kFail, ComponentStatus::kPartialOutage, StatusCause::kSignals},
        {Verdict::kFail, Verdict::kFail, ComponentStatus::kMajorOutage, StatusCause::kSignals},
        {Verdict::kFail, Verdict::kNoData, ComponentStatus::kMajorOutage, StatusCause::kSignals},
        {Verdict::kNoData, Verdict::kFail, ComponentStatus::kPartialOutage, StatusCause::kSignals},
        {Verdict::kBlind, Verdict::kFail, ComponentStatus::kPartialOutage, StatusCause::kSignals},
        {Verdict::kPass, Verdict::kNoData, ComponentStatus::kUnknown, StatusCause::kSilent},
        {Verdict::kNoData, Verdict::kBlind, ComponentStatus::kUnknown, StatusCause::kSilent},
        {Verdict::kPass, Verdict::kBlind, ComponentStatus::kUnknown, StatusCause::kBlind},
        {Verdict::kPass, Verdict::kNone, ComponentStatus::kUnknown, StatusCause::kNotMeasuredYet},
        {Verdict::kNone, Verdict::kBlind, ComponentStatus::kUnknown, StatusCause::kBlind},
        {Verdict::kNone, Verdict::kFail, ComponentStatus::kPartialOutage, StatusCause::kSignals},
    };
    for (const Row& row : kTable) {
        Decisions d({"shop"});
        d.add_check("shop/2", "shop", ComponentStatus::kPartialOutage);
        d.load();
        if (row.first != Verdict::kNone) d.verdict("shop/1", row.first);
        if (row.second != Verdict::kNone) d.verdict("shop/2", row.second);
        EXPECT_EQ(d.component("shop").status, row.status)
            << name_of(row.first) << " " << name_of(row.second);
        EXPECT_EQ(d.component("shop").cause, row.cause)
            << name_of(row.first) << " " << name_of(row.second);
    }
}

TEST(Light, the_earliest_of_the_worst_decides) {
    Decisions d({"shop"});
    d.add_check("shop/2", "shop");
    d.load();
    d.verdicts({"shop/1", "shop/2"}, Verdict::kPass);
    d.pass(minutes(1));
    d.verdict("shop/2", Verdict::kFail);
    const Timestamp since = d.now;
    d.pass(minutes(1));
    d.verdict("shop/1", Verdict::kFail);
    EXPECT_EQ(d.component("shop").check.value, "shop/2");
    EXPECT_EQ(d.component("shop").effective, since);
}

TEST(Light, min_red_holds_and_the_timer_ends_it) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kPass);
    d.verdict("shop/1", Verdict::kFail);
    const Timestamp red = d.now;
    d.pass(seconds(10));
    d.verdict("shop/1", Verdict::kPass);
    EXPECT_EQ(d.component("shop").cause, StatusCause::kHeld);
    EXPECT_EQ(d.component("shop").counted, ComponentStatus::kOperational);
    EXPECT_EQ(d.component("shop").held_until, red + seconds(60));
    EXPECT_EQ(next_deadline(d.state), red + seconds(60));
    d.pass(seconds(49));
    d.timer();
    EXPECT_TRUE(d.newest.empty());
    d.pass(seconds(1));
    d.timer();
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kOperational);
    EXPECT_EQ(d.component("shop").held_until.ms, 0);
}

TEST(Light, nothing_takes_effect_before_its_batch_s_time_has_come) {
    Decisions d({"shop"});
    VerdictChange ahead;
    ahead.check = CheckId{"shop/1"};
    ahead.verdict = Verdict::kPass;
    ahead.since = d.now + minutes(5);  // stamped before the wall clock was set back
    d.must(input::VerdictsChanged{{ahead}});
    EXPECT_EQ(d.component("shop").effective, d.now);
}

TEST(Light, what_a_milder_failure_leaves_behind_begins_when_the_worse_one_ended) {
    Decisions d({"shop"});
    d.topology.incidents.min_red = {};
    d.add_check("shop/2", "shop", ComponentStatus::kDegradedPerformance);
    d.load();
    d.verdicts({"shop/1", "shop/2"}, Verdict::kPass);
    d.pass(minutes(1));
    d.verdicts({"shop/1", "shop/2"}, Verdict::kFail);
    d.pass(minutes(1));
    d.verdict("shop/1", Verdict::kPass);
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kDegradedPerformance);
    EXPECT_EQ(d.component("shop").effective, d.now);
}

TEST(Light, silence_needs_words_and_blindness_does_not) {
    ComponentState c;
    c.status = ComponentStatus::kUnknown;
    c.cause = StatusCause::kSilent;
    EXPECT_TRUE(needs_words(c));
    for (const StatusCause cause : {StatusCause::kBlind, StatusCause::kNotMeasuredYet,
                                    StatusCause::kMonitoringChanged, StatusCause::kStoreFailed}) {
        c.cause = cause;
        EXPECT_FALSE(needs_words(c)) << name_of(cause);
    }
    c.status = ComponentStatus::kDegradedPerformance;
    EXPECT_TRUE(needs_words(c));
}

TEST(Light, what_was_known_before_is_kept_while_unknown) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kPass);
    d.verdict("shop/1", Verdict::kFail);
    d.verdict("shop/1", Verdict::kBlind);
    EXPECT_EQ(d.component("shop").last_known, ComponentStatus::kMajorOutage);
}

}  // namespace
}  // namespace candor::core
