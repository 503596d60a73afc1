#include "page/statuspage_json.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "page/json_writer.h"
#include "page/layout.h"
#include "view/statuspage.h"

namespace candor::page {
namespace {

// The component's description, with what we cannot see said in words (rule 5).
std::string description_of(const view::ComponentView& component, Timestamp as_of) {
    if (component.status != ComponentStatus::kUnknown) return component.description;
    const std::string sentence = component.sentence.plain(as_of);
    return component.description.empty() ? sentence : component.description + " – " + sentence;
}

class Documents {
   public:
    explicit Documents(const view::PublicView& view) : view_(view) {
        for (const view::GroupView& group : view.groups) add_group(group);
        for (std::size_t i = 0; i < view.components.size(); ++i) {
            const std::string& id = view.components[i].id.value;
            index_.emplace(id, i);
            ids_.push_back(view::statuspage_id("component", id));
        }
        std::ranges::merge(view.open, view.recent, std::back_inserter(newest_), std::greater{},
                           by_opened, by_opened);
        if (newest_.size() > kApiIncidentsMax) newest_.resize(kApiIncidentsMax);
    }

    std::string status() const {
        return document([&](JsonWriter& w) { put_status(w); });
    }
    std::string components() const {
        return document([&](JsonWriter& w) { put_components(w); });
    }
    std::string summary() const {
        return document([&](JsonWriter& w) {
            put_components(w);
            put_incidents(w, view_.open);
            put_maintenances(w, open_maintenances());
            put_status(w);
        });
    }
    std::string incidents() const {
        return document([&](JsonWriter& w) { put_incidents(w, newest_); });
    }
    std::string unresolved() const {
        return document([&](JsonWriter& w) { put_incidents(w, view_.open); });
    }
    std::string maintenances() const {
        Maintenances all = open_maintenances();
        for (const view::MaintenanceView& m : view_.past_maintenances) {
            // Statuspage has no word for one that was called off: it is gone there.
            if (m.phase == MaintenancePhase::kCompleted) all.push_back(&m);
        }
        return document([&](JsonWriter& w) { put_maintenances(w, std::move(all)); });
    }
    std::string upcoming() const {
        return document([&](JsonWriter& w) { put_maintenances(w, pointers(view_.upcoming)); });
    }
    std::string active() const {
        return document([&](JsonWriter& w) { put_maintenances(w, pointers(view_.maintenances)); });
    }

   private:
    using Maintenances = std::vector<const view::MaintenanceView*>;

    static Maintenances pointers(const std::vector<view::MaintenanceView>& all) {
        Maintenances out;
        for (const view::MaintenanceView& m : all) out.push_back(&m);
        return out;
    }
    Maintenances open_maintenances() const {
        Maintenances out = pointers(view_.maintenances);
        for (const view::MaintenanceView& m : view_.upcoming) out.push_back(&m);
        return out;
    }

    static Timestamp by_opened(const view::IncidentView& i) { return i.opened; }

    struct FlatGroup {
        const view::GroupView* group;
        std::string id;
        std::int64_t position;
    };

    void add_group(const view::GroupView& group) {
        if (!group.id.empty()) {
            for (const std::size_t i : group.components) group_of_.emplace(i, groups_.size());
            groups_.push_back({&group, view::statuspage_id("group", group.id.value),
                               static_cast<std::int64_t>(groups_.size()) + 1});
        }
        for (const view::GroupView& child : group.groups) add_group(child);
    }

    std::string id_of(const ComponentId& component) const {
        const auto found = index_.find(component.value);
        return found == index_.end() ? view::statuspage_id("component", component.value)
                                     : ids_[found->second];
    }

    template <class Body>
    std::string document(Body&& body) const {
        JsonWriter w;
        w.begin_object();
        w.key("page").begin_object();
        w.member("id", view_.page.id).member("name", view_.page.name);
        w.member("url", view_.page.url).member("time_zone", view_.page.time_zone);
        w.member("updated_at", view_.as_of).end_object();
        body(w);
        return w.end_object().take();
    }

    void put_status(JsonWriter& w) const {
        w.key("status").begin_object();
        w.member("indicator", name_of(view_.banner.indicator));
        w.member("description", view_.banner.description).end_object();
    }

    void put_component(JsonWriter& w, std::size_t index) const {
        const view::ComponentView& c = view_.components[index];
        const auto group = group_of_.find(index);
        const std::string description = description_of(c, view_.as_of);
        w.begin_object();
        w.member("id", ids_[index]).member("name", c.name);
        w.member("status", name_of(c.statuspage_status));
        w.member("created_at", c.created).member("updated_at", c.changed);
        w.member("position", c.position).key("description");
        description.empty() ? w.null() : w.value(std::string_view(description));
        w.member("showcase", true).key("start_date");
        c.created.ms == 0 ? w.null() : w.value(std::string_view(format_date(c.created)));
        w.key("group_id");
        group == group_of_.end() ? w.null() : w.value(std::string_view(groups_[group->second].id));
        w.member("page_id", view_.page.id).member("group", false);
        w.member("only_show_if_degraded", false).end_object();
    }

    void put_group(JsonWriter& w, const FlatGroup& flat) const {
        const view::GroupView& g = *flat.group;
        Timestamp created;
        Timestamp changed;
        for (const std::size_t i : g.components) {
            const view::ComponentView& c = view_.components[i];
            created = created.ms == 0 ? c.created : std::min(created, c.created);
            changed = std::max(changed, c.changed);
        }
        w.begin_object();
        w.member("id", flat.id).member("name", g.path);
        w.member("status", name_of(g.statuspage_status));
        w.member("created_at", created).member("updated_at", changed);
        w.member("position", flat.position).null_member("description");
        w.member("showcase", false).null_member("start_date").null_member("group_id");
        w.member("page_id", view_.page.id).member("group", true);
        w.member("only_show_if_degraded", false).key("components").begin_array();
        for (const std::size_t i : g.components) {
            w.value(std::string_view(ids_[i]));
        }
        w.end_array().end_object();
    }

    void put_components(JsonWriter& w) const {
        w.reserve(1024 + view_.components.size() * 512);
        w.key("components").begin_array();
        for (const FlatGroup& group : groups_) put_group(w, group);
        for (std::size_t i = 0; i < view_.components.size(); ++i) put_component(w, i);
        w.end_array();
    }

    void put_affected(JsonWriter& w, const view::UpdateView& u) const {
        w.key("affected_components");
        if (u.affected.empty()) {
            w.null();
            return;
        }
        w.begin_array();
        for (const view::AffectedView& a : u.affected) {
            w.begin_object().member("code", id_of(a.component)).member("name", a.name);
            w.member("old_status", wire_status(a.before))
                .member("new_status", wire_status(a.after));
            w.end_object();
        }
        w.end_array();
    }

    // Statuspage has no word for unknown.
    static std::string_view wire_status(ComponentStatus s) {
        return name_of(s == ComponentStatus::kUnknown ? ComponentStatus::kDegradedPerformance : s);
    }

    void put_update(JsonWriter& w, const view::IncidentView& incident,
                    const view::UpdateView& u) const {
        w.begin_object();
        w.member("id", u.id.value).member("status", name_of(u.phase));
        std::string body = u.missing.empty() ? u.text : u.missing;
        if (!u.note.empty()) body += " " + u.note.plain(view_.as_of);
        w.member("body", body);
        w.member("incident_id", incident.id.value);
        w.member("created_at", u.at).member("updated_at", u.at).member("display_at", u.at);
        put_affected(w, u);
        w.member("deliver_notifications", true);
        w.null_member("custom_tweet").null_member("tweet_id").end_object();
    }

    void put_incident(JsonWriter& w, const view::IncidentView& i) const {
        w.begin_object();
        w.member("id", i.id.value).member("name", i.title).member("status", name_of(i.phase));
        w.member("created_at", i.opened).member("updated_at", i.changed);
        w.member("monitoring_at", i.monitoring_at).member("resolved_at", i.resolved_at);
        w.member("impact", name_of(i.impact));
        w.member("shortlink", absolute_url(view_.page, "/incidents/" + i.id.value));
        w.member("started_at", i.started).member("page_id", view_.page.id);
        w.key("incident_updates").begin_array();
        for (const view::UpdateView& update : i.updates) put_update(w, i, update);
        w.end_array().key("components").begin_array();
        for (const view::IncidentComponentView& c : i.components) {
            const auto found = index_.find(c.id.value);
            if (found != index_.end()) put_component(w, found->second);
        }
        w.end_array().end_object();
    }

    void put_incidents(JsonWriter& w, const std::vector<view::IncidentView>& incidents) const {
        w.key("incidents").begin_array();
        for (const view::IncidentView& incident : incidents) put_incident(w, incident);
        w.end_array();
    }

    void put_maintenance_update(JsonWriter& w, const view::MaintenanceView& m,
                                const view::MaintenanceUpdateView& u) const {
        // One that was called off and is planned again: Statuspage has no word for that.
        const bool called_off = u.phase == MaintenancePhase::kCancelled;
        const MaintenancePhase phase = called_off ? MaintenancePhase::kScheduled : u.phase;
        w.begin_object();
        w.member("id", u.id.value).member("status", name_of(phase));
        w.member("body", u.missing.empty() ? u.text : u.missing);
        w.member("incident_id", m.statuspage_id);
        w.member("created_at", u.at).member("updated_at", u.at).member("display_at", u.at);
        w.null_member("affected_components").member("deliver_notifications", true);
        w.null_member("custom_tweet").null_member("tweet_id").end_object();
    }

    void put_maintenance(JsonWriter& w, const view::MaintenanceView& m) const {
        const Timestamp resolved = m.phase == MaintenancePhase::kCompleted ? m.ended : Timestamp{};
        w.begin_object();
        w.member("id", m.statuspage_id).member("name", m.name).member("status", name_of(m.phase));
        w.member("created_at", m.announced).member("updated_at", m.changed);
        w.null_member("monitoring_at").member("resolved_at", resolved);
        w.member("impact", "maintenance");
        w.member("shortlink", absolute_url(view_.page, "/maintenance/" + m.id.value));
        w.member("started_at", m.announced).member("page_id", view_.page.id);
        w.key("incident_updates").begin_array();
        for (const view::MaintenanceUpdateView& u : m.updates) put_maintenance_update(w, m, u);
        w.end_array().key("components").begin_array();
        for (const view::MaintenanceComponentView& c : m.components) {
            const auto found = index_.find(c.id.value);
            if (found != index_.end()) put_component(w, found->second);
        }
        w.end_array().member("scheduled_for", m.start).member("scheduled_until", m.end);
        w.end_object();
    }

    // Newest first, by when they were announced.
    void put_maintenances(JsonWriter& w, Maintenances all) const {
        std::ranges::stable_sort(all, std::greater{},
                                 [](const view::MaintenanceView* m) { return m->announced; });
        if (all.size() > kApiIncidentsMax) all.resize(kApiIncidentsMax);
        w.key("scheduled_maintenances").begin_array();
        for (const view::MaintenanceView* m : all) put_maintenance(w, *m);
        w.end_array();
    }

    const view::PublicView& view_;
    std::vector<FlatGroup> groups_;  // nested ones flattened: clients know one level
    std::unordered_map<std::size_t, std::size_t> group_of_;  // by component; into groups_
    std::unordered_map<std::string_view, std::size_t> index_;
    std::vector<std::string> ids_;  // Statuspage's, by component
    std::vector<view::IncidentView> newest_;
};

}  // namespace

void each_statuspage_document(const view::PublicView& view,
                              const std::function<bool(ApiDocument)>& take) {
    const Documents documents(view);
    (void)(take({"/api/v2/status.json", documents.status()}) &&
           take({"/api/v2/components.json", documents.components()}) &&
           take({"/api/v2/summary.json", documents.summary()}) &&
           take({"/api/v2/incidents.json", documents.incidents()}) &&
           take({"/api/v2/incidents/unresolved.json", documents.unresolved()}) &&
           take({"/api/v2/scheduled-maintenances.json", documents.maintenances()}) &&
           take({"/api/v2/scheduled-maintenances/upcoming.json", documents.upcoming()}) &&
           take({"/api/v2/scheduled-maintenances/active.json", documents.active()}));
}

std::vector<ApiDocument> statuspage_documents(const view::PublicView& view) {
    std::vector<ApiDocument> out;
    each_statuspage_document(view, [&](ApiDocument document) {
        out.push_back(std::move(document));
        return true;
    });
    return out;
}

}  // namespace candor::page
