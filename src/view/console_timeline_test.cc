#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gallery/sample_states.h"
#include "view/console_view.h"

namespace candor::view {
namespace {

using gallery::kNow;

core::State state_with_check() {
    core::State state;
    state.topology.edit([](Topology& t) {
        Component component;
        component.id.value = "directory";
        component.name = "Directory";
        CheckRule rule;
        rule.id = CheckId{"directory-http"};
        component.checks.push_back(rule);
        t.components.push_back(component);
    });
    core::CheckState check;
    check.component = ComponentId{"directory"};
    check.last.check = CheckId{"directory-http"};
    check.last.verdict = Verdict::kFail;
    check.last.since = kNow - minutes(3);
    check.last.evidence = {FailureKind::kHttpStatus, 500, 200};
    state.checks[CheckId{"directory-http"}] = check;
    return state;
}

core::IncidentState incident_of_directory() {
    core::IncidentState incident;
    incident.id = IncidentId{"abc"};
    core::IncidentComponent component;
    component.component = ComponentId{"directory"};
    incident.components.push_back(component);
    return incident;
}

TEST(ConsoleCheck, says_why_it_fails) {
    const auto check = build_check(state_with_check(), CheckId{"directory-http"}, kNow);
    ASSERT_TRUE(check);
    EXPECT_THAT(check->why, testing::HasSubstr("answers with HTTP 500 instead of 200"));
    EXPECT_THAT(check->why, testing::HasSubstr("4 of 4"));
    EXPECT_EQ(check->component_name, "Directory");
    EXPECT_FALSE(build_check(state_with_check(), CheckId{"other"}, kNow));
}

TEST(Timeline, tells_signals_of_the_incidents_components_only) {
    const core::State state = state_with_check();
    const core::IncidentState incident = incident_of_directory();
    VerdictChange change = state.checks.at(CheckId{"directory-http"}).last;
    const auto told = timeline_item(state, incident, 7, kNow, entry::VerdictSet{change});
    ASSERT_TRUE(told);
    EXPECT_EQ(told->kind, TimelineKind::kSignal);
    EXPECT_EQ(told->words, "`directory-http` fails: answers with HTTP 500 instead of 200");
    EXPECT_EQ(told->effective, change.since);
    EXPECT_EQ(told->position, 7U);
    change.check = CheckId{"elsewhere"};
    EXPECT_FALSE(timeline_item(state, incident, 7, kNow, entry::VerdictSet{change}));
}

TEST(Timeline, leaves_out_other_incidents) {
    const core::State state = state_with_check();
    const core::IncidentState incident = incident_of_directory();
    const entry::IncidentRetracted own{IncidentId{"abc"}, ActorId{"mina"}};
    const entry::IncidentRetracted other{IncidentId{"xyz"}, ActorId{"mina"}};
    EXPECT_TRUE(timeline_item(state, incident, 1, kNow, own));
    EXPECT_FALSE(timeline_item(state, incident, 1, kNow, other));
}

TEST(Timeline, tells_missed_promises_with_their_true_time) {
    const core::State state = state_with_check();
    const core::IncidentState incident = incident_of_directory();
    const Timestamp due = kNow - minutes(30);
    const entry::OverdueSet missed{IncidentId{"abc"}, ClockKind::kExplanation, due};
    const auto told = timeline_item(state, incident, 1, kNow, missed);
    ASSERT_TRUE(told);
    EXPECT_EQ(told->words, "An explanation is overdue");
    EXPECT_EQ(told->effective, due);
    const entry::OverdueSet ended{IncidentId{"abc"}, ClockKind::kNone, {}};
    EXPECT_FALSE(timeline_item(state, incident, 1, kNow, ended));
}

TEST(Timeline, tells_both_sides_of_a_merge_and_who_did_it) {
    const core::State state = state_with_check();
    const core::IncidentState incident = incident_of_directory();
    const entry::IncidentMerged merged{IncidentId{"xyz"}, IncidentId{"abc"}, ActorId{"mina"}};
    const auto told = timeline_item(state, incident, 1, kNow, merged);
    ASSERT_TRUE(told);
    EXPECT_EQ(told->words, "Merged `xyz` into `abc`");
    EXPECT_EQ(told->actor, ActorId{"mina"});
    const entry::IncidentMerged elsewhere{IncidentId{"xyz"}, IncidentId{"uvw"}, ActorId{"mina"}};
    EXPECT_FALSE(timeline_item(state, incident, 1, kNow, elsewhere));
}

TEST(Audit, keeps_what_people_did_and_drops_what_the_machine_did) {
    const entry::IncidentRetracted act{IncidentId{"abc"}, ActorId{"mina"}};
    const auto kept = audit_item(3, kNow, act);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->actor, ActorId{"mina"});
    EXPECT_EQ(kept->origin, Origin::kHuman);
    EXPECT_TRUE(audit_item(3, kNow, entry::IncidentOwned{IncidentId{"abc"}, ActorId{"mina"}}));
    EXPECT_FALSE(audit_item(3, kNow, entry::EscalationRaised{}));
    EXPECT_FALSE(audit_item(3, kNow, entry::VerdictSet{}));
    EXPECT_FALSE(audit_item(3, kNow, entry::IncidentPosted{}));
}

TEST(Audit, tells_what_happened_to_accounts_and_tokens_by_whom) {
    const UserId kim{"kim1"};
    const ActorId by{"user:ada1"};
    const auto set = audit_item(
        1, kNow, entry::UserSet{kim, Role::kResponder, true, true, SealedText{"secret"}, 1, by});
    ASSERT_TRUE(set);
    EXPECT_EQ(set->actor, by);
    EXPECT_EQ(set->words, "Set account `kim1`: responder, may sign in, with a second factor");
    const ScopeSet scopes = ScopeSet{}.with(AccessScope::kRead).with(AccessScope::kIntake);
    const auto token = audit_item(
        2, kNow, entry::TokenSet{TokenId{"t1"}, kim, scopes, {}, SealedText{"secret"}, by});
    ASSERT_TRUE(token);
    EXPECT_EQ(token->words, "Made token `t1`: read intake");
    EXPECT_TRUE(audit_item(3, kNow, entry::UserRemoved{kim, by}));
    EXPECT_TRUE(audit_item(4, kNow, entry::TokenRevoked{TokenId{"t1"}, by}));
    const auto in = audit_item(5, kNow, entry::SignedIn{kim, 0});
    ASSERT_TRUE(in);
    EXPECT_EQ(in->actor, ActorId{"user:kim1"});
    EXPECT_TRUE(audit_item(6, kNow, entry::SignedOut{kim}));
}

TEST(Timeline, leaves_out_accounts) {
    const entry::SignedIn in{UserId{"kim1"}, 0};
    EXPECT_FALSE(timeline_item(state_with_check(), incident_of_directory(), 1, kNow, in));
}

}  // namespace
}  // namespace candor::view
