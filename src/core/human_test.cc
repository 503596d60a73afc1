#include "core/human.h"

#include <gtest/gtest.h>

#include "tests/world/decisions.h"

namespace candor::core {
namespace {

using world::Decisions;

const ActorId kPerson{"token-1"};
const SealedText kText{"text"};

Decisions green() {
    Decisions d({"shop", "mail"});
    d.verdicts({"shop/1", "mail/1"}, Verdict::kPass);
    return d;
}

input::IncidentDeclared declared(const std::string& component, ComponentStatus status) {
    return {SealedText{"title"}, kText, {{ComponentId{component}, status}}, kPerson};
}

input::UpdatePosted posted(const Decisions& d, std::optional<IncidentPhase> phase = {},
                           std::vector<ComponentChange> components = {}) {
    return {d.incident(0).id, phase, kText, std::move(components), kPerson};
}

ErrorCode refused(Decisions& d, InputKind what) {
    const State before = d.state;
    const auto decided = d.decide(std::move(what));
    EXPECT_FALSE(decided.has_value());
    EXPECT_EQ(state_hash(before), state_hash(d.state));
    return decided ? ErrorCode::kInternal : decided.error().code;
}

TEST(Human, a_declaration_opens_posts_and_colours_in_one_decision) {
    Decisions d = green();
    d.must(declared("shop", ComponentStatus::kPartialOutage));
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kPartialOutage);
    const IncidentState& i = d.incident(0);
    EXPECT_EQ(i.origin, Origin::kHuman);
    EXPECT_TRUE(i.explained);
    EXPECT_EQ(i.impact, IncidentImpact::kMajor);
    ASSERT_EQ(i.updates.size(), 1U);
    EXPECT_EQ(i.updates[0].sealed_text, kText);
    EXPECT_TRUE(i.updates[0].text.empty());
    ASSERT_EQ(i.updates[0].affected.size(), 1U);
    EXPECT_EQ(i.updates[0].affected[0].before, ComponentStatus::kOperational);
    EXPECT_EQ(i.updates[0].affected[0].after, ComponentStatus::kPartialOutage);
}

TEST(Human, requests_that_cannot_be_followed_change_nothing) {
    Decisions d = green();
    EXPECT_EQ(refused(d, input::IncidentDeclared{kText, kText, {}, kPerson}), ErrorCode::kInvalid);
    EXPECT_EQ(refused(d, declared("shop", ComponentStatus::kOperational)), ErrorCode::kInvalid);
    EXPECT_EQ(refused(d, declared("shop", ComponentStatus::kUnderMaintenance)),
              ErrorCode::kInvalid);
    EXPECT_EQ(refused(d, declared("nobody", ComponentStatus::kMajorOutage)), ErrorCode::kNotFound);
    EXPECT_EQ(refused(d, input::UpdatePosted{IncidentId{"none"}, {}, kText, {}, kPerson}),
              ErrorCode::kNotFound);
    EXPECT_EQ(refused(d, input::IncidentRetractRequested{IncidentId{"none"}, kText, kPerson}),
              ErrorCode::kNotFound);
    EXPECT_EQ(refused(d, input::MonitoringAccepted{ComponentId{"nobody"}, kPerson}),
              ErrorCode::kNotFound);
    EXPECT_EQ(refused(d, input::MonitoringAccepted{ComponentId{"shop"}, kPerson}),
              ErrorCode::kConflict);
}

TEST(Human, nobody_ends_an_incident_whose_check_fails) {
    Decisions d = green();
    d.verdict("shop/1", Verdict::kFail);
    EXPECT_EQ(refused(d, posted(d, IncidentPhase::kResolved)), ErrorCode::kConflict);
    EXPECT_EQ(refused(d, input::IncidentRetractRequested{d.incident(0).id, kText, kPerson}),
              ErrorCode::kConflict);
    d.pass(seconds(10));
    d.verdict("shop/1", Verdict::kPass);  // held by min_red
    EXPECT_EQ(refused(d, posted(d, IncidentPhase::kResolved)), ErrorCode::kConflict);
    d.pass(seconds(50));
    d.timer();
    d.must(posted(d, IncidentPhase::kResolved));
    EXPECT_FALSE(d.incident(0).is_open());
}

TEST(Human, a_failing_check_elsewhere_does_not_matter) {
    Decisions d = green();
    d.must(declared("mail", ComponentStatus::kPartialOutage));
    d.verdict("shop/1", Verdict::kFail);
    d.must(posted(d, IncidentPhase::kResolved));
    EXPECT_FALSE(d.incident(0).is_open());
    EXPECT_EQ(d.component("mail").status, ComponentStatus::kOperational);
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kMajorOutage);
}

TEST(Human, whoever_sets_the_phase_has_taken_over) {
    Decisions d = green();
    d.verdict("shop/1", Verdict::kFail);
    d.must(posted(d, IncidentPhase::kIdentified));
    d.pass(minutes(20));
    d.verdict("shop/1", Verdict::kPass);
    EXPECT_EQ(d.incident(0).phase, IncidentPhase::kMonitoring);
    d.must(posted(d, IncidentPhase::kIdentified));
    EXPECT_EQ(d.incident(0).resolve_due.ms, 0);
    d.pass(hours(1));
    d.timer();
    EXPECT_EQ(d.incident(0).phase, IncidentPhase::kIdentified);
}

TEST(Human, closed_records_take_words_and_a_postmortem_only) {
    Decisions d = green();
    d.must(declared("shop", ComponentStatus::kPartialOutage));
    EXPECT_EQ(refused(d, posted(d, IncidentPhase::kPostmortem)), ErrorCode::kConflict);
    d.must(posted(d, IncidentPhase::kResolved));
    EXPECT_EQ(refused(d, posted(d, IncidentPhase::kIdentified)), ErrorCode::kConflict);
    EXPECT_EQ(refused(d, posted(d, {}, {{ComponentId{"shop"}, ComponentStatus::kMajorOutage}})),
              ErrorCode::kConflict);
    d.must(posted(d));
    d.must(posted(d, IncidentPhase::kPostmortem));
    EXPECT_EQ(d.incident(0).phase, IncidentPhase::kPostmortem);
    EXPECT_FALSE(d.incident(0).is_open());
    EXPECT_EQ(d.incident(0).updates.size(), 4U);
}

TEST(Human, retracting_excludes_the_time_and_withdraws_declarations) {
    Decisions d = green();
    const Timestamp from = d.now;
    d.must(declared("shop", ComponentStatus::kMajorOutage));
    d.pass(minutes(3));
    d.must(input::IncidentRetractRequested{d.incident(0).id, kText, kPerson});
    EXPECT_TRUE(d.incident(0).retracted);
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kOperational);
    EXPECT_TRUE(d.component("shop").declared.empty());
    EXPECT_EQ(d.component("shop").timeline.exclusions(), (std::vector{Exclusion{from, d.now}}));
    EXPECT_EQ(refused(d, input::IncidentRetractRequested{d.incident(0).id, kText, kPerson}),
              ErrorCode::kConflict);
}

TEST(Human, a_human_post_gives_the_machine_its_voice_back) {
    Decisions d = green();
    d.verdict("shop/1", Verdict::kFail);
    EXPECT_EQ(d.incident(0).machine_posts_since_human, 1);
    d.must(posted(d));
    EXPECT_EQ(d.incident(0).machine_posts_since_human, 0);
    EXPECT_EQ(d.incident(0).last_human, d.now);
}

TEST(Human, of_two_incidents_that_name_a_failing_component_one_may_be_resolved) {
    Decisions d = green();
    d.must(declared("shop", ComponentStatus::kPartialOutage));
    d.must(declared("shop", ComponentStatus::kPartialOutage));
    d.verdicts({"shop/1"}, Verdict::kFail);
    EXPECT_EQ(refused(d, input::IncidentRetractRequested{d.incident(0).id, kText, kPerson}),
              ErrorCode::kConflict);
    d.must(posted(d, IncidentPhase::kResolved));
    EXPECT_FALSE(d.incident(0).is_open());
    EXPECT_TRUE(d.incident(1).is_open());
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kMajorOutage);
    // Now the other one is the last that speaks for it.
    EXPECT_EQ(
        refused(
            d, input::UpdatePosted{d.incident(1).id, IncidentPhase::kResolved, kText, {}, kPerson}),
        ErrorCode::kConflict);
}

}  // namespace
}  // namespace candor::core
