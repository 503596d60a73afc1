#include "core/record.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/explained.h"
#include "core/light.h"
#include "core/uptime.h"
#include "tests/world/decisions.h"

namespace candor::core {
namespace {

using world::Decisions;

const ActorId kAnn{"ann"};
const ActorId kBea{"bea"};

void declare(Decisions& d, const std::string& component, bool drill = false) {
    d.must(input::IncidentDeclared{SealedText{"title"},
                                   SealedText{"text"},
                                   {{ComponentId{component}, ComponentStatus::kMajorOutage}},
                                   kAnn,
                                   drill});
}

void end(Decisions& d, std::size_t n) {
    d.must(input::UpdatePosted{
        d.incident(n).id, IncidentPhase::kResolved, SealedText{"over"}, {}, kAnn});
}

std::string refusal(Decisions& d, InputKind what) {
    const auto decided = d.decide(std::move(what));
    return decided ? "accepted" : decided.error().message;
}

Tally counted(const Decisions& d, const std::string& component, Duration back) {
    return tally(d.component(component).timeline, d.now - back, d.now);
}

Decisions healthy(const std::vector<std::string>& components) {
    Decisions d(components);
    for (const std::string& id : components) d.verdict(id + "/1", Verdict::kPass);
    d.pass(minutes(60));
    return d;
}

TEST(Record, calls_are_muted_for_a_while_and_the_mute_can_be_ended) {
    Decisions d({"shop"});
    EXPECT_EQ(refusal(d, input::PagingMuteRequested{{}, kAnn}), "calls are not muted");
    for (const Duration bad : {kMuteMin - milliseconds(1), kMuteMax + milliseconds(1)}) {
        EXPECT_NE(refusal(d, input::PagingMuteRequested{bad, kAnn}).find("a minute to seven days"),
                  std::string::npos);
    }
    d.must(input::PagingMuteRequested{hours(1), kAnn});
    EXPECT_EQ(d.state.paging.muted_until, d.now + hours(1));
    EXPECT_EQ(d.state.paging.actor, kAnn);
    d.must(input::PagingMuteRequested{{}, kBea});
    EXPECT_EQ(d.state.paging.muted_until.ms, 0);
    d.must(input::PagingMuteRequested{kMuteMin, kAnn});
    d.pass(kMuteMin);
    EXPECT_EQ(refusal(d, input::PagingMuteRequested{{}, kAnn}), "calls are not muted");
}

TEST(Record, taking_on_an_incident_names_its_owner_and_stops_no_clock) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    const Timestamp due = d.incident(0).clock.due;
    d.must(input::IncidentAcknowledged{d.incident(0).id, kAnn});
    EXPECT_EQ(d.incident(0).record.owner, kAnn);
    EXPECT_NE(refusal(d, input::IncidentAcknowledged{d.incident(0).id, kAnn}).find("is yours"),
              std::string::npos);
    d.pass(seconds(9));
    d.must(input::IncidentAcknowledged{d.incident(0).id, kBea});
    EXPECT_EQ(d.incident(0).record.owner, kBea);
    EXPECT_EQ(d.incident(0).record.owned_at, d.now);
    EXPECT_EQ(d.incident(0).clock.due, due);
    EXPECT_FALSE(d.incident(0).explained);
}

TEST(Record, a_drill_is_shown_and_not_counted) {
    Decisions d = healthy({"shop", "calls"});
    declare(d, "shop", true);
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kMajorOutage);
    EXPECT_TRUE(is_drilled(d.component("shop")));
    d.pass(minutes(10));
    EXPECT_EQ(counted(d, "shop", minutes(10)).operational_ms, minutes(10).ms);
    end(d, 0);
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kOperational);
    EXPECT_EQ(counted(d, "shop", minutes(20)).operational_ms, minutes(20).ms);
    EXPECT_EQ(unexplained_red(d.state, d.incident(0), d.now), Duration{});
}

TEST(Record, real_trouble_during_a_drill_has_its_own_incident_and_counts) {
    Decisions d = healthy({"shop"});
    declare(d, "shop", true);
    d.pass(minutes(5));
    d.verdict("shop/1", Verdict::kFail);
    ASSERT_EQ(d.incidents(), 2U);
    EXPECT_FALSE(d.incident(1).record.drill);
    d.pass(minutes(5));
    EXPECT_EQ(counted(d, "shop", minutes(10)).major_ms, minutes(5).ms);
    end(d, 0);
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kMajorOutage);
    EXPECT_FALSE(is_drilled(d.component("shop")));
    EXPECT_TRUE(d.incident(1).is_open());
}

TEST(Record, a_drill_paints_over_no_real_trouble) {
    Decisions d = healthy({"shop"});
    d.add_check("shop/2", "shop", ComponentStatus::kDegradedPerformance);
    d.load();
    d.verdict("shop/2", Verdict::kPass);
    declare(d, "shop", true);
    d.pass(minutes(5));
    d.verdict("shop/2", Verdict::kFail);
    ASSERT_EQ(d.incidents(), 2U);
    EXPECT_EQ(d.incident(1).components[0].now, ComponentStatus::kDegradedPerformance);
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kDegradedPerformance);
    d.pass(minutes(5));
    d.verdict("shop/2", Verdict::kPass);
    EXPECT_TRUE(is_drilled(d.component("shop")));
    d.pass(minutes(6));
    d.timer();
    EXPECT_FALSE(d.incident(1).is_open());
    EXPECT_TRUE(d.incident(0).is_open());
    EXPECT_EQ(counted(d, "shop", minutes(16)).degraded_ms, minutes(5).ms);
}

TEST(Record, marked_afterwards_its_time_is_unmeasured) {
    Decisions d = healthy({"shop"});
    declare(d, "shop");
    d.pass(minutes(10));
    d.must(input::DrillMarked{d.incident(0).id, kAnn});
    EXPECT_TRUE(is_drilled(d.component("shop")));
    d.pass(minutes(10));
    const Tally t = counted(d, "shop", minutes(20));
    EXPECT_EQ(t.major_ms, 0);
    EXPECT_EQ(t.unmeasured_ms, minutes(10).ms);
    EXPECT_NE(refusal(d, input::DrillMarked{d.incident(0).id, kAnn}).find("already"),
              std::string::npos);
}

TEST(Record, what_checks_opened_is_called_a_drill_only_once_it_has_closed) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    d.pass(minutes(3));
    EXPECT_NE(refusal(d, input::DrillMarked{d.incident(0).id, kAnn}).find("Wait until it has"),
              std::string::npos);
    d.verdict("shop/1", Verdict::kPass);
    d.pass(minutes(6));
    d.timer();
    ASSERT_FALSE(d.incident(0).is_open());
    ASSERT_EQ(d.state.owed.size(), 1U);
    d.must(input::DrillMarked{d.incident(0).id, kAnn});
    EXPECT_TRUE(d.state.owed.empty());
    EXPECT_EQ(counted(d, "shop", minutes(30)).major_ms, 0);
    d.verdict("shop/1", Verdict::kFail);
    EXPECT_EQ(d.incidents(), 2U);  // never re-opened
}

TEST(Record, a_start_moves_back_and_what_was_declared_counts_from_there) {
    Decisions d = healthy({"shop"});
    const Timestamp declared = d.now;
    declare(d, "shop");
    d.pass(minutes(10));
    const Timestamp started = declared - minutes(20);
    d.must(input::StartMoved{d.incident(0).id, started, kAnn});
    EXPECT_EQ(d.incident(0).started, started);
    EXPECT_EQ(d.incident(0).record.evidence_started, declared);
    EXPECT_EQ(counted(d, "shop", minutes(40)).major_ms, minutes(30).ms);
    EXPECT_NE(refusal(d, input::StartMoved{d.incident(0).id, declared, kAnn}).find("moved back"),
              std::string::npos);
    EXPECT_NE(refusal(d, input::StartMoved{d.incident(0).id, declared - days(31), kAnn})
                  .find("more than 30 days"),
              std::string::npos);
}

TEST(Record, a_start_that_checks_measured_moves_and_counts_nothing) {
    Decisions d = healthy({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    d.pass(minutes(10));
    d.must(input::StartMoved{d.incident(0).id, d.now - minutes(30), kAnn});
    EXPECT_EQ(d.incident(0).started, d.now - minutes(30));
    EXPECT_EQ(counted(d, "shop", minutes(40)).major_ms, minutes(10).ms);
}

TEST(Record, merged_incidents_go_on_as_one_and_both_histories_stay) {
    Decisions d({"shop", "calls"});
    d.verdict("shop/1", Verdict::kFail);
    d.pass(minutes(5));
    d.verdict("calls/1", Verdict::kFail);
    ASSERT_EQ(d.incidents(), 2U);
    const Timestamp due = d.incident(0).clock.due;
    d.must(input::IncidentsMerged{d.incident(0).id, d.incident(1).id, kAnn});
    EXPECT_FALSE(d.incident(0).is_open());
    EXPECT_EQ(d.incident(0).record.merged_into, d.incident(1).id);
    EXPECT_EQ(d.incident(1).record.merged_from, std::vector{d.incident(0).id});
    EXPECT_EQ(d.incident(1).components.size(), 2U);
    EXPECT_EQ(d.incident(1).clock.due, due);  // no time is won
    EXPECT_EQ(d.incident(0).clock.due.ms, 0);
    EXPECT_TRUE(d.state.owed.empty());
    EXPECT_GE(d.incident(0).updates.size(), 2U);
    // The signals speak to the one that goes on.
    d.pass(minutes(5));
    d.verdicts({"shop/1", "calls/1"}, Verdict::kPass);
    d.pass(minutes(6));
    d.timer();
    EXPECT_FALSE(d.incident(1).is_open());
    d.verdict("shop/1", Verdict::kFail);
    EXPECT_TRUE(d.incident(1).is_open());
    EXPECT_FALSE(d.incident(0).is_open());
    EXPECT_NE(refusal(d, input::UpdatePosted{d.incident(0).id, {}, SealedText{"t"}, {}, kAnn})
                  .find("was merged into"),
              std::string::npos);
}

TEST(Record, a_merge_carries_what_was_declared_and_what_is_overdue) {
    Decisions d({"shop", "calls"});
    declare(d, "shop");
    d.verdict("calls/1", Verdict::kFail);
    const Timestamp due = d.incident(1).clock.due;
    d.now = due;
    d.timer();
    d.must(input::IncidentsMerged{d.incident(0).id, d.incident(1).id, kAnn});
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kMajorOutage);
    EXPECT_EQ(d.component("shop").declared.count(d.incident(1).id), 1U);
    EXPECT_EQ(d.component("shop").declared.count(d.incident(0).id), 0U);
    EXPECT_EQ(d.incident(1).clock.overdue_since, due);
}

TEST(Record, what_cannot_be_merged_is_refused) {
    Decisions d = healthy({"shop", "calls"});
    declare(d, "shop");
    declare(d, "calls", true);
    const IncidentId a = d.incident(0).id;
    const IncidentId b = d.incident(1).id;
    EXPECT_NE(refusal(d, input::IncidentsMerged{a, a, kAnn}).find("into itself"),
              std::string::npos);
    EXPECT_NE(refusal(d, input::IncidentsMerged{a, b, kAnn}).find("is a drill"), std::string::npos);
    EXPECT_NE(refusal(d, input::IncidentsMerged{a, IncidentId{"none"}, kAnn}).find("no incident"),
              std::string::npos);
    declare(d, "calls");
    end(d, 2);
    EXPECT_NE(
        refusal(d, input::IncidentsMerged{a, d.incident(2).id, kAnn}).find("is closed; merge"),
        std::string::npos);
}

TEST(Record, a_component_is_split_off_with_words_of_its_own) {
    Decisions d({"shop", "calls"});
    d.find("shop").group = GroupId{"g"};
    d.find("calls").group = GroupId{"g"};
    d.load();
    d.verdicts({"shop/1", "calls/1"}, Verdict::kFail);
    ASSERT_EQ(d.incidents(), 1U);
    d.pass(minutes(5));
    const ComponentId calls{"calls"};
    d.must(input::ComponentSplitOff{d.incident(0).id, calls, SealedText{"title"},
                                    SealedText{"text"}, kAnn});
    ASSERT_EQ(d.incidents(), 2U);
    EXPECT_EQ(d.incident(0).components.size(), 1U);
    ASSERT_EQ(d.incident(0).record.split_off.size(), 1U);
    EXPECT_EQ(d.incident(0).record.split_off[0].into, d.incident(1).id);
    EXPECT_EQ(d.incident(1).record.split_from, d.incident(0).id);
    EXPECT_TRUE(d.incident(1).explained);
    EXPECT_FALSE(d.incident(0).explained);
    EXPECT_EQ(d.incident(1).impact, IncidentImpact::kCritical);
    d.verdict("calls/1", Verdict::kPass);
    EXPECT_EQ(d.incident(1).phase, IncidentPhase::kMonitoring);
    EXPECT_EQ(d.incident(0).phase, IncidentPhase::kInvestigating);
    EXPECT_NE(refusal(d, input::ComponentSplitOff{d.incident(0).id, ComponentId{"shop"},
                                                  SealedText{"t"}, SealedText{"t"}, kAnn})
                  .find("names no other component"),
              std::string::npos);
}

TEST(Record, what_is_left_after_a_split_may_have_recovered_already) {
    Decisions d({"shop", "calls"});
    d.find("shop").group = GroupId{"g"};
    d.find("calls").group = GroupId{"g"};
    d.load();
    d.verdicts({"shop/1", "calls/1"}, Verdict::kFail);
    d.pass(minutes(12));
    d.verdict("shop/1", Verdict::kPass);
    d.pass(minutes(2));
    EXPECT_NE(refusal(d, input::ComponentSplitOff{d.incident(0).id, ComponentId{"shop"},
                                                  SealedText{"t"}, SealedText{"t"}, kAnn})
                  .find("has none"),
              std::string::npos);
    d.must(input::ComponentSplitOff{d.incident(0).id, ComponentId{"calls"}, SealedText{"t"},
                                    SealedText{"t"}, kAnn});
    EXPECT_EQ(d.incident(0).phase, IncidentPhase::kMonitoring);
    EXPECT_NE(d.incident(0).resolve_due.ms, 0);
}

TEST(Record, a_resolved_incident_stays_owed_until_a_person_has_explained_it) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    const Timestamp due = d.incident(0).clock.due;
    d.pass(minutes(3));
    d.verdict("shop/1", Verdict::kPass);
    d.pass(minutes(6));
    d.timer();
    ASSERT_FALSE(d.incident(0).is_open());
    ASSERT_EQ(d.state.owed.size(), 1U);
    EXPECT_EQ(d.incident(0).clock.due, due);
    d.now = due;
    d.timer();
    EXPECT_EQ(d.incident(0).clock.overdue_since, due);
    EXPECT_EQ(d.incident(0).clock.step, 1);
    EXPECT_EQ(d.incident(0).clock.due.ms, 0);  // called once; the list goes on reminding
    EXPECT_EQ(d.incident(0).updates.back().holding, false);
    d.pass(days(2));
    d.must(input::UpdatePosted{d.incident(0).id, {}, SealedText{"why"}, {}, kAnn});
    EXPECT_TRUE(d.state.owed.empty());
    EXPECT_EQ(d.incident(0).clock.overdue_since.ms, 0);
    EXPECT_FALSE(d.incident(0).is_open());
    EXPECT_TRUE(d.state.clocked.empty());
}

TEST(Record, one_that_opens_again_runs_its_clock_again) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kFail);
    d.pass(minutes(3));
    d.must(input::UpdatePosted{d.incident(0).id, {}, SealedText{"why"}, {}, kAnn});
    d.verdict("shop/1", Verdict::kPass);
    d.pass(minutes(6));
    d.timer();
    ASSERT_FALSE(d.incident(0).is_open());
    EXPECT_EQ(d.incident(0).clock.due.ms, 0);
    d.pass(minutes(10));
    d.verdict("shop/1", Verdict::kFail);
    EXPECT_TRUE(d.incident(0).is_open());
    EXPECT_EQ(d.incident(0).clock.kind, ClockKind::kUpdate);
    EXPECT_EQ(d.incident(0).clock.due, d.now + minutes(30));
}

}  // namespace
}  // namespace candor::core
