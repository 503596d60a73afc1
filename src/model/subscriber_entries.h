// The journal's facts about who asked to be told, without who they are.
//
// Tags 60-69; tags and fields are frozen once released. The address stands behind `record`, a
// sealed text of the batch, so that it can be erased. These change nothing that readers see: the
// notifier keeps the list of them, in its own file, by following the journal.
#pragma once

#include <cstdint>
#include <vector>

#include "model/ids.h"
#include "model/sealed_text.h"
#include "model/status.h"

namespace candor::entry {

// An address was confirmed, or chose anew: the whole choice from here on.
struct SubscriberSet {
    static constexpr std::uint8_t kTag = 60;
    SubscriberId subscriber;
    std::vector<ComponentId> components;  // empty: all
    IncidentImpact min_impact = IncidentImpact::kNone;
    SealedText record;
    SealedText replaces;  // the record before; erased

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("subscriber", self.subscriber);
        visit("components", self.components);
        visit("min_impact", self.min_impact);
        visit("record", self.record);
        visit("replaces", self.replaces);
    }
};

struct SubscriberRemoved {
    static constexpr std::uint8_t kTag = 61;
    SubscriberId subscriber;
    SealedText record;  // erased
    ActorId actor;      // empty: by their own link

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("subscriber", self.subscriber);
        visit("record", self.record);
        visit("actor", self.actor);
    }
};

}  // namespace candor::entry
