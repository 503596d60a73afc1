// What the deliveries' file keeps of a subscriber besides the address: the choice, and by which
// commitment the journal calls the address.
//
// Stored as encoded bytes in Subscriber::filter. Plain value.
#pragma once

#include <string>

#include "model/ids.h"
#include "model/sealed_text.h"
#include "notify/audience.h"

namespace candor::notify {

// The subject of the mails that ask this subscriber to confirm.
inline std::string asking_subject(const SubscriberId& id) {
    return "asks:" + id.value;
}

struct SubscriberRecord {
    Filter filter;
    SealedText address;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("filter", self.filter);
        visit("address", self.address);
    }
};

}  // namespace candor::notify
