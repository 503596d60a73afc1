// What strangers may see, as plain values: the only thing that pages, feeds and JSON render from.
//
// Customer names, hosts, URLs of targets and private incidents are not members, so no renderer can
// leak them (rule 13). Built from one position and one as-of time (rule 2): a banner cannot
// contradict a component, because both are computed here from the same State.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "core/uptime.h"
#include "model/clocks.h"
#include "model/ids.h"
#include "model/incident.h"
#include "model/maintenance.h"
#include "model/status.h"
#include "model/status_cause.h"
#include "model/topology.h"
#include "view/sentence.h"

namespace candor::view {

struct PageFacts {
    std::string id;  // 12 characters [a-z0-9], stable for the instance
    std::string name;
    std::string url;
    std::string time_zone;
    std::string support_url;
    Timestamp created;
    bool subscribable = false;  // mails can be had at /subscribe
};

struct Banner {
    Indicator indicator = Indicator::kNone;
    ComponentStatus worst = ComponentStatus::kOperational;
    std::string headline;     // one honest sentence: "Directory is down."
    Sentence detail;          // "Everything else is working. We noticed by ourselves at …"
    std::string description;  // Statuspage's label: "Partial System Outage"
    // Every component is measured and operational, and no incident is open. Green exactly then.
    bool all_good = false;
};

// One bar: a day (or an hour in the 24 h view). Bars that are wholly operational, or wholly not
// measured, stand together as one value: most of the page is such.
struct Bar {
    Timestamp start;
    core::Tally tally;
    std::optional<ComponentStatus> worst;  // nothing: not measured
    std::size_t count = 1;

    friend bool operator==(const Bar&, const Bar&) = default;
};

// A share of less measured time than this would say more than is known: an outage in the first
// seconds would read "0.000 %".
inline constexpr Duration kMeasuredForUptime = minutes(10);

struct ComponentView {
    ComponentId id;
    std::string name;
    std::string description;
    ComponentStatus status = ComponentStatus::kUnknown;
    // What Statuspage's clients are told: never unknown (rule 5).
    ComponentStatus statuspage_status = ComponentStatus::kOperational;
    StatusCause cause = StatusCause::kSignals;
    Sentence sentence;  // "Not measured since 21:03:12 UTC." or empty
    Timestamp since;    // by the evidence
    Timestamp changed;
    Timestamp created;
    std::int64_t position = 0;  // display order
    std::vector<Bar> bars;      // oldest first, 90 days
    // Over the bars; nothing while less than kMeasuredForUptime was measured.
    std::optional<std::int64_t> uptime_ppm;
    core::Tally total;                  // over the bars
    std::vector<IncidentId> incidents;  // open ones that name it
    bool drilled = false;               // only a rehearsal makes it look like this
};

struct GroupView {
    GroupId id;  // empty for components without a group
    std::string name;
    std::string path;  // "Identity - Europe": with the groups around it; equals name at the top
    ComponentStatus status = ComponentStatus::kUnknown;  // worst of everything inside
    ComponentStatus statuspage_status = ComponentStatus::kOperational;
    std::int64_t position = 0;
    std::vector<std::size_t> components;  // indexes into PublicView::components, display order
    std::vector<GroupView> groups;        // nested groups, after the components
};

struct AffectedView {
    ComponentId component;
    std::string name;  // "Group - Child" when grouped
    ComponentStatus before = ComponentStatus::kOperational;
    ComponentStatus after = ComponentStatus::kOperational;
};

struct UpdateView {
    UpdateId id;
    Timestamp at;
    Origin origin = Origin::kMachine;
    IncidentPhase phase = IncidentPhase::kInvestigating;
    std::string text;  // plain text; human posts may hold Markdown (page/markdown.h renders it)
    // Why there is no text, as a sentence: "This text was erased on request."; else empty.
    std::string missing;
    bool holding = false;  // the machine says that there is nothing new
    // What programs and feeds, which show nothing but posts, must say beside the newest one.
    Sentence note;
    std::vector<AffectedView> affected;
};

struct IncidentComponentView {
    ComponentId id;
    std::string name;
    ComponentStatus now = ComponentStatus::kOperational;
    ComponentStatus worst = ComponentStatus::kOperational;
};

// A component that has an incident of its own since.
struct SplitView {
    std::string name;
    IncidentId into;
};

struct IncidentView {
    IncidentId id;
    std::string title;
    Origin origin = Origin::kMachine;
    IncidentPhase phase = IncidentPhase::kInvestigating;
    IncidentImpact impact = IncidentImpact::kNone;
    ComponentStatus worst = ComponentStatus::kOperational;
    Timestamp opened;
    Timestamp started;
    Timestamp changed;
    Timestamp monitoring_at;    // zero: never
    Timestamp recovered_at;     // zero: signals are not good
    Timestamp resolved_at;      // zero: open
    Timestamp resolve_due;      // zero: none
    Timestamp next_update_due;  // a person's next word, also when it is overdue; zero: none owed
    bool retracted = false;
    bool explained = false;       // a person has posted
    bool update_overdue = false;  // next_update_due has passed
    bool owed = false;            // closed, and a person still has to explain it
    // "An explanation is overdue since …", "Resolved; our explanation is still owed. …", or empty.
    Sentence promise;
    Duration unexplained;        // red time without a person's current word
    Timestamp owned_at;          // a person has taken it on; zero: nobody yet
    bool drill = false;          // a rehearsal; the title says so as well
    Timestamp evidence_started;  // when a person moved the start: what it was; zero: as measured
    IncidentId merged_into;      // goes on there; empty: it stands for itself
    std::vector<IncidentId> merged_from;
    IncidentId split_from;
    std::vector<SplitView> split_off;
    // "Checks pass again since …; closes at … if it stays so.", or empty.
    Sentence recovery;
    std::string affected_words;  // "Number of customers not known" until impact is measured
    std::vector<IncidentComponentView> components;
    std::vector<UpdateView> updates;  // newest first

    bool is_open() const { return resolved_at.ms == 0; }
};

struct MaintenanceComponentView {
    ComponentId id;
    std::string name;
    std::string qualified;  // "Group - Child" when grouped
};

struct MaintenanceUpdateView {
    UpdateId id;
    Timestamp at;
    Origin origin = Origin::kMachine;
    MaintenancePhase phase = MaintenancePhase::kScheduled;
    std::string text;     // human posts may hold Markdown
    std::string missing;  // why there is no text, as a sentence; else empty
};

// Whether the time of a window counts in the uptime (rule 12).
enum class Counting : std::uint8_t { kLeftOut, kPartly, kCounted };

struct MaintenanceView {
    MaintenanceId id;
    std::string statuspage_id;  // 12 characters [a-z0-9], derived from the id
    std::string name;
    MaintenancePhase phase = MaintenancePhase::kScheduled;
    Timestamp start;  // as planned now
    Timestamp end;
    Timestamp announced;
    Timestamp started;  // zero: not yet
    Timestamp ended;    // zero: not yet; of a cancelled one, when it was called off
    Timestamp changed;
    std::int64_t sequence = 0;
    Counting counting = Counting::kLeftOut;
    std::vector<MaintenanceComponentView> components;
    std::vector<MaintenanceUpdateView> updates;  // newest first
};

struct PublicView {
    Position position = 0;
    Timestamp as_of;
    std::string version;      // Candor's
    bool historical = false;  // rendered for /at
    PageFacts page;
    Publish publish = Publish::kLive;
    IncidentSettings settings;  // thresholds are shown
    ClockRules clocks;
    Banner banner;
    std::vector<ComponentView> components;  // display order
    std::vector<GroupView> groups;          // top level, display order; ungrouped first, if any
    std::vector<IncidentView> open;         // newest first
    std::vector<IncidentView> recent;       // closed, newest first, at most kRecentIncidentsMax
    // Closed ones that a person still has to explain, newest first, at most kOwedShownMax of
    // `owed_total`.
    std::vector<IncidentView> owed;
    std::size_t owed_total = 0;
    std::vector<MaintenanceView> maintenances;       // in progress
    std::vector<MaintenanceView> upcoming;           // by their start
    std::vector<MaintenanceView> past_maintenances;  // over or called off, newest first
};

inline constexpr std::size_t kOwedShownMax = 20;
inline constexpr std::size_t kRecentIncidentsMax = 50;
// Each has a page and its place in the calendar.
inline constexpr std::size_t kPastMaintenancesMax = 200;
inline constexpr int kBarsShown = 90;

}  // namespace candor::view
