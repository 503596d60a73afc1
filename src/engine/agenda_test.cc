#include "engine/agenda.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "engine/spread.h"

namespace candor::engine {
namespace {

const CheckId kShop{"shop/1"};

CheckSpec spec(const std::string& id, Duration every = seconds(10),
               const std::string& definition = "d1") {
    CheckSpec s;
    s.rule.id = CheckId{id};
    s.rule.every = every;
    s.rule.timeout = seconds(5);
    s.rule.definition = definition;
    return s;
}

// Time at which the only planned thing is due; it is then taken.
Agenda::Start take_next(Agenda& agenda) {
    const auto due = agenda.next();
    EXPECT_TRUE(due.has_value());
    EXPECT_TRUE(agenda.take_due(*due - milliseconds(1)).empty());
    const auto starts = agenda.take_due(*due);
    EXPECT_EQ(starts.size(), 1U);
    return starts.empty() ? Agenda::Start{} : starts.front();
}

TEST(Agenda, first_probes_come_soon_and_spread) {
    Agenda agenda;
    std::vector<CheckSpec> specs;
    for (int i = 0; i < 200; ++i) specs.push_back(spec("c/" + std::to_string(i), minutes(5)));
    agenda.configure(specs, seconds(100));
    std::set<std::int64_t> instants;
    std::size_t started = 0;
    while (started < specs.size()) {
        const Duration due = *agenda.next();
        EXPECT_LT(due, seconds(100) + kFirstWithin);
        instants.insert(due.ms);
        started += agenda.take_due(due).size();
    }
    EXPECT_GT(instants.size(), 180U);
}

TEST(Agenda, settled_checks_stay_on_their_grid) {
    Agenda agenda;
    agenda.configure({spec("shop/1")}, seconds(0));
    const Duration phase = phase_of(kShop, seconds(10));
    const auto start = take_next(agenda);
    ASSERT_TRUE(agenda.finish(kShop, start.run));
    agenda.plan(kShop, seconds(4), seconds(10));
    EXPECT_EQ(agenda.next(), phase);
    // A probe that took long moves no later one.
    const auto again = take_next(agenda);
    agenda.finish(kShop, again.run);
    agenda.plan(kShop, phase + seconds(9), seconds(10));
    EXPECT_EQ(agenda.next(), phase + seconds(10));
}

TEST(Agenda, unsettled_checks_are_planned_from_now) {
    Agenda agenda;
    agenda.configure({spec("shop/1")}, seconds(0));
    const auto start = take_next(agenda);
    agenda.finish(kShop, start.run);
    agenda.plan(kShop, seconds(4), seconds(2));
    EXPECT_EQ(agenda.next(), seconds(6));
}

TEST(Agenda, a_check_runs_once_at_a_time) {
    Agenda agenda;
    agenda.configure({spec("shop/1")}, seconds(0));
    const Duration started = *agenda.next();
    const auto start = take_next(agenda);
    EXPECT_EQ(agenda.running_since(kShop), started);
    agenda.hasten(kShop, started + seconds(1));
    agenda.plan(kShop, started + seconds(1), seconds(0));
    EXPECT_TRUE(agenda.take_due(started + seconds(1)).empty());
    EXPECT_TRUE(agenda.finish(kShop, start.run));
    EXPECT_FALSE(agenda.running_since(kShop).has_value());
    EXPECT_FALSE(agenda.finish(kShop, start.run));
}

TEST(Agenda, a_lost_probe_is_given_up_and_its_late_result_ignored) {
    Agenda agenda;
    agenda.configure({spec("shop/1")}, seconds(0));
    const Duration started = *agenda.next();
    const auto lost = take_next(agenda);
    EXPECT_EQ(agenda.next(), started + seconds(5) + kLostAfter);
    const auto second = take_next(agenda);
    EXPECT_NE(second.run, lost.run);
    EXPECT_FALSE(agenda.finish(kShop, lost.run));
    EXPECT_TRUE(agenda.finish(kShop, second.run));
}

TEST(Agenda, hastening_brings_a_probe_forward_once) {
    Agenda agenda;
    agenda.configure({spec("shop/1", minutes(5))}, seconds(0));
    const auto start = take_next(agenda);
    agenda.finish(kShop, start.run);
    agenda.plan(kShop, seconds(5), minutes(5));
    agenda.hasten(kShop, seconds(6));
    agenda.hasten(kShop, seconds(7));
    EXPECT_EQ(agenda.next(), seconds(6));
    EXPECT_EQ(agenda.take_due(seconds(7)).size(), 1U);
    agenda.hasten(CheckId{"nobody"}, seconds(7));
}

TEST(Agenda, an_unchanged_check_keeps_its_place_over_a_reload) {
    Agenda agenda;
    agenda.configure({spec("shop/1")}, seconds(0));
    const auto start = take_next(agenda);
    agenda.configure({spec("shop/1"), spec("mail/1")}, seconds(3));
    EXPECT_TRUE(agenda.finish(kShop, start.run));
}

TEST(Agenda, a_changed_check_starts_anew_and_its_old_probe_is_ignored) {
    Agenda agenda;
    agenda.configure({spec("shop/1")}, seconds(0));
    const auto old = take_next(agenda);
    agenda.configure({spec("shop/1", seconds(10), "d2")}, seconds(3));
    EXPECT_FALSE(agenda.finish(kShop, old.run));
    EXPECT_LT(*agenda.next(), seconds(3) + kFirstWithin);
}

TEST(Agenda, heartbeats_are_nobody_s_probes) {
    Agenda agenda;
    CheckSpec heartbeat = spec("backups/1");
    heartbeat.rule.kind = CheckKind::kHeartbeat;
    agenda.configure({heartbeat}, seconds(0));
    EXPECT_FALSE(agenda.next().has_value());
}

}  // namespace
}  // namespace candor::engine
