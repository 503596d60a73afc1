// The signed words in a subscriber's links: what a mail carries and only its reader can bring back.
//
// Nothing is stored before an address is confirmed: the request itself travels in the link. Pure;
// immutable, safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/ids.h"
#include "notify/audience.h"
#include "notify/word_signer.h"

namespace candor::notify {

// A choice names at most so many components; whoever wants more wants all.
inline constexpr std::size_t kChosenMax = 50;
inline constexpr Duration kConfirmWithin = days(2);
inline constexpr std::size_t kLinkBytesMax = 6 * 1024;

// Somebody asked that this address gets mail.
struct SubscribeClaim {
    std::string address;
    Filter filter;
    Timestamp expires;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("address", self.address);
        visit("filter", self.filter);
        visit("expires", self.expires);
    }
};

class SubscribeLinks final {
   public:
    // `key` is secret and belongs to this purpose alone.
    explicit SubscribeLinks(std::string key) : signer_(std::move(key)) {}

    // The same for an address however its letters are written.
    SubscriberId id_of(std::string_view address) const;

    std::string confirm_word(const SubscribeClaim& claim) const;
    // Nothing for what we did not sign, or what expired.
    std::optional<SubscribeClaim> confirmed(std::string_view word, Timestamp now) const;

    // Opens managing and leaving; works as long as the subscription.
    std::string subscriber_word(const SubscriberId& id) const;
    std::optional<SubscriberId> subscriber(std::string_view word) const;

   private:
    WordSigner signer_;
};

}  // namespace candor::notify
