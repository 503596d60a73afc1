#include "core/join.h"

#include <gtest/gtest.h>

#include "tests/world/decisions.h"

namespace candor::core {
namespace {

using world::Decisions;

Decisions green(const std::vector<std::string>& components) {
    Decisions d(components);
    for (const std::string& id : components) d.verdict(id + "/1", Verdict::kPass);
    return d;
}

void group(Decisions& d, const std::vector<std::string>& components) {
    d.topology.groups = {{GroupId{"g"}, "G", {}}};
    for (const std::string& id : components) d.find(id).group = GroupId{"g"};
    d.load();
}

TEST(Join, the_same_group_joins_up_to_two_minutes) {
    for (const auto& [wait, incidents] :
         {std::pair{kJoinNeighbours, 1U}, {kJoinNeighbours + milliseconds(1), 2U}}) {
        Decisions d = green({"a", "b"});
        group(d, {"a", "b"});
        d.verdict("a/1", Verdict::kFail);
        d.pass(wait);
        d.verdict("b/1", Verdict::kFail);
        EXPECT_EQ(d.incidents(), incidents) << wait.ms;
    }
}

TEST(Join, two_without_a_group_are_no_neighbours) {
    Decisions d = green({"a", "b"});
    d.verdict("a/1", Verdict::kFail);
    d.verdict("b/1", Verdict::kFail);
    EXPECT_EQ(d.incidents(), 2U);
}

TEST(Join, each_joining_component_opens_its_own_two_minutes) {
    Decisions d = green({"a", "b", "c"});
    group(d, {"a", "b", "c"});
    d.verdict("a/1", Verdict::kFail);
    d.pass(seconds(90));
    d.verdict("b/1", Verdict::kFail);
    d.pass(seconds(90));
    d.verdict("c/1", Verdict::kFail);
    EXPECT_EQ(d.incidents(), 1U);
    EXPECT_EQ(d.incident(0).components.size(), 3U);
}

TEST(Join, dependencies_join_either_way) {
    for (const bool needing_first : {true, false}) {
        Decisions d = green({"db", "shop"});
        d.find("shop").depends_on = {ComponentId{"db"}};
        d.load();
        d.verdict(needing_first ? "shop/1" : "db/1", Verdict::kFail);
        d.pass(seconds(30));
        d.verdict(needing_first ? "db/1" : "shop/1", Verdict::kFail);
        EXPECT_EQ(d.incidents(), 1U);
    }
}

TEST(Join, the_third_within_a_minute_joins_the_newest) {
    for (const auto& [wait, incidents] :
         {std::pair{seconds(30), 2U}, {seconds(30) + milliseconds(1), 3U}}) {
        Decisions d = green({"a", "b", "c"});
        d.verdict("a/1", Verdict::kFail);
        d.pass(seconds(30));
        d.verdict("b/1", Verdict::kFail);
        d.pass(wait);
        d.verdict("c/1", Verdict::kFail);
        EXPECT_EQ(d.incidents(), incidents) << wait.ms;
    }
}

TEST(Join, reopens_up_to_half_an_hour_after_the_end) {
    for (const auto& [wait, incidents] :
         {std::pair{kReopenWithin, 1U}, {kReopenWithin + milliseconds(1), 2U}}) {
        Decisions d = green({"a"});
        d.verdict("a/1", Verdict::kFail);
        d.pass(minutes(2));
        d.verdict("a/1", Verdict::kPass);
        d.pass(minutes(5));
        d.timer();
        ASSERT_FALSE(d.incident(0).is_open());
        d.pass(wait);
        d.verdict("a/1", Verdict::kFail);
        EXPECT_EQ(d.incidents(), incidents) << wait.ms;
        EXPECT_EQ(d.incident(0).is_open(), incidents == 1U);
    }
}

TEST(Join, looks_at_a_bounded_number_of_incidents) {
    Decisions d = green({"a", "b"});
    d.verdict("a/1", Verdict::kFail);
    d.pass(minutes(2));
    d.verdict("a/1", Verdict::kPass);
    d.pass(minutes(5));
    d.timer();
    EXPECT_TRUE(incident_to_reopen(d.state, ComponentId{"a"}, d.now).has_value());
    EXPECT_FALSE(incident_to_reopen(d.state, ComponentId{"b"}, d.now).has_value());
    for (std::size_t i = 0; i < kReopenScanMax; ++i) {
        apply(d.state, d.now,
              entry::IncidentOpened{IncidentId{"i" + std::to_string(i)},
                                    Origin::kMachine,
                                    Visibility::kPublic,
                                    {},
                                    "other",
                                    {},
                                    d.now,
                                    IncidentImpact::kNone});
    }
    EXPECT_FALSE(incident_to_reopen(d.state, ComponentId{"a"}, d.now).has_value());
}

TEST(Join, every_open_incident_that_names_it_is_found_newest_first) {
    Decisions d = green({"a"});
    d.verdict("a/1", Verdict::kFail);
    d.must(input::IncidentDeclared{SealedText{"t"},
                                   SealedText{"x"},
                                   {{ComponentId{"a"}, ComponentStatus::kPartialOutage}},
                                   ActorId{"p"}});
    const auto all = incidents_naming(d.state, ComponentId{"a"});
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all.front(), d.incident(1).id);
    EXPECT_EQ(incident_naming(d.state, ComponentId{"a"}), d.incident(1).id);
}

}  // namespace
}  // namespace candor::core
