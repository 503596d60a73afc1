// The signed word in a call to whoever is on call: with it, and nothing else, they can answer.
//
// Good for one incident and a day; says through which channel it came, which becomes the actor.
// Pure; immutable, safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "model/ids.h"
#include "notify/word_signer.h"

namespace candor::notify {

inline constexpr Duration kAnswerWithin = hours(24);
inline constexpr std::size_t kAnswerWordBytesMax = 512;

struct AnswerClaim {
    IncidentId incident;
    std::string channel;  // its id
    Timestamp expires;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incident", self.incident);
        visit("channel", self.channel);
        visit("expires", self.expires);
    }
};

class AnswerLinks final {
   public:
    // `key` is secret and belongs to this purpose alone.
    explicit AnswerLinks(std::string key) : signer_(std::move(key)) {}

    std::string word(const AnswerClaim& claim) const;
    // Nothing for what we did not sign, or what expired.
    std::optional<AnswerClaim> claimed(std::string_view word, Timestamp now) const;

   private:
    WordSigner signer_;
};

}  // namespace candor::notify
