#include "tests/gallery/sample_states.h"

#include <utility>

namespace candor::gallery {
namespace {

constexpr Duration kHistory = days(100);

std::string twelve(std::string text) {
    text.resize(12, '0');
    return text;
}

Builder acme(std::string name) {
    Builder b(std::move(name));
    b.page("Acme Cloud", "https://status.acme.example");
    b.group("identity", "Identity").group("calling", "Calling");
    b.component("directory", "Directory", "identity");
    b.component("sign-in", "Sign-in", "identity");
    b.component("profiles", "Profiles", "identity");
    b.component("calls", "Calls", "calling");
    b.component("voicemail", "Voicemail", "calling");
    b.past("directory", ComponentStatus::kDegradedPerformance, days(48), minutes(23));
    b.past("sign-in", ComponentStatus::kUnderMaintenance, days(77), hours(2));
    b.past("calls", ComponentStatus::kMajorOutage, days(27), minutes(11));
    b.past("calls", ComponentStatus::kPartialOutage, days(26), minutes(4));
    return b;
}

}  // namespace

view::ViewOptions Sample::options() const {
    view::ViewOptions out;
    out.as_of = kNow;
    out.version = "0.1.0";
    out.page_id = "kctbh9vrtdwd";
    out.text_of = [this](const SealedText& sealed) -> Result<std::string> {
        const auto found = texts.find(sealed);
        if (found == texts.end()) return fail(ErrorCode::kNotFound, "erased");
        return found->second;
    };
    return out;
}

view::PublicView Sample::view() const {
    return view::build_public_view(state, options());
}

Builder::Builder(std::string name) {
    sample_.name = std::move(name);
    sample_.state.position = 412;
    sample_.state.at = kNow;
    sample_.state.configured_at = kNow - kHistory;
}

Builder& Builder::page(std::string name, std::string url) {
    state().topology.edit([&](Topology& t) {
        t.page.name = std::move(name);
        t.page.url = std::move(url);
    });
    return *this;
}

Builder& Builder::group(std::string id, std::string name, std::string parent) {
    state().topology.edit([&](Topology& t) {
        t.groups.push_back({GroupId{std::move(id)}, std::move(name), GroupId{std::move(parent)}});
    });
    return *this;
}

Builder& Builder::component(std::string id, std::string name, std::string group) {
    Component component;
    component.id = ComponentId{id};
    component.name = std::move(name);
    component.group = GroupId{std::move(group)};
    state().topology.edit([&](Topology& t) { t.components.push_back(component); });
    state().components[component.id].edit([](core::ComponentState& c) {
        c.status = ComponentStatus::kOperational;
        c.cause = StatusCause::kSignals;
        c.created = c.changed = c.effective = kNow - kHistory;
        c.timeline.set(c.created, ComponentStatus::kOperational);
    });
    return *this;
}

Builder& Builder::status(const std::string& id, ComponentStatus status, StatusCause cause,
                         Timestamp since, Evidence evidence) {
    state().components.at(ComponentId{id}).edit([&](core::ComponentState& c) {
        c.last_known = c.status;
        c.status = status;
        c.cause = cause;
        c.effective = since;
        c.changed = since + seconds(1);
        c.evidence = evidence;
        c.timeline.set(since, status);
    });
    return *this;
}

Builder& Builder::past(const std::string& id, ComponentStatus status, Duration before_now,
                       Duration length) {
    state().components.at(ComponentId{id}).edit([&](core::ComponentState& c) {
        c.timeline.set(kNow - before_now, status);
        c.timeline.set(kNow - before_now + length, ComponentStatus::kOperational);
    });
    return *this;
}

Builder& Builder::incident(std::string id, std::string title, Timestamp opened,
                           const std::vector<std::string>& components, ComponentStatus worst) {
    const IncidentId incident{twelve(std::move(id))};
    state().incidents[incident].edit([&](core::IncidentState& i) {
        i.id = incident;
        i.title = std::move(title);
        i.opened = i.changed = opened;
        i.started = opened - milliseconds(900);
        i.impact = worst == ComponentStatus::kMajorOutage     ? IncidentImpact::kCritical
                   : worst == ComponentStatus::kPartialOutage ? IncidentImpact::kMajor
                                                              : IncidentImpact::kMinor;
        for (const std::string& c : components) {
            const Component* definition = core::find_definition(state(), ComponentId{c});
            i.components.push_back(
                {ComponentId{c}, definition ? definition->name : c, worst, worst, opened});
        }
    });
    state().incident_order.push_back(incident);
    return *this;
}

core::Shared<core::IncidentState>& Builder::newest() {
    return state().incidents.at(state().incident_order.back());
}

Builder& Builder::machine_post(Timestamp at, IncidentPhase phase, std::string text) {
    newest().edit([&](core::IncidentState& i) {
        core::UpdateState update;
        update.id = UpdateId{twelve("u" + std::to_string(++updates_))};
        update.at = at;
        update.phase = phase;
        update.text = std::move(text);
        for (const core::IncidentComponent& c : i.components) {
            update.affected.push_back({c.component, ComponentStatus::kOperational, c.now});
        }
        i.updates.push_back(std::move(update));
        i.phase = phase;
        i.last_machine = i.changed = at;
    });
    return *this;
}

Builder& Builder::human_post(Timestamp at, IncidentPhase phase, std::string text) {
    const SealedText sealed{"sealed-" + std::to_string(++updates_)};
    sample_.texts.emplace(sealed, std::move(text));
    newest().edit([&](core::IncidentState& i) {
        core::UpdateState update;
        update.id = UpdateId{twelve("u" + std::to_string(updates_))};
        update.at = at;
        update.origin = Origin::kHuman;
        update.phase = phase;
        update.sealed_text = sealed;
        i.updates.push_back(std::move(update));
        i.phase = phase;
        i.last_human = i.changed = at;
        i.explained = true;
    });
    return *this;
}

Builder& Builder::recovered(Timestamp at, Timestamp resolve_due) {
    newest().edit([&](core::IncidentState& i) {
        i.recovered_at = at;
        i.resolve_due = resolve_due;
        i.phase = IncidentPhase::kMonitoring;
        i.monitoring_at = i.changed = at;
        for (core::IncidentComponent& c : i.components) c.now = ComponentStatus::kOperational;
    });
    return *this;
}

Builder& Builder::resolved(Timestamp at) {
    newest().edit([&](core::IncidentState& i) {
        i.recovered_at = at - minutes(5);
        i.resolved_at = i.changed = at;
        i.phase = IncidentPhase::kResolved;
        for (core::IncidentComponent& c : i.components) c.now = ComponentStatus::kOperational;
    });
    return *this;
}

Builder& Builder::edit_incident(void (*change)(core::IncidentState&)) {
    newest().edit(change);
    return *this;
}

Sample empty_page() {
    Builder b("empty");
    return b.take();
}

Sample resolved() {
    Builder b = acme("resolved");
    const Timestamp start = kNow - days(9) - hours(2);
    b.past("directory", ComponentStatus::kPartialOutage, days(9) + hours(2), minutes(64));
    b.incident("p31k8x2m9q7d", "People are missing from Directory", start, {"directory"},
               ComponentStatus::kPartialOutage);
    b.machine_post(start + milliseconds(300), IncidentPhase::kInvestigating,
                   "Directory reports fewer people than it should since 19:02:13 UTC. Sign-in and "
                   "the other services are not affected.");
    b.human_post(start + minutes(9), IncidentPhase::kIdentified,
                 "Our nightly clean-up removed people it should have kept. It has been stopped and "
                 "nothing more is being removed.\n\nSign-in works; **searching and calling by "
                 "name** does not for those who are missing. We are sorry: this is ours, and we "
                 "are putting them back.");
    b.human_post(start + minutes(35), IncidentPhase::kMonitoring,
                 "We are restoring from the copy of 20:55, largest customers first:\n\n- people "
                 "added since are kept\n- group memberships follow\n\nDetails: "
                 "https://acme.example/notes/clean-up.");
    b.machine_post(start + minutes(69), IncidentPhase::kResolved,
                   "Every check of Directory has passed for 5 min. This incident is closed.");
    b.resolved(start + minutes(69));
    return b.take();
}

Sample green() {
    Sample s = resolved();
    s.name = "green";
    return s;
}

Sample red() {
    Builder b = acme("red");
    const Timestamp since = kNow - seconds(130);
    b.status("directory", ComponentStatus::kPartialOutage, StatusCause::kSignals, since,
             {FailureKind::kHttpStatus, 503, 200});
    b.incident("p31k8x2m9q7d", "Directory answers with errors", since + milliseconds(900),
               {"directory"}, ComponentStatus::kPartialOutage);
    b.machine_post(since + seconds(1), IncidentPhase::kInvestigating,
                   "Directory answers with HTTP 503 instead of 200 since 21:00:04 UTC. Sign-in, "
                   "Profiles, Calls and Voicemail are not affected. How many customers are hit is "
                   "not known yet. An engineer has been told.");
    return b.take();
}

Sample several() {
    Builder b = acme("several");
    const Timestamp early = kNow - hours(3);
    b.status("calls", ComponentStatus::kMajorOutage, StatusCause::kSignals, early,
             {FailureKind::kTimeout, 0, 5000});
    b.status("voicemail", ComponentStatus::kMajorOutage, StatusCause::kSignals, early + seconds(40),
             {FailureKind::kRefused, 0, 0});
    b.incident("a1", "Calls and Voicemail do not answer", early, {"calls", "voicemail"},
               ComponentStatus::kMajorOutage);
    b.machine_post(early, IncidentPhase::kInvestigating,
                   "Calls does not answer within 5 s since 18:02:14 UTC.");
    b.human_post(kNow - minutes(95), IncidentPhase::kIdentified,
                 "A **network change** at 18:00 cut the call servers off. We are undoing it; "
                 "established calls go on.");
    const Timestamp late = kNow - minutes(41);
    b.status("sign-in", ComponentStatus::kDegradedPerformance, StatusCause::kSignals, late,
             {FailureKind::kTooSlow, 1840, 800});
    b.incident("b2", "Sign-in answers too slowly", late, {"sign-in"},
               ComponentStatus::kDegradedPerformance);
    b.machine_post(late, IncidentPhase::kInvestigating,
                   "Sign-in answers too slowly (1840 ms; the limit is 800 ms) since 20:21:14 UTC.");
    return b.take();
}

Sample recovering() {
    Builder b = acme("recovering");
    const Timestamp start = kNow - minutes(16);
    b.past("directory", ComponentStatus::kMajorOutage, minutes(16), minutes(13));
    b.incident("p31k8x2m9q7d", "Directory does not answer", start, {"directory"},
               ComponentStatus::kMajorOutage);
    b.machine_post(start, IncidentPhase::kInvestigating,
                   "Directory does not answer within 5 s since 20:46:14 UTC.");
    b.machine_post(kNow - minutes(2), IncidentPhase::kMonitoring,
                   "Every check of Directory passes again since 20:59:14 UTC. We are watching.");
    b.recovered(kNow - minutes(3), kNow + minutes(2));
    return b.take();
}

Sample blind() {
    Builder b = acme("blind");
    for (const char* id : {"directory", "sign-in", "profiles", "calls", "voicemail"}) {
        b.status(id, ComponentStatus::kUnknown, StatusCause::kBlind, kNow - minutes(4));
    }
    return b.take();
}

Sample unmeasured() {
    Builder b = acme("unmeasured");
    const Timestamp since = kNow - minutes(59);
    b.status("directory", ComponentStatus::kUnknown, StatusCause::kSilent, since);
    b.status("sign-in", ComponentStatus::kUnknown, StatusCause::kMonitoringChanged, since);
    b.status("profiles", ComponentStatus::kUnknown, StatusCause::kNotMeasuredYet, since);
    b.status("calls", ComponentStatus::kUnknown, StatusCause::kBlind, kNow - hours(26));
    return b.take();
}

Sample long_names() {
    Builder b("long-names");
    b.page("The Internationally Renowned Federation of Telephony & <Directory> Services",
           "https://status.acme.example");
    b.group("g",
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft");
    b.component("a", "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz-Abfrage & Co",
                "g");
    b.component("b", "<script>alert(1)</script> \"quoted\" 'single' name", "g");
    b.component("c", "目录服务（电话簿、组织结构和同事搜索）", "g");
    b.status("a", ComponentStatus::kPartialOutage, StatusCause::kSignals, kNow - minutes(3),
             {FailureKind::kNameServerFailed, 0, 0});
    b.incident("l1",
               "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz-Abfrage cannot be "
               "looked up: its name servers do not answer",
               kNow - minutes(3), {"a", "b", "c"}, ComponentStatus::kPartialOutage);
    b.human_post(kNow - minutes(1), IncidentPhase::kIdentified,
                 "<img src=x onerror=alert(1)> [bad](javascript:alert(1)) `<b>` "
                 "https://example.test/a-very-long-path/" +
                     std::string(120, 'x'));
    return b.take();
}

Sample many(std::size_t components) {
    Builder b("many");
    b.page("Acme Cloud", "https://status.acme.example");
    const std::size_t groups = (components + 24) / 25;
    for (std::size_t g = 0; g < groups; ++g) {
        b.group("region-" + std::to_string(g), "Region " + std::to_string(g + 1));
    }
    for (std::size_t i = 0; i < components; ++i) {
        const std::string id = "service-" + std::to_string(i);
        b.component(id, "Service " + std::to_string(i + 1), "region-" + std::to_string(i / 25));
        const auto hash = static_cast<std::int64_t>(i * 2654435761U % 89 + 1);
        if (i % 3 == 0) b.past(id, ComponentStatus::kPartialOutage, days(hash), minutes(hash));
    }
    b.status("service-77", ComponentStatus::kMajorOutage, StatusCause::kSignals, kNow - minutes(2),
             {FailureKind::kTimeout, 0, 5000});
    b.incident("m1", "Service 78 does not answer", kNow - minutes(2), {"service-77"},
               ComponentStatus::kMajorOutage);
    b.machine_post(kNow - minutes(2), IncidentPhase::kInvestigating,
                   "Service 78 does not answer within 5 s since 21:00:14 UTC.");
    return b.take();
}

std::vector<Sample> all_samples() {
    return {empty_page(), green(),      red(),        several(),  recovering(),
            blind(),      unmeasured(), long_names(), resolved(), many(1000)};
}

std::vector<view::LatencyPoint> sample_latency(Timestamp from, Duration step, std::size_t n) {
    std::vector<view::LatencyPoint> out;
    std::uint64_t seed = 7;
    for (std::size_t i = 0; i < n; ++i) {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        const auto noise = static_cast<std::int64_t>(seed >> 50U);
        const bool gap = i > n / 2 && i < n / 2 + 6;
        const std::int64_t bump = i > n * 3 / 4 && i < n * 3 / 4 + 9 ? 90'000 : 0;
        const std::int64_t median = 38'000 + noise + bump;
        out.push_back({from + step * static_cast<std::int64_t>(i), median, median * 2 + noise * 3,
                       gap ? 0 : 360});
    }
    return out;
}

}  // namespace candor::gallery
