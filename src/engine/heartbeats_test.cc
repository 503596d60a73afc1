#include "engine/heartbeats.h"

#include <gtest/gtest.h>

#include <string>

namespace candor::engine {
namespace {

const CheckId kBackups{"backups/1"};

CheckSpec spec(Duration every, std::string schedule = "", const std::string& definition = "d1") {
    CheckSpec s;
    s.rule.id = kBackups;
    s.rule.kind = CheckKind::kHeartbeat;
    s.rule.definition = definition;
    HeartbeatTarget target;
    target.every = every;
    target.schedule = std::move(schedule);
    target.grace = minutes(1);
    s.target = target;
    return s;
}

Timestamp at(std::string_view clock) {
    return *parse_rfc3339("2026-04-04T" + std::string(clock) + "Z");
}

HeartbeatPing success() {
    return {kBackups, PingKind::kSuccess, 0, "", ""};
}

TEST(Heartbeats, an_interval_counts_from_the_ping) {
    Heartbeats beats;
    ASSERT_TRUE(beats.configure({spec(minutes(10))}, at("21:00:00")));
    EXPECT_TRUE(beats.knows(kBackups));
    EXPECT_FALSE(beats.deadline().has_value());
    EXPECT_EQ(beats.ping(success(), at("21:05:00")).result, ObservationResult::kPass);
    EXPECT_EQ(beats.deadline(), at("21:16:00"));
    EXPECT_TRUE(beats.overdue(at("21:15:59")).empty());
    EXPECT_EQ(beats.overdue(at("21:16:00")).size(), 1U);
    EXPECT_TRUE(beats.overdue(at("21:17:00")).empty());
}

TEST(Heartbeats, a_schedule_counts_from_the_clock) {
    Heartbeats beats;
    ASSERT_TRUE(beats.configure({spec({}, "0 22 * * *")}, at("21:00:00")));
    beats.ping(success(), at("21:05:00"));
    EXPECT_EQ(beats.deadline(), at("22:01:00"));
}

TEST(Heartbeats, a_wrong_schedule_is_refused_and_changes_nothing) {
    Heartbeats beats;
    ASSERT_TRUE(beats.configure({spec(minutes(10))}, at("21:00:00")));
    beats.ping(success(), at("21:05:00"));
    EXPECT_FALSE(beats.configure({spec({}, "0 25 * * *")}, at("21:06:00")).has_value());
    EXPECT_EQ(beats.deadline(), at("21:16:00"));
}

TEST(Heartbeats, an_unchanged_one_keeps_its_watch_and_a_changed_one_starts_from_now) {
    Heartbeats beats;
    ASSERT_TRUE(beats.configure({spec(minutes(10))}, at("21:00:00")));
    beats.ping(success(), at("21:05:00"));
    ASSERT_TRUE(beats.configure({spec(minutes(10))}, at("21:10:00")));
    EXPECT_EQ(beats.deadline(), at("21:16:00"));
    ASSERT_TRUE(beats.configure({spec(minutes(2), "", "d2")}, at("21:10:00")));
    EXPECT_EQ(beats.deadline(), at("21:13:00"));
    ASSERT_TRUE(beats.configure({}, at("21:11:00")));
    EXPECT_FALSE(beats.knows(kBackups));
    EXPECT_FALSE(beats.deadline().has_value());
}

TEST(Heartbeats, a_restart_expects_the_next_beat_but_never_in_the_past) {
    Heartbeats beats;
    ASSERT_TRUE(beats.configure({spec(minutes(10))}, at("21:00:00")));
    beats.expect_again(kBackups, at("20:55:00"), at("21:00:00"));
    EXPECT_EQ(beats.deadline(), at("21:06:00"));
    beats.expect_again(kBackups, at("19:00:00"), at("21:00:00"));
    EXPECT_EQ(beats.deadline(), at("21:01:00"));
    beats.expect_again(CheckId{"nobody"}, at("19:00:00"), at("21:00:00"));
}

TEST(Heartbeats, a_gap_of_our_own_gives_one_fresh_grace) {
    Heartbeats beats;
    ASSERT_TRUE(beats.configure({spec(minutes(10))}, at("21:00:00")));
    beats.ping(success(), at("21:05:00"));
    beats.forgive_all(at("21:06:00"));
    EXPECT_EQ(beats.deadline(), at("21:16:00"));  // far enough away: nothing to forgive
    beats.forgive_all(at("22:00:00"));
    EXPECT_EQ(beats.deadline(), at("22:01:00"));
}

TEST(Heartbeats, other_checks_are_not_heartbeats) {
    Heartbeats beats;
    CheckSpec http;
    http.rule.id = CheckId{"shop/1"};
    http.target = HttpTarget{};
    ASSERT_TRUE(beats.configure({http, spec(minutes(10))}, at("21:00:00")));
    EXPECT_EQ(beats.ids(), (std::vector{kBackups}));
}

}  // namespace
}  // namespace candor::engine
