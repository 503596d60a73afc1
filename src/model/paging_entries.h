// The journal's facts about calling people: what an operator did to it.
//
// Tags 50-59; tags and fields are frozen once released. Who is called is configuration; the calls
// themselves are deliveries.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "model/ids.h"

namespace candor::entry {

// Nobody is called before `until`; zero: the mute was ended.
struct PagingMuted {
    static constexpr std::uint8_t kTag = 50;
    Timestamp until;
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("until", self.until);
        visit("actor", self.actor);
    }
};

}  // namespace candor::entry
