#include "model/batch.h"

#include <gtest/gtest.h>

#include <set>

#include "base/codec.h"

namespace candor {
namespace {

Topology topology() {
    Topology t;
    t.page.name = "Acme";
    t.page.publish = Publish::kShadow;
    t.incidents.min_customers = 3;
    t.groups = {{GroupId{"g"}, "Group", GroupId{}}};
    Component c;
    c.id = ComponentId{"shop"};
    c.name = "Shop";
    c.group = GroupId{"g"};
    c.depends_on = {ComponentId{"db"}};
    c.checks.resize(1);
    c.checks[0].id = CheckId{"shop/1"};
    c.checks[0].fail_after = {3, 5};
    c.checks[0].missed_is_failure = true;
    t.components = {c};
    return t;
}

// With no field left at its default where that is possible.
std::vector<Entry> light_and_incident_entries() {
    const Timestamp t{1'775'336'400'123};
    const IncidentId i{"abcdefghijkl"};
    const ComponentId c{"shop"};
    const ActorId actor{"token-1"};
    const Evidence evidence{FailureKind::kHttpStatus, 503, 200};
    return {
        entry::Started{"1.0", t},
        entry::ConfigurationSet{topology(), "digest"},
        entry::VerdictSet{
            {CheckId{"shop/1"}, Verdict::kFail, t, 42, evidence, Scope{CustomerId{"acme"}}}},
        entry::ComponentStatusSet{c, ComponentStatus::kMajorOutage, ComponentStatus::kOperational,
                                  StatusCause::kHeld, t, CheckId{"shop/1"}, evidence},
        entry::ComponentHoldSet{c, t},
        entry::MonitoringChangedSet{c, true, actor, {CheckId{"shop/1"}, CheckId{"shop/2"}}},
        entry::MeasurementGap{t, t + seconds(9), GapReason::kSuspended},
        entry::IncidentOpened{i, Origin::kHuman, Visibility::kPrivate, CustomerId{"acme"}, "Title",
                              SealedText{"aa"}, t, IncidentImpact::kMajor},
        entry::IncidentComponentSet{i, c, "Shop", ComponentStatus::kPartialOutage},
        entry::DeclarationSet{i, c, ComponentStatus::kPartialOutage, actor},
        entry::IncidentPhaseSet{i, IncidentPhase::kMonitoring, t},
        entry::IncidentPosted{i,
                              UpdateId{"u"},
                              Origin::kHuman,
                              IncidentPhase::kIdentified,
                              "text",
                              SealedText{"bb"},
                              {{c, ComponentStatus::kOperational, ComponentStatus::kUnknown}},
                              actor},
        entry::IncidentImpactSet{i, IncidentImpact::kCritical},
        entry::IncidentPromoted{i, "Title"},
        entry::IncidentResolveDueSet{i, t},
        entry::IncidentReopened{i},
        entry::IncidentRetracted{i, actor},
        entry::ComponentTimeExcluded{c, t, t + seconds(9)},
        entry::WallClockStepped{Duration{-3'600'000}},
    };
}

std::vector<Entry> account_entries() {
    const Timestamp t{1'775'336'400'123};
    const ActorId actor{"token-1"};
    return {
        entry::UserSet{UserId{"mnopqrstuvwx"}, Role::kAdmin, true, true, SealedText{"ee"}, 2,
                       actor},
        entry::UserRemoved{UserId{"mnopqrstuvwx"}, actor},
        entry::TokenSet{TokenId{"nopqrstuvwxy"}, UserId{"mnopqrstuvwx"},
                        ScopeSet{}.with(AccessScope::kRead), t, SealedText{"ff"}, actor},
        entry::TokenRevoked{TokenId{"nopqrstuvwxy"}, actor},
        entry::SignedIn{UserId{"mnopqrstuvwx"}, 58'000'000},
        entry::SignedOut{UserId{"mnopqrstuvwx"}},
    };
}

std::vector<Entry> subscriber_entries() {
    const ComponentId c{"shop"};
    return {
        entry::SubscriberSet{
            SubscriberId{"s"}, {c}, IncidentImpact::kMajor, SealedText{"cc"}, SealedText{"dd"}},
        entry::SubscriberRemoved{SubscriberId{"s"}, SealedText{"cc"}, ActorId{"token-1"}},
        entry::PagingMuted{Timestamp{5}, ActorId{"token-1"}},
        entry::ShiftOverridden{ShiftOverrideId{"opqrstuvwxyz"}, "primary", "key", Timestamp{5},
                               Timestamp{9}, ActorId{"token-1"}},
        entry::ShiftOverrideRemoved{ShiftOverrideId{"opqrstuvwxyz"}, ActorId{"token-1"}},
        entry::ChannelSwitchedOn{"ops", ActorId{"token-1"}},
    };
}

std::vector<Entry> clock_entries() {
    const Timestamp t{1'775'336'400'123};
    const IncidentId i{"abcdefghijkl"};
    const ComponentId c{"shop"};
    const ActorId actor{"token-1"};
    return {
        entry::ClockRulesSet{{{minutes(10), minutes(20), minutes(60)}, PerImpact::all(hours(1))}},
        entry::ClockSet{i, ClockKind::kUpdate, t},
        entry::OverdueSet{i, ClockKind::kExplanation, t},
        entry::EscalationRaised{i, 2, ClockKind::kUpdate, t},
        entry::HoldingNoteMarked{i, UpdateId{"u"}},
        entry::IncidentOwned{i, actor},
        entry::IncidentDrillSet{i, actor},
        entry::IncidentStartedSet{i, t, actor},
        entry::IncidentMerged{i, IncidentId{"bcdefghijklm"}, actor},
        entry::IncidentSplit{i, c, IncidentId{"bcdefghijklm"}, actor},
    };
}

std::vector<Entry> maintenance_entries() {
    const Timestamp t{1'775'336'400'123};
    const ComponentId c{"shop"};
    const MaintenanceId m{"upgrade-20260404"};
    const ActorId actor{"token-1"};
    return {
        entry::MaintenanceSet{m,
                              Origin::kHuman,
                              "Upgrade",
                              SealedText{"cc"},
                              "We upgrade.",
                              {{c, "Shop"}},
                              {"http"},
                              t,
                              t + hours(2),
                              t,
                              t,
                              t + hours(2),
                              3,
                              true,
                              actor},
        entry::MaintenanceStarted{m, t, {c}},
        entry::MaintenanceCovered{m, c},
        entry::MaintenancePosted{m, UpdateId{"u"}, Origin::kHuman, MaintenancePhase::kInProgress,
                                 "text", SealedText{"dd"}, actor},
        entry::MaintenanceEnded{m, t, actor},
        entry::MaintenanceCancelled{m, Origin::kHuman, 4, actor},
        entry::MaintenanceCountedAgain{m},
    };
}

// One of every entry.
std::vector<Entry> every_entry() {
    std::vector<Entry> all = light_and_incident_entries();
    for (const auto& area :
         {account_entries(), clock_entries(), maintenance_entries(), subscriber_entries()}) {
        all.insert(all.end(), area.begin(), area.end());
    }
    return all;
}

Batch sample() {
    Batch batch;
    batch.at = Timestamp{1'775'336'400'000};
    batch.written_by = "1.2.3";
    batch.cause = {"verdicts_changed", {1, 2, 99}, 1, "digest", "key"};
    batch.entries = every_entry();
    return batch;
}

std::string printed(const Batch& batch) {
    std::string out =
        batch.written_by + " " + format_rfc3339(batch.at) + " " + print_fields(batch.cause) + "\n";
    for (const Entry& entry : batch.entries) out += print_entry(entry) + "\n";
    return out;
}

TEST(Batch, every_entry_round_trips) {
    const Batch batch = sample();
    ASSERT_EQ(batch.entries.size(), std::variant_size_v<Entry>);
    std::set<std::size_t> kinds;
    for (const Entry& entry : batch.entries) kinds.insert(entry.index());
    EXPECT_EQ(kinds.size(), std::variant_size_v<Entry>);
    const auto back = decode_batch(encode_batch(batch));
    ASSERT_TRUE(back.has_value()) << back.error().message;
    EXPECT_EQ(printed(*back), printed(batch));
    EXPECT_EQ(encode_batch(*back), encode_batch(batch));
}

TEST(Batch, tags_and_names_are_frozen_and_distinct) {
    std::set<std::string_view> names;
    std::set<int> tags;
    for (const Entry& entry : every_entry()) {
        names.insert(entry_name(entry));
        std::visit([&](const auto& e) { tags.insert(e.kTag); }, entry);
    }
    EXPECT_EQ(names.size(), std::variant_size_v<Entry>);
    EXPECT_EQ(tags.size(), std::variant_size_v<Entry>);
    EXPECT_EQ(*tags.begin(), 1);
    EXPECT_LT(*tags.rbegin(), 70);
}

TEST(Batch, every_truncation_is_refused) {
    const std::string bytes = encode_batch(sample());
    for (std::size_t n = 0; n < bytes.size(); ++n) {
        EXPECT_FALSE(decode_batch(std::string_view(bytes).substr(0, n)).has_value()) << n;
    }
    EXPECT_FALSE(decode_batch(bytes + "x").has_value());
}

TEST(Batch, another_format_names_the_version_that_wrote_it) {
    std::string bytes = encode_batch(sample());
    bytes[0] = 4;  // the zigzag of 2
    const auto refused = decode_batch(bytes);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::kUnsupported);
    EXPECT_EQ(refused.error().message, "journal batch in format 2 was written by version 1.2.3");
}

TEST(Batch, an_unknown_entry_names_the_version_that_wrote_it) {
    Batch batch = sample();
    batch.entries = {entry::IncidentReopened{IncidentId{"i"}}};
    std::string bytes = encode_batch(batch);
    // The only entry stands at the end: tag 16, length 2, text of length 1.
    bytes[bytes.size() - 4] = 126;  // the zigzag of 63
    const auto refused = decode_batch(bytes);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::kUnsupported);
    EXPECT_EQ(refused.error().message,
              "journal entry with unknown tag 63 was written by version 1.2.3; start that version "
              "or a newer one");
}

TEST(Batch, prints_entries_for_people) {
    EXPECT_EQ(print_entry(entry::IncidentPhaseSet{IncidentId{"i"}, IncidentPhase::kMonitoring, {}}),
              "incident_phase_set incident=i phase=monitoring effective=never");
}

}  // namespace
}  // namespace candor
