// What may be asked of the running engine about subscribers; part of ports/operator.h.
//
// `replaces` and `record` name the sealed address that the notifier's file has for them; the engine
// erases it once the batch is durable.
#pragma once

#include <string>
#include <vector>

#include "model/ids.h"
#include "model/sealed_text.h"
#include "model/status.h"

namespace candor::command {

struct SetSubscriber {
    SubscriberId subscriber;
    std::vector<ComponentId> components;  // empty: all
    IncidentImpact min_impact = IncidentImpact::kNone;
    std::string address;
    SealedText replaces;  // empty: they are new
};

struct RemoveSubscriber {
    SubscriberId subscriber;
    SealedText record;
};

}  // namespace candor::command
