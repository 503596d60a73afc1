// What a person says of one component: declared worse, or withdrawn by `operational`.
//
// Never better than its signals: core/light.h takes the worse of both (rule 1).
#pragma once

#include "model/ids.h"
#include "model/status.h"

namespace candor {

struct ComponentChange {
    ComponentId component;
    ComponentStatus status = ComponentStatus::kOperational;

    friend bool operator==(const ComponentChange&, const ComponentChange&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("component", self.component);
        visit("status", self.status);
    }
};

}  // namespace candor
