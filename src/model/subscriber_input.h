// What becomes of subscribers: part of the closed variant of model/input.h.
//
// Only proven requests come here: the link that carried them was signed by us (notify), or an
// operator asked. Addresses stand behind commitments.
#pragma once

#include <vector>

#include "model/ids.h"
#include "model/sealed_text.h"
#include "model/status.h"

namespace candor::input {

struct SubscriberConfirmed {
    SubscriberId subscriber;
    std::vector<ComponentId> components;  // empty: all
    IncidentImpact min_impact = IncidentImpact::kNone;
    SealedText record;
    SealedText replaces;  // empty: they are new
};

struct SubscriberLeft {
    SubscriberId subscriber;
    SealedText record;
    ActorId actor;  // empty: by their own link
};

}  // namespace candor::input
