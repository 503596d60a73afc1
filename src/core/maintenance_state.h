// One maintenance window as the journal's facts add up to it.
//
// Plain value, built only by core::apply; part of core::State. What it does to the light is told by
// core/windows.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/maintenance.h"
#include "model/sealed_text.h"
#include "model/status.h"

namespace candor::core {

struct MaintenanceUpdate {
    UpdateId id;
    Timestamp at;
    Origin origin = Origin::kMachine;
    MaintenancePhase phase = MaintenancePhase::kScheduled;
    std::string text;
    SealedText sealed_text;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("at", self.at);
        visit("origin", self.origin);
        visit("phase", self.phase);
        visit("text", self.text);
        visit("sealed_text", self.sealed_text);
    }
};

struct MaintenanceState {
    MaintenanceId id;
    Origin origin = Origin::kMachine;
    std::string name;
    SealedText sealed_name;
    std::string description;
    std::vector<MaintenanceComponent> components;
    std::vector<std::string> expects;
    Timestamp start;
    Timestamp end;
    Timestamp announced;
    Timestamp uncounted_from;
    Timestamp uncounted_to;
    std::int64_t sequence = 0;
    bool moved_by_hand = false;
    bool counted_again = false;  // its uncounted part is over
    MaintenancePhase phase = MaintenancePhase::kScheduled;
    Timestamp changed;  // batch time of the newest change
    Timestamp started;  // zero: not yet
    Timestamp ended;    // zero: not yet; of a cancelled one, when it was
    // Who cancelled it: one that the configuration took out may return with it.
    Origin cancelled_by = Origin::kMachine;
    std::vector<ComponentId> uncovered;
    std::vector<MaintenanceUpdate> updates;  // oldest first

    bool is_open() const { return phase <= MaintenancePhase::kInProgress; }

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("origin", self.origin);
        visit("name", self.name);
        visit("sealed_name", self.sealed_name);
        visit("description", self.description);
        visit("components", self.components);
        visit("expects", self.expects);
        visit("start", self.start);
        visit("end", self.end);
        visit("announced", self.announced);
        visit("uncounted_from", self.uncounted_from);
        visit("uncounted_to", self.uncounted_to);
        visit("sequence", self.sequence);
        visit("moved_by_hand", self.moved_by_hand);
        visit("counted_again", self.counted_again);
        visit("phase", self.phase);
        visit("changed", self.changed);
        visit("started", self.started);
        visit("ended", self.ended);
        visit("cancelled_by", self.cancelled_by);
        visit("uncovered", self.uncovered);
        visit("updates", self.updates);
    }
};

}  // namespace candor::core
