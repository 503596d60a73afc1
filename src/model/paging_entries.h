// The journal's facts about telling people: what an operator did to it.
//
// Tags 50-59; tags and fields are frozen once released. Who is called is configuration; the calls
// themselves are deliveries.
#pragma once

#include <cstdint>
#include <string>

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

// Somebody else is on call in the rotation from `start` until before `end`.
struct ShiftOverridden {
    static constexpr std::uint8_t kTag = 51;
    ShiftOverrideId id;
    std::string rotation;  // of the configuration
    std::string person;    // opaque; the configuration that knows them knows their key
    Timestamp start;
    Timestamp end;
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("rotation", self.rotation);
        visit("person", self.person);
        visit("start", self.start);
        visit("end", self.end);
        visit("actor", self.actor);
    }
};

// Takes that back; one that has begun ends at the batch's time.
struct ShiftOverrideRemoved {
    static constexpr std::uint8_t kTag = 52;
    ShiftOverrideId id;
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("actor", self.actor);
    }
};

// A channel that got nothing more after repeated failure is tried again from here on.
struct ChannelSwitchedOn {
    static constexpr std::uint8_t kTag = 53;
    std::string channel;  // its id in the configuration
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("channel", self.channel);
        visit("actor", self.actor);
    }
};

}  // namespace candor::entry
