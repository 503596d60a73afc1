#include "core/shift_overrides.h"

#include <gtest/gtest.h>

#include "core/state.h"
#include "tests/world/decisions.h"

namespace candor::core {
namespace {

using world::Decisions;

const ActorId kAnn{"ann"};

input::ShiftOverrideRequested wanted(const Decisions& d, Duration from, Duration to) {
    return {"primary", "bea", d.now + from, d.now + to, kAnn};
}

std::string refusal(Decisions& d, InputKind what) {
    const auto decided = d.decide(std::move(what));
    return decided ? "accepted" : decided.error().message;
}

const std::vector<ShiftOverrideState>& overrides(const Decisions& d) {
    return d.state.paging.overrides;
}

TEST(ShiftOverrides, somebody_else_is_on_call_for_a_while_and_it_is_known_by_whom) {
    Decisions d({"shop"});
    d.must(wanted(d, hours(1), hours(9)));
    ASSERT_EQ(overrides(d).size(), 1U);
    const ShiftOverrideState& one = overrides(d)[0];
    EXPECT_EQ(one.id.value.size(), 12U);
    EXPECT_EQ(one.rotation, "primary");
    EXPECT_EQ(one.person, "bea");
    EXPECT_EQ(one.start, d.now + hours(1));
    EXPECT_EQ(one.end, d.now + hours(9));
    EXPECT_EQ(one.actor, kAnn);
}

TEST(ShiftOverrides, without_a_start_or_with_one_just_past_it_begins_now) {
    Decisions d({"shop"});
    d.must(input::ShiftOverrideRequested{"primary", "bea", {}, d.now + hours(1), kAnn});
    EXPECT_EQ(overrides(d)[0].start, d.now);
    d.must(wanted(d, Duration{} - kShiftOverrideLate, hours(1)));
    EXPECT_EQ(overrides(d)[1].start, d.now);
}

TEST(ShiftOverrides, times_that_cannot_be_are_refused_with_their_place) {
    Decisions d({"shop"});
    const auto says = [&](Duration from, Duration to, const char* words) {
        EXPECT_NE(refusal(d, wanted(d, from, to)).find(words), std::string::npos)
            << refusal(d, wanted(d, from, to));
    };
    const Duration tick = milliseconds(1);
    says(Duration{} - kShiftOverrideLate - tick, hours(1), "#/start: lies in the past");
    says(hours(2), hours(1), "#/end: is before the start");
    says(Duration{} - minutes(2), Duration{} - minutes(1), "#/end: lies in the past");
    says(hours(1), hours(1) + kShiftOverrideMin - tick, "less than a minute");
    says(hours(1), hours(1) + kShiftOverrideLengthMax + tick, "90 days at most");
    says(kShiftOverrideAheadMax + tick, kShiftOverrideAheadMax + hours(1), "a year away");
    EXPECT_TRUE(overrides(d).empty());
    EXPECT_EQ(refusal(d, wanted(d, hours(1), hours(1) + kShiftOverrideMin)), "accepted");
    EXPECT_EQ(refusal(d, wanted(d, kShiftOverrideAheadMax,
                                kShiftOverrideAheadMax + kShiftOverrideLengthMax)),
              "accepted");
}

TEST(ShiftOverrides, one_that_has_not_begun_goes_and_one_that_has_ends_now) {
    Decisions d({"shop"});
    d.must(wanted(d, hours(1), hours(2)));
    d.must(input::ShiftOverrideRemoveRequested{overrides(d)[0].id, kAnn});
    EXPECT_TRUE(overrides(d).empty());
    d.must(wanted(d, Duration{}, hours(2)));
    const ShiftOverrideId id = overrides(d)[0].id;
    d.pass(hours(1));
    d.must(input::ShiftOverrideRemoveRequested{id, kAnn});
    ASSERT_EQ(overrides(d).size(), 1U) << "who was on call is still to hear the end";
    EXPECT_EQ(overrides(d)[0].end, d.now);
    EXPECT_NE(refusal(d, input::ShiftOverrideRemoveRequested{id, kAnn}).find("no stand-in"),
              std::string::npos);
    EXPECT_NE(refusal(d, input::ShiftOverrideRemoveRequested{ShiftOverrideId{"x"}, kAnn})
                  .find("no stand-in"),
              std::string::npos);
}

TEST(ShiftOverrides, there_are_so_many_at_most_and_what_is_over_makes_room) {
    Decisions d({"shop"});
    for (std::size_t i = 0; i < kShiftOverridesMax; ++i) d.must(wanted(d, Duration{}, hours(1)));
    EXPECT_NE(refusal(d, wanted(d, hours(1), hours(2))).find("which is the most"),
              std::string::npos);
    for (std::size_t round = 0; round < kShiftOverridesKept / kShiftOverridesMax; ++round) {
        d.pass(hours(1));
        for (std::size_t i = 0; i < kShiftOverridesMax; ++i) {
            d.must(wanted(d, Duration{}, hours(1)));
        }
    }
    EXPECT_EQ(overrides(d).size(), kShiftOverridesKept);
    EXPECT_EQ(overrides(d).back().end, d.now + hours(1));
}

}  // namespace
}  // namespace candor::core
