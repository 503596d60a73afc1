// The journal's facts about maintenance windows: planned, begun, told of, over, called off.
//
// Tags and fields are frozen once released. All times are absolute. What a person wrote is sealed
// (model/sealed_text.h); what the configuration or the machine says is plain.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/maintenance.h"
#include "model/sealed_text.h"
#include "model/status.h"

namespace candor::entry {

// The window is planned so from now on; the same id again moves or changes it.
struct MaintenanceSet {
    static constexpr std::uint8_t kTag = 30;
    MaintenanceId maintenance;
    Origin origin = Origin::kMachine;  // machine: by the configuration
    std::string name;                  // empty when sealed_name is set
    SealedText sealed_name;
    std::string description;  // of the configuration; may be empty
    std::vector<MaintenanceComponent> components;
    std::vector<std::string> expects;
    Timestamp start;
    Timestamp end;
    Timestamp announced;  // batch time of the first fact that told of it
    // What of it was announced early enough to leave the uptime; empty when `to` <= `from`.
    Timestamp uncounted_from;
    Timestamp uncounted_to;
    std::int64_t sequence = 0;  // rises with each change, as iCalendar wants it
    // A person moved it: its times no longer follow the configuration.
    bool moved_by_hand = false;
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("maintenance", self.maintenance);
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
        visit("actor", self.actor);
    }
};

struct MaintenanceStarted {
    static constexpr std::uint8_t kTag = 31;
    MaintenanceId maintenance;
    Timestamp effective;  // its planned start, also when it is noticed late
    // Components that were in trouble already: the window changes nothing for them (rule 1).
    std::vector<ComponentId> uncovered;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("maintenance", self.maintenance);
        visit("effective", self.effective);
        visit("uncovered", self.uncovered);
    }
};

// The component recovered inside the window, which covers it from now on.
struct MaintenanceCovered {
    static constexpr std::uint8_t kTag = 32;
    MaintenanceId maintenance;
    ComponentId component;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("maintenance", self.maintenance);
        visit("component", self.component);
    }
};

struct MaintenancePosted {
    static constexpr std::uint8_t kTag = 33;
    MaintenanceId maintenance;
    UpdateId update;
    Origin origin = Origin::kMachine;
    MaintenancePhase phase = MaintenancePhase::kScheduled;
    std::string text;        // machine; empty when sealed_text is set
    SealedText sealed_text;  // human
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("maintenance", self.maintenance);
        visit("update", self.update);
        visit("origin", self.origin);
        visit("phase", self.phase);
        visit("text", self.text);
        visit("sealed_text", self.sealed_text);
        visit("actor", self.actor);
    }
};

// Over at its planned end, or before it when a person or the configuration says so.
struct MaintenanceEnded {
    static constexpr std::uint8_t kTag = 34;
    MaintenanceId maintenance;
    Timestamp effective;
    ActorId actor;  // empty: by its time or the configuration

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("maintenance", self.maintenance);
        visit("effective", self.effective);
        visit("actor", self.actor);
    }
};

// The part that was announced early enough is over while the window goes on: what follows counts.
struct MaintenanceCountedAgain {
    static constexpr std::uint8_t kTag = 36;
    MaintenanceId maintenance;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("maintenance", self.maintenance);
    }
};

// It never began and will not.
struct MaintenanceCancelled {
    static constexpr std::uint8_t kTag = 35;
    MaintenanceId maintenance;
    Origin origin = Origin::kMachine;  // machine: removed from the configuration
    std::int64_t sequence = 0;
    ActorId actor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("maintenance", self.maintenance);
        visit("origin", self.origin);
        visit("sequence", self.sequence);
        visit("actor", self.actor);
    }
};

}  // namespace candor::entry
