#include "notify/rotation.h"

#include <gtest/gtest.h>

namespace candor::notify {
namespace {

Timestamp at(std::string_view text) {
    return *parse_rfc3339(text);
}

// Mondays at nine in Toronto, from 2 March 2026 on; the clocks go forward on 8 March.
Rotation rotation() {
    Rotation r;
    r.id = "primary";
    r.time_zone = "America/Toronto";
    r.first = at("2026-03-02T09:00:00Z");
    r.people = {{"Ann", {"ann"}}, {"Bea", {"bea"}}, {"Chris", {"chris"}}};
    return r;
}

std::string name_at(const Rotation& r, std::string_view text) {
    return r.people[shift_at(r, at(text)).person].name;
}

TEST(Rotation, hands_over_at_the_same_hour_of_the_zone_when_its_clocks_change) {
    const Rotation r = rotation();
    EXPECT_EQ(name_at(r, "2026-03-02T14:00:00Z"), "Ann");
    EXPECT_EQ(name_at(r, "2026-03-09T12:59:59Z"), "Ann");  // 08:59:59 in summer time
    EXPECT_EQ(name_at(r, "2026-03-09T13:00:00Z"), "Bea");
    const Shift shift = shift_at(r, at("2026-03-04T00:00:00Z"));
    EXPECT_EQ(shift.from, at("2026-03-02T14:00:00Z"));
    EXPECT_EQ(shift.to, at("2026-03-09T13:00:00Z"));
    EXPECT_EQ(name_at(r, "2026-03-16T13:00:00Z"), "Chris");
    EXPECT_EQ(name_at(r, "2026-03-23T13:00:00Z"), "Ann");
}

TEST(Rotation, somebody_is_on_call_before_the_first_handover_too) {
    EXPECT_EQ(name_at(rotation(), "2026-03-02T13:59:59Z"), "Chris");
    EXPECT_EQ(name_at(rotation(), "2026-02-20T00:00:00Z"), "Bea");
}

TEST(Rotation, an_exception_replaces_who_is_in_turn_and_gives_back) {
    Rotation r = rotation();
    r.overrides = {{at("2026-03-03T00:00:00Z"), at("2026-03-04T00:00:00Z"), 2}};
    EXPECT_EQ(name_at(r, "2026-03-02T23:59:59Z"), "Ann");
    EXPECT_EQ(name_at(r, "2026-03-03T00:00:00Z"), "Chris");
    EXPECT_EQ(name_at(r, "2026-03-04T00:00:00Z"), "Ann");
    const auto shifts = shifts_from(r, at("2026-03-02T15:00:00Z"), 4);
    ASSERT_EQ(shifts.size(), 4U);
    EXPECT_EQ(shifts[0].to, at("2026-03-03T00:00:00Z"));
    EXPECT_TRUE(shifts[1].overridden);
    EXPECT_EQ(shifts[2].from, at("2026-03-04T00:00:00Z"));
    EXPECT_EQ(shifts[3].person, 1U);
}

TEST(Rotation, of_overlapping_exceptions_the_later_in_the_list_holds) {
    Rotation r = rotation();
    r.overrides = {{at("2026-03-03T00:00:00Z"), at("2026-03-06T00:00:00Z"), 1},
                   {at("2026-03-04T00:00:00Z"), at("2026-03-05T00:00:00Z"), 2}};
    EXPECT_EQ(name_at(r, "2026-03-03T12:00:00Z"), "Bea");
    EXPECT_EQ(name_at(r, "2026-03-04T12:00:00Z"), "Chris");
    EXPECT_EQ(name_at(r, "2026-03-05T12:00:00Z"), "Bea");
    EXPECT_EQ(shift_at(r, at("2026-03-03T12:00:00Z")).to, at("2026-03-04T00:00:00Z"));
    EXPECT_EQ(shift_at(r, at("2026-03-05T12:00:00Z")).from, at("2026-03-05T00:00:00Z"));
}

TEST(Rotation, names_everybody_of_a_span_once) {
    const Rotation r = rotation();
    EXPECT_EQ(people_between(r, at("2026-03-09T12:00:00Z"), at("2026-03-09T14:00:00Z")),
              (std::vector<std::size_t>{0, 1}));
    EXPECT_EQ(people_between(r, at("2026-03-01T00:00:00Z"), at("2027-03-01T00:00:00Z")).size(), 3U);
}

TEST(Rotation, an_hour_that_the_clocks_skip_is_the_moment_of_the_change) {
    EXPECT_EQ(instant_of_local(at("2026-03-08T02:30:00Z"), "America/Toronto"),
              at("2026-03-08T07:00:00Z"));
    EXPECT_EQ(instant_of_local(at("2026-11-01T01:30:00Z"), "America/Toronto"),
              at("2026-11-01T05:30:00Z"));  // the first of two
    EXPECT_EQ(instant_of_local(at("2026-03-08T02:30:00Z"), "No/Where"), at("2026-03-08T02:30:00Z"));
}

// Whatever the zone does, shifts follow each other without a gap and hold the time asked for.
TEST(Rotation, shifts_of_years_have_no_gap_in_any_zone) {
    for (const char* zone : {"America/Toronto", "Europe/Berlin", "Australia/Lord_Howe",
                             "Pacific/Apia", "Africa/Casablanca", "Etc/UTC"}) {
        Rotation r = rotation();
        r.time_zone = zone;
        r.first = at("2010-01-01T02:30:00Z");
        r.days = 1;
        Timestamp t = at("2011-12-20T00:00:00Z");
        for (int i = 0; i < 800; ++i) {
            const Shift shift = shift_at(r, t);
            ASSERT_LE(shift.from, t) << zone;
            ASSERT_GT(shift.to, t) << zone;
            ASSERT_EQ(shift_at(r, shift.to).from, shift.to) << zone;
            t = shift.to;
        }
    }
}

}  // namespace
}  // namespace candor::notify
