// Who wants which message: by component, by severity and by kind.
//
// One filter serves configured channels and subscribers. Pure.
#pragma once

#include <vector>

#include "notify/message.h"

namespace candor::notify {

struct Filter {
    bool incidents = true;
    bool overdue = false;                      // operators only: that a person owes words
    std::vector<ComponentId> components = {};  // empty: all
    IncidentImpact min_impact = IncidentImpact::kNone;

    friend bool operator==(const Filter&, const Filter&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("incidents", self.incidents);
        visit("overdue", self.overdue);
        visit("components", self.components);
        visit("min_impact", self.min_impact);
    }
};

bool wants(const Filter& filter, const Message& message);

}  // namespace candor::notify
