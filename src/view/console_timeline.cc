// The journal's entries as a timeline in words, for the incident room and the audit trail.
#include <algorithm>
#include <utility>

#include "core/maintenance_words.h"
#include "core/windows.h"
#include "view/console_maintenance.h"
#include "view/console_view.h"
#include "view/entry_title.h"

namespace candor::view {
namespace {

std::string component_name(const core::State& state, const ComponentId& id) {
    const Component* found = core::find_definition(state, id);
    return found == nullptr ? id.value : found->name;
}

std::string verdict_words(const VerdictChange& change) {
    const std::string check = "`" + change.check.value + "` ";
    switch (change.verdict) {
        case Verdict::kNone: return check + "starts again without a result";
        case Verdict::kPass: return check + "passes";
        case Verdict::kSuspect: return check + "failed once and is asked again";
        case Verdict::kFail: return check + "fails: " + public_predicate(change.evidence);
        case Verdict::kNoData: return check + "does not report";
        case Verdict::kBlind: return check + "cannot be judged: our own connection is down";
    }
    return check;
}

std::string status_words(ComponentStatus status) {
    switch (status) {
        case ComponentStatus::kOperational: return "operational";
        case ComponentStatus::kUnderMaintenance: return "under maintenance";
        case ComponentStatus::kUnknown: return "not measured";
        case ComponentStatus::kDegradedPerformance: return "degraded";
        case ComponentStatus::kPartialOutage: return "partial outage";
        case ComponentStatus::kMajorOutage: return "major outage";
    }
    return "";
}

ActorId actor_of(const UserId& user) {
    return ActorId{"user:" + user.value};
}

// How one entry reads, whatever it belongs to; nothing for entries that tell people nothing.
struct Teller {
    const core::State* state;  // null: names are not known

    std::string name(const ComponentId& id) const {
        return state == nullptr ? id.value : component_name(*state, id);
    }
    TimelineItem item(TimelineKind kind, std::string words) const {
        TimelineItem out;
        out.kind = kind;
        out.words = std::move(words);
        return out;
    }
    TimelineItem act(const ActorId& actor, std::string words) const {
        TimelineItem out = item(TimelineKind::kAct, std::move(words));
        out.actor = actor;
        if (!actor.empty()) out.origin = Origin::kHuman;
        return out;
    }

    std::optional<TimelineItem> operator()(const entry::VerdictSet& e) const {
        TimelineItem out = item(TimelineKind::kSignal, verdict_words(e.change));
        out.effective = e.change.since;
        return out;
    }
    std::optional<TimelineItem> operator()(const entry::ComponentStatusSet& e) const {
        TimelineItem out = item(TimelineKind::kLight,
                                name(e.component) + " is shown as " + status_words(e.status));
        out.effective = e.effective;
        out.status = e.status;
        return out;
    }
    std::optional<TimelineItem> operator()(const entry::IncidentOpened& e) const {
        TimelineItem out = item(TimelineKind::kPost, "Incident opened: " + e.title);
        if (!e.sealed_title.empty()) out.words = "Incident declared by a person";
        out.origin = e.origin;
        return out;
    }
    std::optional<TimelineItem> operator()(const entry::IncidentPosted& e) const {
        TimelineItem out = item(TimelineKind::kPost, e.text);
        out.origin = e.origin;
        out.actor = e.actor;
        out.sealed_text = e.sealed_text;
        return out;
    }
    std::optional<TimelineItem> operator()(const entry::IncidentPhaseSet& e) const {
        return item(TimelineKind::kPost, "Incident is now " + std::string(name_of(e.phase)));
    }
    std::optional<TimelineItem> operator()(const entry::DeclarationSet& e) const {
        const bool withdrawn = e.status == ComponentStatus::kOperational;
        return act(e.actor,
                   withdrawn ? "Withdrew the declaration for " + name(e.component)
                             : "Declared " + name(e.component) + " as " + status_words(e.status));
    }
    std::optional<TimelineItem> operator()(const entry::IncidentReopened&) const {
        return item(TimelineKind::kPost, "Incident re-opened: the trouble came back");
    }
    std::optional<TimelineItem> operator()(const entry::IncidentPromoted&) const {
        return item(TimelineKind::kPost, "Incident became public: a second customer is hit");
    }
    std::optional<TimelineItem> operator()(const entry::IncidentRetracted& e) const {
        return act(e.actor, "Retracted as a false alarm");
    }
    std::optional<TimelineItem> operator()(const entry::OverdueSet& e) const {
        if (e.since.ms == 0) return std::nullopt;
        const bool first = e.kind == ClockKind::kExplanation;
        TimelineItem out =
            item(TimelineKind::kPost, first ? "An explanation is overdue" : "An update is overdue");
        out.effective = e.since;
        return out;
    }
    std::optional<TimelineItem> operator()(const entry::EscalationRaised& e) const {
        return item(TimelineKind::kPost,
                    "The next person is to be called, step " + std::to_string(e.step));
    }
    std::optional<TimelineItem> operator()(const entry::IncidentOwned& e) const {
        return act(e.actor, "Took the incident on");
    }
    std::optional<TimelineItem> operator()(const entry::IncidentDrillSet& e) const {
        return act(e.actor, "Called it a drill");
    }
    std::optional<TimelineItem> operator()(const entry::IncidentStartedSet& e) const {
        TimelineItem out = act(e.actor, "Moved the start back");
        out.effective = e.started;
        return out;
    }
    std::optional<TimelineItem> operator()(const entry::IncidentMerged& e) const {
        return act(e.actor, "Merged `" + e.incident.value + "` into `" + e.into.value + "`");
    }
    std::optional<TimelineItem> operator()(const entry::IncidentSplit& e) const {
        return act(e.actor, "Split " + name(e.component) + " off `" + e.incident.value +
                                "` into `" + e.into.value + "`");
    }
    std::optional<TimelineItem> operator()(const entry::MonitoringChangedSet& e) const {
        if (!e.changed) return act(e.actor, "Accepted the new monitoring of " + name(e.component));
        return item(TimelineKind::kConfiguration,
                    "The monitoring of " + name(e.component) + " changed while it was failing");
    }
    std::optional<TimelineItem> operator()(const entry::ConfigurationSet&) const {
        return item(TimelineKind::kConfiguration, "A new configuration was loaded");
    }
    std::optional<TimelineItem> operator()(const entry::Started& e) const {
        return item(TimelineKind::kConfiguration, "Candor " + e.version + " started");
    }
    std::optional<TimelineItem> operator()(const entry::MeasurementGap& e) const {
        TimelineItem out =
            item(TimelineKind::kConfiguration, "Nothing was measured: Candor stood still");
        out.effective = e.from;
        return out;
    }
    std::optional<TimelineItem> operator()(const entry::WallClockStepped&) const {
        return item(TimelineKind::kConfiguration, "This machine's clock jumped");
    }
    // What the configuration plans is told by the configuration; people's plans are acts.
    std::optional<TimelineItem> operator()(const entry::MaintenanceSet& e) const {
        const std::string verb = e.sequence == 0 ? "Planned maintenance `" : "Moved maintenance `";
        return act(e.actor, verb + e.maintenance.value + "`: from " +
                                core::maintenance_time(e.start) + " to " +
                                core::maintenance_time(e.end));
    }
    std::optional<TimelineItem> operator()(const entry::MaintenanceStarted& e) const {
        TimelineItem out =
            item(TimelineKind::kPost, "Maintenance `" + e.maintenance.value + "` began");
        out.effective = e.effective;
        return out;
    }
    std::optional<TimelineItem> operator()(const entry::MaintenancePosted& e) const {
        TimelineItem out = item(TimelineKind::kPost, e.text);
        out.origin = e.origin;
        out.actor = e.actor;
        out.sealed_text = e.sealed_text;
        return out;
    }
    std::optional<TimelineItem> operator()(const entry::MaintenanceEnded& e) const {
        const std::string name = "maintenance `" + e.maintenance.value + "`";
        if (!e.actor.empty()) return act(e.actor, "Finished " + name);
        TimelineItem out =
            item(TimelineKind::kPost, "Maintenance `" + e.maintenance.value + "` ended");
        out.effective = e.effective;
        return out;
    }
    std::optional<TimelineItem> operator()(const entry::MaintenanceCancelled& e) const {
        return act(e.actor, "Called off maintenance `" + e.maintenance.value + "`");
    }
    std::optional<TimelineItem> operator()(const entry::UserSet& e) const {
        std::string words = "Set account `" + e.user.value + "`: " + std::string(name_of(e.role));
        words += e.enabled ? ", may sign in" : ", may not sign in";
        if (e.second_factor) words += ", with a second factor";
        return act(e.actor, std::move(words));
    }
    std::optional<TimelineItem> operator()(const entry::UserRemoved& e) const {
        return act(e.actor, "Removed account `" + e.user.value + "`");
    }
    std::optional<TimelineItem> operator()(const entry::TokenSet& e) const {
        return act(e.actor, "Made token `" + e.token.value + "`: " + describe(e.scopes));
    }
    std::optional<TimelineItem> operator()(const entry::TokenRevoked& e) const {
        return act(e.actor, "Revoked token `" + e.token.value + "`");
    }
    std::optional<TimelineItem> operator()(const entry::SignedIn& e) const {
        return act(actor_of(e.user), "Signed in");
    }
    std::optional<TimelineItem> operator()(const entry::PagingMuted& e) const {
        if (e.until.ms == 0) return act(e.actor, "Let calls through again");
        return act(e.actor, "Muted calls until " + format_rfc3339(e.until));
    }
    std::optional<TimelineItem> operator()(const entry::ShiftOverridden& e) const {
        TimelineItem out = act(e.actor, "Put a stand-in on call in `" + e.rotation + "` until " +
                                            format_rfc3339(e.end));
        out.effective = e.start;
        return out;
    }
    std::optional<TimelineItem> operator()(const entry::ShiftOverrideRemoved& e) const {
        return act(e.actor, "Took back a stand-in");
    }
    std::optional<TimelineItem> operator()(const entry::ChannelSwitchedOn& e) const {
        return act(e.actor, "Switched channel `" + e.channel + "` on again");
    }
    // Their own link: no act of an operator's.
    std::optional<TimelineItem> operator()(const entry::SubscriberRemoved& e) const {
        if (e.actor.empty()) return std::nullopt;
        return act(e.actor, "Removed subscriber " + e.subscriber.value);
    }
    std::optional<TimelineItem> operator()(const entry::SignedOut& e) const {
        return act(actor_of(e.user), "Signed out");
    }
    template <class Other>
    std::optional<TimelineItem> operator()(const Other&) const {
        return std::nullopt;
    }
};

// Whether an entry speaks of this incident: itself, one of its components, or all of them.
struct Belongs {
    const core::State& state;
    const core::IncidentState& incident;

    bool has(const ComponentId& id) const {
        return std::ranges::find(incident.components, id, &core::IncidentComponent::component) !=
               incident.components.end();
    }
    bool operator()(const entry::VerdictSet& e) const {
        const auto check = state.checks.find(e.change.check);
        return check != state.checks.end() && has(check->second.component);
    }
    // The window on one of its components: that it began and that it was over.
    bool shares_component(const MaintenanceId& id) const {
        const auto window = state.maintenances.find(id);
        return window != state.maintenances.end() &&
               std::ranges::any_of(incident.components, [&](const core::IncidentComponent& c) {
                   return core::names_component(*window->second, c.component);
               });
    }
    bool operator()(const entry::MaintenanceStarted& e) const {
        return shares_component(e.maintenance);
    }
    bool operator()(const entry::MaintenanceEnded& e) const {
        return shares_component(e.maintenance);
    }
    template <class E>
    bool operator()(const E& e) const {
        if constexpr (requires { e.incident, e.into; }) {
            return e.incident == incident.id || e.into == incident.id;
        } else if constexpr (requires { e.incident; }) {
            return e.incident == incident.id;
        } else if constexpr (requires { e.component; }) {
            return has(e.component);
        } else if constexpr (requires { e.user; } || requires { e.token; }) {
            return false;  // who has an account is nobody's trouble
        } else if constexpr (requires { e.maintenance; }) {
            return false;  // its plan and its posts stand with the window
        } else {
            return true;
        }
    }
};

TimelineItem placed(TimelineItem item, Position position, Timestamp at, const Entry& entry) {
    item.position = position;
    item.at = at;
    item.entry = entry_name(entry);
    item.title = entry_title(entry);
    return item;
}

}  // namespace

std::string_view name_of(TimelineKind kind) {
    switch (kind) {
        case TimelineKind::kSignal: return "signal";
        case TimelineKind::kLight: return "light";
        case TimelineKind::kPost: return "post";
        case TimelineKind::kAct: return "act";
        case TimelineKind::kConfiguration: return "configuration";
    }
    return "signal";
}

std::optional<TimelineItem> timeline_item(const core::State& state,
                                          const core::IncidentState& incident, Position position,
                                          Timestamp at, const Entry& entry) {
    if (!std::visit(Belongs{state, incident}, entry)) return std::nullopt;
    auto item = std::visit(Teller{&state}, entry);
    if (!item) return std::nullopt;
    return placed(std::move(*item), position, at, entry);
}

std::optional<TimelineItem> maintenance_item(const core::State& state, const MaintenanceId& id,
                                             Position position, Timestamp at, const Entry& entry) {
    const bool about = std::visit(
        [&](const auto& e) {
            if constexpr (requires { e.maintenance; }) return e.maintenance == id;
            return false;
        },
        entry);
    auto item = about ? std::visit(Teller{&state}, entry) : std::nullopt;
    if (!item) return std::nullopt;
    // Which one it is goes without saying.
    const std::string name = " `" + id.value + "`";
    const std::size_t found = item->words.find(name);
    const bool told = std::holds_alternative<entry::MaintenancePosted>(entry);
    if (!told && found != std::string::npos) item->words.erase(found, name.size());
    return placed(std::move(*item), position, at, entry);
}

std::optional<TimelineItem> audit_item(Position position, Timestamp at, const Entry& entry) {
    auto item = std::visit(Teller{nullptr}, entry);
    if (!item || (item->actor.empty() && item->kind != TimelineKind::kConfiguration)) {
        return std::nullopt;
    }
    const auto* told = std::get_if<entry::MaintenancePosted>(&entry);
    if (told != nullptr && told->origin != Origin::kHuman) return std::nullopt;
    if (told != nullptr) {
        item->words = "Posted to maintenance `" + told->maintenance.value + "`";
    } else if (item->kind == TimelineKind::kPost) {
        item->words = "Posted to an incident";
    }
    return placed(std::move(*item), position, at, entry);
}

}  // namespace candor::view
