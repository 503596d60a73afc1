#include "notify/statuspage_payload.h"

#include <algorithm>
#include <string_view>

#include "page/json_writer.h"
#include "page/layout.h"
#include "view/statuspage.h"

namespace candor::notify {
namespace {

using page::JsonWriter;

// Statuspage has no word for unknown.
std::string_view wire_status(ComponentStatus s) {
    return name_of(s == ComponentStatus::kUnknown ? ComponentStatus::kDegradedPerformance : s);
}

const view::GroupView* group_of(const std::vector<view::GroupView>& groups, std::size_t component) {
    for (const view::GroupView& group : groups) {
        if (std::ranges::find(group.components, component) != group.components.end()) {
            return &group;
        }
        if (const view::GroupView* inner = group_of(group.groups, component)) return inner;
    }
    return nullptr;
}

void put_component(JsonWriter& w, const view::PublicView& page, std::size_t index) {
    const view::ComponentView& c = page.components[index];
    const view::GroupView* group = group_of(page.groups, index);
    w.begin_object()
        .member("id", view::statuspage_id("component", c.id.value))
        .member("name", c.name);
    w.member("status", wire_status(c.statuspage_status));
    w.member("created_at", c.created).member("updated_at", c.changed);
    w.member("position", c.position).key("description");
    c.description.empty() ? w.null() : w.value(std::string_view(c.description));
    w.member("showcase", true).null_member("start_date").key("group_id");
    if (group == nullptr || group->id.empty()) {
        w.null();
    } else {
        w.value(std::string_view(view::statuspage_id("group", group->id.value)));
    }
    w.member("page_id", page.page.id).member("group", false);
    w.member("only_show_if_degraded", false).end_object();
}

void put_update(JsonWriter& w, const view::IncidentView& incident, const view::UpdateView& u) {
    w.begin_object().member("id", u.id.value).member("status", name_of(u.phase));
    w.member("body", u.missing.empty() ? u.text : u.missing);
    w.member("incident_id", incident.id.value);
    w.member("created_at", u.at).member("updated_at", u.at).member("display_at", u.at);
    w.key("affected_components");
    if (u.affected.empty()) {
        w.null();
    } else {
        w.begin_array();
        for (const view::AffectedView& a : u.affected) {
            w.begin_object().member("code", view::statuspage_id("component", a.component.value));
            w.member("name", a.name);
            w.member("old_status", wire_status(a.before));
            w.member("new_status", wire_status(a.after)).end_object();
        }
        w.end_array();
    }
    w.member("deliver_notifications", true);
    w.null_member("custom_tweet").null_member("tweet_id").end_object();
}

// Fields that exist for Statuspage's readers and never hold anything here.
void put_unused(JsonWriter& w) {
    w.null_member("postmortem_body").null_member("postmortem_body_last_updated_at");
    w.member("postmortem_ignored", false).null_member("postmortem_published_at");
    w.member("postmortem_notified_subscribers", false).member("backfilled", false);
    w.null_member("scheduled_for").null_member("scheduled_until");
    w.member("scheduled_remind_prior", false).null_member("scheduled_reminded_at");
    w.null_member("impact_override");
    w.member("scheduled_auto_in_progress", false).member("scheduled_auto_completed", false);
}

}  // namespace

std::string incident_payload(const view::PublicView& page, const view::IncidentView& incident) {
    JsonWriter w;
    w.begin_object().member("id", incident.id.value).member("name", incident.title);
    w.member("status", name_of(incident.phase));
    w.member("created_at", incident.opened).member("updated_at", incident.changed);
    w.member("monitoring_at", incident.monitoring_at).member("resolved_at", incident.resolved_at);
    w.member("impact", name_of(incident.impact));
    w.member("shortlink", page::absolute_url(page.page, "/incidents/" + incident.id.value));
    w.member("started_at", incident.started).member("page_id", page.page.id);
    put_unused(w);
    w.key("incident_updates").begin_array();
    for (std::size_t i = 0; i < incident.updates.size() && i < kPayloadUpdatesMax; ++i) {
        put_update(w, incident, incident.updates[i]);
    }
    w.end_array().key("components").begin_array();
    for (std::size_t i = 0; i < page.components.size(); ++i) {
        const auto named = [&](const view::IncidentComponentView& c) {
            return c.id == page.components[i].id;
        };
        if (std::ranges::any_of(incident.components, named)) put_component(w, page, i);
    }
    return w.end_array().end_object().take();
}

}  // namespace candor::notify
