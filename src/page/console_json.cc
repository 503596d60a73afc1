#include "page/console_json.h"

#include "page/json_writer.h"

namespace candor::page {
namespace {

template <class Put>
std::string document(Put&& put) {
    JsonWriter w;
    w.begin_object();
    put(w);
    w.end_object();
    return w.take() + "\n";
}

void put_group_paths(const std::vector<view::GroupView>& groups,
                     std::vector<std::string>& path_of_component) {
    for (const view::GroupView& group : groups) {
        for (const std::size_t i : group.components) path_of_component[i] = group.path;
        put_group_paths(group.groups, path_of_component);
    }
}

void put_components(JsonWriter& w, const view::PublicView& view) {
    std::vector<std::string> group_of(view.components.size());
    put_group_paths(view.groups, group_of);
    w.key("components").begin_array();
    for (std::size_t i = 0; i < view.components.size(); ++i) {
        const view::ComponentView& c = view.components[i];
        w.begin_object();
        w.member("id", c.id.value).member("name", c.name).member("group", group_of[i]);
        w.member("status", name_of(c.status)).member("cause", name_of(c.cause));
        w.member("words", c.sentence.plain(view.as_of)).member("since", c.since);
        w.key("incidents").begin_array();
        for (const IncidentId& id : c.incidents) w.value(std::string_view(id.value));
        w.end_array().end_object();
    }
    w.end_array();
}

void put_update(JsonWriter& w, const view::UpdateView& update) {
    w.begin_object();
    w.member("id", update.id.value).member("at", update.at);
    w.member("origin", name_of(update.origin)).member("status", name_of(update.phase));
    w.member("text", update.text).member("missing", update.missing);
    w.member("holding", update.holding);
    w.key("affected").begin_array();
    for (const view::AffectedView& a : update.affected) {
        w.begin_object();
        w.member("id", a.component.value).member("name", a.name);
        w.member("before", name_of(a.before)).member("after", name_of(a.after));
        w.end_object();
    }
    w.end_array().end_object();
}

// Members of an incident as every list shows it; the caller opens and closes the object.
void put_incident_facts(JsonWriter& w, const view::IncidentView& i) {
    w.member("id", i.id.value).member("title", i.title).member("status", name_of(i.phase));
    w.member("impact", name_of(i.impact)).member("origin", name_of(i.origin));
    w.member("worst", name_of(i.worst)).member("opened", i.opened).member("started", i.started);
    w.member("changed", i.changed).member("recovered", i.recovered_at);
    w.member("resolved", i.resolved_at).member("resolve_due", i.resolve_due);
    w.member("next_update_due", i.next_update_due).member("overdue", i.update_overdue);
    w.member("explained", i.explained).member("retracted", i.retracted);
    w.member("owed", i.owed).member("unexplained_ms", i.unexplained.ms);
    w.member("owned", i.owned_at).member("drill", i.drill);
    w.member("started_by_evidence", i.evidence_started);
    w.member("merged_into", i.merged_into.value).member("split_from", i.split_from.value);
    w.member("affected", i.affected_words);
    w.key("components").begin_array();
    for (const view::IncidentComponentView& c : i.components) {
        w.begin_object();
        w.member("id", c.id.value).member("name", c.name);
        w.member("status", name_of(c.now)).member("worst", name_of(c.worst));
        w.end_object();
    }
    w.end_array();
}

void put_incident_card(JsonWriter& w, const view::IncidentView& i) {
    w.begin_object();
    put_incident_facts(w, i);
    w.key("latest");
    if (i.updates.empty()) {
        w.null();
    } else {
        put_update(w, i.updates.front());
    }
    w.end_object();
}

void put_evidence(JsonWriter& w, const Evidence& evidence) {
    w.key("evidence").begin_object();
    w.member("kind", name_of(evidence.kind)).member("value", evidence.value);
    w.member("limit", evidence.limit).end_object();
}

void put_observation(JsonWriter& w, const Observation& o) {
    w.begin_object();
    w.member("number", static_cast<std::int64_t>(o.number)).member("at", o.at);
    w.member("result", name_of(o.result)).member("detail", o.detail).member("blind", o.blind);
    put_evidence(w, o.evidence);
    w.member("total_us", o.timing.total_us);
    w.end_object();
}

// Members of a check; the caller opens and closes the object.
void put_check_facts(JsonWriter& w, const view::ConsoleCheck& check) {
    w.member("id", check.rule.id.value).member("kind", name_of(check.rule.kind));
    w.member("component", check.component.value).member("component_name", check.component_name);
    w.member("verdict", name_of(check.last.verdict)).member("since", check.last.since);
    w.member("decided", check.decided).member("why", check.why);
    w.member("every_ms", check.rule.every.ms).member("timeout_ms", check.rule.timeout.ms);
    w.member("retry_every_ms", check.rule.retry_every.ms);
    w.key("fail_after").begin_array().value(check.rule.fail_after.k);
    w.value(check.rule.fail_after.n).end_array();
    w.key("pass_after").begin_array().value(check.rule.pass_after.k);
    w.value(check.rule.pass_after.n).end_array();
    w.member("severity", name_of(check.rule.severity));
    put_evidence(w, check.last.evidence);
}

void put_checks(JsonWriter& w, const std::vector<view::CheckWithResult>& checks) {
    w.key("checks").begin_array();
    for (const view::CheckWithResult& one : checks) {
        w.begin_object();
        put_check_facts(w, one.check);
        w.key("newest");
        if (one.newest) {
            put_observation(w, *one.newest);
        } else {
            w.null();
        }
        w.end_object();
    }
    w.end_array();
}

void put_timeline(JsonWriter& w, const std::vector<view::TimelineItem>& items) {
    w.begin_array();
    for (const view::TimelineItem& item : items) {
        w.begin_object();
        w.member("position", static_cast<std::int64_t>(item.position)).member("at", item.at);
        w.member("effective", item.effective).member("kind", name_of(item.kind));
        w.member("origin", name_of(item.origin)).member("actor", item.actor.value);
        w.member("entry", item.entry).member("title", item.title);
        w.member("words", item.words);
        if (item.kind == view::TimelineKind::kLight) w.member("status", name_of(item.status));
        w.end_object();
    }
    w.end_array();
}

std::string_view name_of(view::Counting counting) {
    switch (counting) {
        case view::Counting::kLeftOut: return "left_out";
        case view::Counting::kPartly: return "partly";
        case view::Counting::kCounted: return "counted";
    }
    return "counted";
}

void put_maintenance_update(JsonWriter& w, const view::MaintenanceUpdateView& update) {
    w.begin_object();
    w.member("id", update.id.value).member("at", update.at);
    w.member("origin", name_of(update.origin)).member("status", name_of(update.phase));
    w.member("text", update.text).member("missing", update.missing).end_object();
}

// Members of a window as every list shows it; the caller opens and closes the object.
void put_maintenance_facts(JsonWriter& w, const view::ConsoleMaintenance& m) {
    w.member("id", m.window.id.value).member("name", m.window.name);
    w.member("status", name_of(m.window.phase)).member("overrun", m.overrun);
    w.member("origin", name_of(m.origin)).member("moved_by_hand", m.moved_by_hand);
    w.member("start", m.window.start).member("end", m.window.end);
    w.member("announced", m.window.announced).member("started", m.window.started);
    w.member("ended", m.window.ended).member("changed", m.window.changed);
    w.member("uptime", name_of(m.window.counting));
    w.key("components").begin_array();
    for (const view::MaintenanceComponentView& c : m.window.components) {
        w.begin_object().member("id", c.id.value).member("name", c.name).end_object();
    }
    w.end_array();
    w.key("expects").begin_array();
    for (const std::string& check : m.expects) w.value(std::string_view(check));
    w.end_array();
    w.key("incidents").begin_array();
    for (const view::IncidentMeanwhile& i : m.incidents) {
        w.begin_object().member("id", i.id.value).member("title", i.title).end_object();
    }
    w.end_array();
}

void put_maintenance_card(JsonWriter& w, const view::ConsoleMaintenance& m) {
    w.begin_object();
    put_maintenance_facts(w, m);
    w.key("latest");
    if (m.window.updates.empty()) {
        w.null();
    } else {
        put_maintenance_update(w, m.window.updates.front());
    }
    w.end_object();
}

void put_next(JsonWriter& w, const std::string& next) {
    if (next.empty()) {
        w.null_member("next");
    } else {
        w.member("next", next);
    }
}

}  // namespace

std::string console_now_json(const ConsoleNow& now) {
    return document([&](JsonWriter& w) {
        w.member("position", static_cast<std::int64_t>(now.view.position));
        w.member("as_of", now.view.as_of).member("version", now.view.version);
        w.key("page").begin_object();
        w.member("name", now.view.page.name).member("url", now.view.page.url);
        w.member("time_zone", now.view.page.time_zone);
        w.member("live", now.view.publish == Publish::kLive).end_object();
        w.member("indicator", name_of(now.view.banner.indicator));
        w.member("all_good", now.view.banner.all_good);
        w.member("headline", now.view.banner.headline);
        w.member("detail", now.view.banner.detail.plain(now.view.as_of));
        w.member("suspects", static_cast<std::int64_t>(now.suspects)).member("blind", now.blind);
        w.member("store_failed", now.store_failed);
        put_components(w, now.view);
        w.key("incidents").begin_array();
        for (const view::IncidentView& i : now.view.open) put_incident_card(w, i);
        w.end_array();
        w.key("owed").begin_array();
        for (const view::IncidentView& i : now.view.owed) put_incident_card(w, i);
        w.end_array();
        w.member("owed_total", static_cast<std::int64_t>(now.view.owed_total));
        put_checks(w, now.troubled);
    });
}

std::string console_incidents_json(const std::vector<view::IncidentView>& incidents,
                                   const std::string& next) {
    return document([&](JsonWriter& w) {
        w.key("incidents").begin_array();
        for (const view::IncidentView& i : incidents) put_incident_card(w, i);
        w.end_array();
        put_next(w, next);
    });
}

std::string console_incident_json(const ConsoleIncident& one) {
    return document([&](JsonWriter& w) {
        put_incident_facts(w, one.incident);
        w.key("updates").begin_array();
        for (const view::UpdateView& update : one.incident.updates) put_update(w, update);
        w.end_array();
        put_checks(w, one.checks);
        w.key("timeline");
        put_timeline(w, one.timeline);
        w.member("timeline_cut", one.timeline_cut);
    });
}

std::string console_checks_json(const std::vector<view::CheckWithResult>& checks) {
    return document([&](JsonWriter& w) { put_checks(w, checks); });
}

std::string console_check_json(const view::ConsoleCheck& check,
                               const std::vector<Observation>& observations) {
    return document([&](JsonWriter& w) {
        put_check_facts(w, check);
        w.key("observations").begin_array();
        for (const Observation& o : observations) put_observation(w, o);
        w.end_array();
    });
}

std::string console_maintenances_json(const std::vector<view::ConsoleMaintenance>& windows,
                                      const std::string& next) {
    return document([&](JsonWriter& w) {
        w.key("items").begin_array();
        for (const view::ConsoleMaintenance& m : windows) put_maintenance_card(w, m);
        w.end_array();
        put_next(w, next);
    });
}

std::string console_maintenance_json(const view::ConsoleMaintenance& one) {
    return document([&](JsonWriter& w) {
        put_maintenance_facts(w, one);
        w.key("updates").begin_array();
        for (const view::MaintenanceUpdateView& update : one.window.updates) {
            put_maintenance_update(w, update);
        }
        w.end_array();
        w.key("timeline");
        put_timeline(w, one.timeline);
    });
}

std::string console_audit_json(const std::vector<view::TimelineItem>& items,
                               const std::string& next) {
    return document([&](JsonWriter& w) {
        w.key("items");
        put_timeline(w, items);
        put_next(w, next);
    });
}

}  // namespace candor::page
