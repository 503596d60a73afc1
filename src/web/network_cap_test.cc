#include "web/network_cap.h"

#include <gtest/gtest.h>

namespace candor::web {
namespace {

constexpr Network kHome{0, 10, 0, 0};
constexpr Network kElsewhere{0, 10, 0, 1};

class NetworkCapTest : public ::testing::Test {
   protected:
    NetworkCap::Holder holder(std::uint32_t slot) const {
        return {.worker = worker_, .ticket = {.slot = slot, .generation = 1, .serial = 0}};
    }
    // What entering did: "in", "no", or "in for N".
    std::string enter(std::uint32_t slot, const Network& network = kHome) {
        const NetworkCap::Entrance entrance = cap_.enter(network, holder(slot));
        if (!entrance.entered) return "no";
        if (!entrance.evicted) return "in";
        return "in for " + std::to_string(entrance.evicted->ticket.slot);
    }

    std::shared_ptr<Mailbox> worker_ = std::make_shared<Mailbox>();
    NetworkCap cap_{3};
};

TEST_F(NetworkCapTest, at_the_cap_the_longest_idle_gives_way) {
    for (const std::uint32_t slot : {1U, 2U, 3U}) EXPECT_EQ(enter(slot), "in");
    cap_.set_idle(kHome, holder(1), true);
    EXPECT_EQ(enter(4), "in for 2");
    EXPECT_EQ(enter(5), "in for 3");
    EXPECT_EQ(enter(6), "in for 1");
}

TEST_F(NetworkCapTest, who_is_busy_keeps_its_place) {
    for (const std::uint32_t slot : {1U, 2U, 3U}) {
        enter(slot);
        cap_.set_idle(kHome, holder(slot), slot == 2);
    }
    EXPECT_EQ(enter(4), "in for 2");
    cap_.set_idle(kHome, holder(4), false);
    EXPECT_EQ(enter(5), "no");
    cap_.set_idle(kHome, holder(1), true);
    EXPECT_EQ(enter(5), "in for 1");
}

TEST_F(NetworkCapTest, a_place_that_was_lost_is_not_left_again) {
    for (const std::uint32_t slot : {1U, 2U, 3U, 4U}) enter(slot);
    for (const std::uint32_t slot : {2U, 3U, 4U}) cap_.set_idle(kHome, holder(slot), false);
    cap_.set_idle(kHome, holder(1), true);
    cap_.leave(kHome, holder(1));
    EXPECT_EQ(enter(5), "no");
    cap_.leave(kHome, holder(3));
    EXPECT_EQ(enter(5), "in");
}

TEST_F(NetworkCapTest, networks_do_not_share) {
    for (const std::uint32_t slot : {1U, 2U, 3U}) enter(slot);
    EXPECT_EQ(enter(9, kElsewhere), "in");
}

}  // namespace
}  // namespace candor::web
