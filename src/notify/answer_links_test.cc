#include "notify/answer_links.h"

#include <gtest/gtest.h>

#include "notify/subscribe_links.h"

namespace candor::notify {
namespace {

constexpr Timestamp kNow{1'775'336'400'000};
const AnswerClaim kClaim{{"i7"}, "lead", kNow + kAnswerWithin};

TEST(AnswerLinks, a_claim_comes_back_as_it_went) {
    const AnswerLinks links("key");
    const auto claim = links.claimed(links.word(kClaim), kNow);
    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->incident, kClaim.incident);
    EXPECT_EQ(claim->channel, "lead");
    EXPECT_FALSE(AnswerLinks("another").claimed(links.word(kClaim), kNow));
    EXPECT_FALSE(links.claimed("", kNow));
    EXPECT_FALSE(links.claimed(std::string(kAnswerWordBytesMax + 1, 'A'), kNow));
}

TEST(AnswerLinks, a_claim_that_expired_is_none) {
    const AnswerLinks links("key");
    EXPECT_TRUE(links.claimed(links.word(kClaim), kClaim.expires));
    EXPECT_FALSE(links.claimed(links.word(kClaim), kClaim.expires + milliseconds(1)));
}

TEST(AnswerLinks, no_changed_byte_is_taken) {
    const AnswerLinks links("key");
    const std::string word = links.word(kClaim);
    for (std::size_t i = 0; i < word.size(); ++i) {
        std::string changed = word;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(links.claimed(changed, kNow)) << i;
    }
}

TEST(AnswerLinks, a_word_of_another_purpose_is_none) {
    const SubscribeLinks others("key");
    const std::string word = others.confirm_word({"kim@acme.example", {}, kNow + hours(1)});
    EXPECT_FALSE(AnswerLinks("key").claimed(word, kNow));
}

}  // namespace
}  // namespace candor::notify
