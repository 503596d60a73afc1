#include "view/banner.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <tuple>

#include "view/statuspage.h"

namespace candor::view {
namespace {

// Components that one clause speaks of.
struct Named {
    std::string_view first;
    std::string_view second;
    std::size_t count = 0;

    void add(const ComponentView& component) {
        if (count == 0) first = component.name;
        if (count == 1) second = component.name;
        ++count;
    }
    // "Directory", "Directory and Sign-in", "Directory and 2 more".
    std::string names() const {
        std::string out(first);
        if (count == 2) out += " and " + std::string(second);
        if (count > 2) out += " and " + std::to_string(count - 1) + " more";
        return out;
    }
    std::string are(std::string_view what) const {
        return names() + (count == 1 ? " is " : " are ") + std::string(what) + ".";
    }
};

enum class Kind : std::uint8_t {
    kDown,
    kPartlyDown,
    kDegraded,
    kRecovering,
    kSilent,
    kMonitoringChanged,
    kBlind,
    kStoreFailed,
    kNotYet,
    kMaintenance,
    kDrill,
    kWorking,
};
constexpr std::size_t kKinds = static_cast<std::size_t>(Kind::kWorking) + 1;

Kind unknown_kind(StatusCause cause) {
    switch (cause) {
        case StatusCause::kSilent: return Kind::kSilent;
        case StatusCause::kMonitoringChanged: return Kind::kMonitoringChanged;
        case StatusCause::kBlind: return Kind::kBlind;
        case StatusCause::kStoreFailed: return Kind::kStoreFailed;
        default: return Kind::kNotYet;
    }
}

Kind kind_of(const ComponentView& c) {
    if (c.drilled) return Kind::kDrill;
    switch (c.status) {
        case ComponentStatus::kOperational: return Kind::kWorking;
        case ComponentStatus::kUnderMaintenance: return Kind::kMaintenance;
        case ComponentStatus::kUnknown: return unknown_kind(c.cause);
        default: break;
    }
    if (c.cause == StatusCause::kHeld) return Kind::kRecovering;
    if (c.status == ComponentStatus::kDegradedPerformance) return Kind::kDegraded;
    return c.status == ComponentStatus::kPartialOutage ? Kind::kPartlyDown : Kind::kDown;
}

std::string clause(Kind kind, const Named& who) {
    switch (kind) {
        case Kind::kDown: return who.are("down");
        case Kind::kPartlyDown: return who.are("partly down");
        case Kind::kDegraded: return who.are("working, but not well");
        case Kind::kRecovering: return who.are("recovering");
        case Kind::kSilent:
            return who.names() + (who.count == 1 ? " has" : " have") + " stopped reporting.";
        case Kind::kMonitoringChanged:
            return "The way we watch " + who.names() + " was changed; not measured.";
        case Kind::kBlind:
            return "We cannot see whether " + who.names() +
                   (who.count == 1 ? " is working." : " are working.");
        case Kind::kStoreFailed: return "We cannot record how " + who.are("doing");
        case Kind::kNotYet: return who.are("not measured yet");
        case Kind::kMaintenance: return who.are("under maintenance");
        case Kind::kDrill: return "A drill is running on " + who.names() + ": a rehearsal.";
        case Kind::kWorking: return who.are("working");
    }
    return "";
}

std::string clause_for_all(Kind kind) {
    switch (kind) {
        case Kind::kDown: return "Everything is down.";
        case Kind::kPartlyDown: return "Everything is partly down.";
        case Kind::kDegraded: return "Everything is working, but not well.";
        case Kind::kRecovering: return "Everything is recovering.";
        case Kind::kSilent: return "Everything has stopped reporting.";
        case Kind::kMonitoringChanged:
            return "The way we watch everything was changed; nothing is measured.";
        case Kind::kBlind: return "We cannot see whether everything is working.";
        case Kind::kStoreFailed: return "We cannot record how anything is doing.";
        case Kind::kNotYet: return "Nothing has been measured yet.";
        case Kind::kMaintenance: return "Everything is under maintenance.";
        case Kind::kDrill: return "A drill is running on everything: a rehearsal.";
        case Kind::kWorking: return "Everything is working.";
    }
    return "";
}

using Counts = std::array<Named, kKinds>;

// How trouble came to be known, and what is being done.
Sentence noticed(const IncidentView& incident) {
    Sentence out;
    if (incident.drill) return out.say("Declared by a person as a rehearsal.");
    if (!incident.recovery.empty()) return incident.recovery;
    if (incident.origin == Origin::kHuman) {
        return out.say("Reported by a person at ").at(incident.opened).say(".");
    }
    return out.say("We noticed by ourselves at ").at(incident.opened).say(" and are on it.");
}

// The incident that the headline speaks of: no drill beside real trouble, the worst one, and of
// equals the one known longest.
const IncidentView& worst_of(const std::vector<IncidentView>& open) {
    const auto key = [](const IncidentView& i) {
        return std::tuple(!i.drill, static_cast<int>(i.impact), -i.opened.ms);
    };
    return *std::ranges::max_element(open, {}, key);
}

// One that has not recovered, if there is any: "works again" must be true of all.
const IncidentView& least_recovered(const std::vector<IncidentView>& open) {
    const auto found = std::ranges::find_if(open, [](const IncidentView& i) {
        return i.recovery.empty() && i.phase != IncidentPhase::kMonitoring;
    });
    return found == open.end() ? open.front() : *found;
}

Sentence last_incident(const std::vector<IncidentView>& recent) {
    const auto last = std::ranges::find_if(
        recent, [](const IncidentView& i) { return !i.retracted && !i.drill; });
    if (last == recent.end()) return Sentence{}.say("No incident on record.");
    std::string words = "Last incident: " + format_long_date(last->started);
    words += last->explained ? ", explained." : ", not yet explained by a person.";
    return Sentence{}.say(words);
}

// Until when planned work goes on, by the window that lasts longest.
Sentence work_ends(const std::vector<MaintenanceView>& maintenances) {
    if (maintenances.empty()) return {};
    Timestamp end;
    for (const MaintenanceView& m : maintenances) end = std::max(end, m.end);
    return Sentence{}.say("This is planned work and ends at ").at(end).say(".");
}

// Everything operational, yet an incident is open: the record is never hidden behind green.
void speak_of_open(Banner& banner, const IncidentView& incident) {
    if (!incident.recovery.empty() || incident.phase == IncidentPhase::kMonitoring) {
        banner.headline = "Everything works again; we are watching.";
        banner.detail = incident.recovery;
        return;
    }
    banner.headline = "No check fails, but an incident is open.";
    banner.detail.say(incident.title + ". ").append(noticed(incident));
}

void speak_of_components(Banner& banner, const Counts& counts, std::size_t total) {
    bool first = true;
    for (std::size_t i = 0; i < kKinds; ++i) {
        const Named& who = counts[i];
        const Kind kind = static_cast<Kind>(i);
        if (who.count == 0) continue;
        if (first) {
            const bool all = who.count == total && (total > 1 || kind == Kind::kWorking);
            banner.headline = all ? clause_for_all(kind) : clause(kind, who);
            first = false;
        } else {
            if (!banner.detail.empty()) banner.detail.say(" ");
            banner.detail.say(kind == Kind::kWorking ? "Everything else is working."
                                                     : clause(kind, who));
        }
    }
}

}  // namespace

Banner build_banner(const std::vector<ComponentView>& components,
                    const std::vector<IncidentView>& open, const std::vector<IncidentView>& recent,
                    const std::vector<MaintenanceView>& maintenances, Timestamp as_of) {
    Banner banner;
    const StatuspageRollup rollup = statuspage_rollup(components, open, as_of);
    banner.indicator = rollup.indicator;
    banner.description = rollup.description;
    Counts counts;
    for (const ComponentView& component : components) {
        banner.worst = worse_of(banner.worst, component.status);
        counts[static_cast<std::size_t>(kind_of(component))].add(component);
    }
    const bool all_operational = banner.worst == ComponentStatus::kOperational;
    banner.all_good = all_operational && open.empty() && !components.empty();
    if (all_operational && !open.empty()) {
        speak_of_open(banner, least_recovered(open));
        return banner;
    }
    if (components.empty()) {
        banner.headline = "Nothing is watched yet.";
        banner.detail.say("No component has been set up.");
        return banner;
    }
    speak_of_components(banner, counts, components.size());
    const Sentence tail = banner.all_good ? last_incident(recent)
                          : open.empty()  ? work_ends(maintenances)
                                          : noticed(worst_of(open));
    if (!tail.empty() && !banner.detail.empty()) banner.detail.say(" ");
    banner.detail.append(tail);
    return banner;
}

}  // namespace candor::view
