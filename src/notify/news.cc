#include "notify/news.h"

#include <algorithm>

#include "notify/statuspage_payload.h"

namespace candor::notify {
namespace {

const view::IncidentComponentView* find(const view::IncidentView& incident, const ComponentId& id) {
    const auto found = std::ranges::find(incident.components, id, &view::IncidentComponentView::id);
    return found == incident.components.end() ? nullptr : &*found;
}

// Components that joined, or are worse than they ever were in this incident.
std::vector<ComponentId> hit_anew(const view::IncidentView& before,
                                  const view::IncidentView& after) {
    std::vector<ComponentId> out;
    for (const view::IncidentComponentView& c : after.components) {
        const view::IncidentComponentView* was = find(before, c.id);
        if (was == nullptr || was->worst < c.worst) out.push_back(c.id);
    }
    return out;
}

// Updates are newest first, so what is new stands in front of what was newest before.
bool person_wrote(const view::IncidentView& before, const view::IncidentView& after) {
    for (const view::UpdateView& update : after.updates) {
        if (!before.updates.empty() && update.id == before.updates.front().id) return false;
        if (update.origin == Origin::kHuman && update.missing.empty()) return true;
    }
    return false;
}

std::optional<News> news_of_known(const view::IncidentView& before,
                                  const view::IncidentView& after) {
    if (after.retracted && !before.retracted) return News{NewsKind::kFalseAlarm, {}};
    if (before.is_open() && !after.is_open()) return News{NewsKind::kResolved, {}};
    if (!before.is_open() && after.is_open()) return News{NewsKind::kReopened, {}};
    if (before.worst < after.worst) return News{NewsKind::kWorse, {}};
    if (person_wrote(before, after)) return News{NewsKind::kPost, {}};
    if (auto anew = hit_anew(before, after); !anew.empty()) {
        return News{NewsKind::kWorse, std::move(anew)};
    }
    if (!before.update_overdue && after.update_overdue) return News{NewsKind::kOverdue, {}};
    return std::nullopt;
}

}  // namespace

std::string_view name_of(NewsKind kind) {
    switch (kind) {
        case NewsKind::kOpened: return "opened";
        case NewsKind::kReopened: return "reopened";
        case NewsKind::kWorse: return "worse";
        case NewsKind::kPost: return "post";
        case NewsKind::kResolved: return "resolved";
        case NewsKind::kFalseAlarm: return "false_alarm";
        case NewsKind::kOverdue: return "overdue";
        case NewsKind::kTest: return "test";
        case NewsKind::kCall: return "call";
    }
    return "opened";
}

std::optional<News> news_between(const std::optional<view::IncidentView>& before,
                                 const view::IncidentView& after) {
    if (before) return news_of_known(*before, after);
    if (after.is_open()) return News{NewsKind::kOpened, {}};
    return std::nullopt;
}

Message compose(const News& news, const view::PublicView& page,
                const view::IncidentView& incident) {
    Message m;
    m.kind = news.kind;
    m.position = page.position;
    m.at = page.as_of;
    m.page = {page.page.id,        page.page.name,        page.page.url,
              page.page.time_zone, page.banner.indicator, page.banner.description};
    m.incident = incident.id;
    m.title = incident.title;
    m.phase = incident.phase;
    m.impact = incident.impact;
    m.worst = incident.worst;
    m.started = incident.started;
    m.resolved_at = incident.resolved_at;
    m.next_update_due = incident.next_update_due;
    m.affected_words = incident.affected_words;
    for (const view::IncidentComponentView& c : incident.components) {
        m.components.push_back({c.id, c.name, c.now});
    }
    m.only = news.only;
    for (const view::UpdateView& update : incident.updates) {
        if (!update.missing.empty() ||
            (news.kind == NewsKind::kPost && update.origin != Origin::kHuman)) {
            continue;
        }
        m.text = update.text;
        m.text_origin = update.origin;
        break;
    }
    m.incident_json = incident_payload(page, incident);
    m.drill = incident.drill;
    m.merged_into = incident.merged_into;
    return m;
}

}  // namespace candor::notify
