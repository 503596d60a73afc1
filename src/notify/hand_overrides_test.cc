#include "notify/hand_overrides.h"

#include <gtest/gtest.h>

namespace candor::notify {
namespace {

constexpr Timestamp kNow{1'775'336'400'000};  // 2026-04-04T21:00:00Z

class HandOverrides : public testing::Test {
   protected:
    HandOverrides() {
        Rotation& rotation = on_call_.rotations.emplace_back();
        rotation.id = "primary";
        rotation.time_zone = "Etc/UTC";
        rotation.first = kNow - hours(1);
        rotation.people = {
            {"Ann", {"ann"}, "k-ann"}, {"Bea", {"bea"}, "k-bea"}, {"Cem", {"cem"}, "k-cem"}};
    }
    std::string on_call_at(Timestamp at) const {
        const OnCall all = with_hand_overrides(on_call_, by_hand_);
        const Rotation& rotation = all.rotations[0];
        return rotation.people[shift_at(rotation, at).person].name;
    }

    OnCall on_call_;
    std::vector<HandOverride> by_hand_;
};

TEST_F(HandOverrides, the_stand_in_is_on_call_just_then) {
    by_hand_ = {{"primary", "k-bea", kNow, kNow + hours(2)}};
    EXPECT_EQ(on_call_at(kNow - milliseconds(1)), "Ann");
    EXPECT_EQ(on_call_at(kNow), "Bea");
    EXPECT_EQ(on_call_at(kNow + hours(2)), "Ann");
}

TEST_F(HandOverrides, of_two_the_newer_one_holds_and_hands_outrank_the_configuration) {
    on_call_.rotations[0].overrides = {{kNow, kNow + hours(9), 2}};
    EXPECT_EQ(on_call_at(kNow), "Cem");
    by_hand_ = {{"primary", "k-bea", kNow, kNow + hours(3)},
                {"primary", "k-ann", kNow + hours(1), kNow + hours(2)}};
    EXPECT_EQ(on_call_at(kNow), "Bea");
    EXPECT_EQ(on_call_at(kNow + hours(1)), "Ann");
    EXPECT_EQ(on_call_at(kNow + hours(2)), "Bea");
    EXPECT_EQ(on_call_at(kNow + hours(3)), "Cem");
}

TEST_F(HandOverrides, whom_the_configuration_no_longer_has_changes_nothing) {
    by_hand_ = {{"primary", "k-bea", kNow, kNow + hours(2)},
                {"primary", "k-gone", kNow, kNow + hours(2)},
                {"secondary", "k-ann", kNow, kNow + hours(2)},
                {"primary", "", kNow, kNow + hours(2)}};
    EXPECT_EQ(on_call_at(kNow), "Bea");
}

}  // namespace
}  // namespace candor::notify
