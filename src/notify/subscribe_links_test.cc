#include "notify/subscribe_links.h"

#include <gtest/gtest.h>

namespace candor::notify {
namespace {

const SubscribeLinks kLinks("a key of our own");
const SubscribeLinks kOthers("another key");
constexpr Timestamp kNow{1'775'336'400'000};

SubscribeClaim claim() {
    SubscribeClaim out;
    out.address = "kim@acme.example";
    out.filter.components = {{"directory"}, {"calls"}};
    out.filter.min_impact = IncidentImpact::kMajor;
    out.expires = kNow + kConfirmWithin;
    return out;
}

TEST(SubscribeLinks, a_claim_comes_back_as_it_went) {
    const auto back = kLinks.confirmed(kLinks.confirm_word(claim()), kNow);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->address, "kim@acme.example");
    EXPECT_EQ(back->filter, claim().filter);
}

TEST(SubscribeLinks, a_claim_that_expired_is_none) {
    EXPECT_TRUE(kLinks.confirmed(kLinks.confirm_word(claim()), claim().expires));
    EXPECT_FALSE(kLinks.confirmed(kLinks.confirm_word(claim()), claim().expires + milliseconds(1)));
}

TEST(SubscribeLinks, no_changed_byte_is_taken) {
    const std::string word = kLinks.confirm_word(claim());
    const std::string mine = kLinks.subscriber_word(kLinks.id_of("kim@acme.example"));
    for (std::size_t i = 0; i < word.size(); ++i) {
        std::string changed = word;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(kLinks.confirmed(changed, kNow)) << i;
    }
    for (std::size_t i = 0; i < mine.size(); ++i) {
        std::string changed = mine;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(kLinks.subscriber(changed)) << i;
    }
    EXPECT_FALSE(kOthers.confirmed(word, kNow));
    EXPECT_FALSE(kOthers.subscriber(mine));
    EXPECT_FALSE(kLinks.confirmed(std::string(kLinkBytesMax + 1, 'A'), kNow));
    EXPECT_FALSE(kLinks.subscriber(""));
    EXPECT_FALSE(kLinks.confirmed(mine, kNow));
    EXPECT_FALSE(kLinks.subscriber(word));
}

TEST(SubscribeLinks, an_address_has_one_id_however_it_is_written) {
    EXPECT_EQ(kLinks.id_of("Kim@Acme.Example"), kLinks.id_of("kim@acme.example"));
    EXPECT_NE(kLinks.id_of("kim@acme.example"), kLinks.id_of("tim@acme.example"));
    EXPECT_NE(kLinks.id_of("kim@acme.example"), kOthers.id_of("kim@acme.example"));
    EXPECT_EQ(kLinks.id_of("kim@acme.example").value.size(), 22U);
}

TEST(SubscribeLinks, the_largest_choice_fits_the_link) {
    SubscribeClaim large = claim();
    large.address = std::string(64, 'a') + "@" + std::string(185, 'b') + ".com";
    large.filter.components.clear();
    for (std::size_t i = 0; i < kChosenMax; ++i) {
        large.filter.components.push_back({std::string(62, 'c') + std::to_string(10 + i)});
    }
    const std::string word = kLinks.confirm_word(large);
    EXPECT_LE(word.size(), kLinkBytesMax);
    EXPECT_TRUE(kLinks.confirmed(word, kNow));
}

}  // namespace
}  // namespace candor::notify
